import { Button } from "../../ui/index.ts";
import { t } from "./texts.ts";
import type { Act, Step } from "./types.ts";

interface Props {
  step: Step;
  isAsked: boolean;
  /** Why it cannot be done yet; null: it can. */
  hindered?: string | null;
  onAct: (act: Act) => void;
}

/** What stands between a draft and customers. */
export function NextStep({ step, isAsked, hindered = null, onAct }: Props) {
  if (step === null) return null;
  if (step === "wait") return <Button aria-disabled="true">{t("waits")}</Button>;
  return (
    <>
      {isAsked && <Button onClick={() => onAct("send_back")}>{t("send_back")}</Button>}
      <Button
        kind="primary"
        aria-disabled={hindered !== null}
        title={hindered ?? undefined}
        onClick={() => hindered === null && onAct(step)}
      >
        {t(step)}
      </Button>
    </>
  );
}
