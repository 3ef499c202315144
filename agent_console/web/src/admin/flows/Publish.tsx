import { toast } from "../../ui/index.ts";
import { Reasoned } from "../publishing/Reasoned.tsx";
import type { Act } from "../publishing/types.ts";
import { ChangeList, useChanges } from "./Compare.tsx";
import { close } from "./dialogs.ts";
import { draft, flow, handIn, publish, sendBack } from "./model.ts";
import { t } from "./texts.ts";

/** Hand the draft in, publish it or send it back, with what changes in sight. */
export function Publish({ act }: { act: Act }) {
  const changes = useChanges(flow.value!.version);
  return (
    <Reasoned
      act={act}
      lead={t(`${act}_why`)}
      asked={draft.value?.asked}
      size="l"
      onAct={async (why) => toast({ tone: "ok", title: await carryOut(act, why) })}
      onClose={close}
    >
      <ChangeList changes={changes} />
    </Reasoned>
  );
}

async function carryOut(act: Act, why: string): Promise<string> {
  switch (act) {
    case "hand_in":
      await handIn(why);
      return t("handed_in");
    case "send_back":
      await sendBack(why);
      return t("sent_back");
    case "publish":
      return t("published", { version: await publish(why) });
  }
}
