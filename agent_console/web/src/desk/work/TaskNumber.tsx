/** The number that a task promises to call: an outline; in full for a moment, with a reason. */
import { numberOf } from "../model/reveal.ts";
import { Masked } from "../record/Masked.tsx";
import { t } from "../texts.ts";

export function TaskNumber({ taskId, outline }: { taskId: string; outline: string }) {
  const field = { value: outline, shown: "masked", why: null, reveal: numberOf(taskId) } as const;
  return <Masked contactId="" label={t("number_to_call")} field={field} />;
}
