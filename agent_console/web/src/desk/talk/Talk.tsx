import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { Empty } from "../../ui/index.ts";
import { Suggestions } from "../assist/Suggestions.tsx";
import { WrongAnswer } from "../assist/WrongAnswer.tsx";
import { sendFiles } from "../model/files.ts";
import { t } from "../texts.ts";
import { asked } from "./asked.ts";
import { Composer } from "./Composer.tsx";
import { EndDialog, HelpDialog, InviteDialog, LeaveDialog } from "./dialogs.tsx";
import { Log } from "./Log.tsx";
import { TalkHead } from "./TalkHead.tsx";
import { TransferDialog } from "./TransferDialog.tsx";

const DIALOGS = {
  transfer: TransferDialog,
  invite: InviteDialog,
  end: EndDialog,
  leave: LeaveDialog,
  help: HelpDialog,
};

/** The conversation: head, log, composer. */
export function Talk({ contact }: { contact: ContactView | null }) {
  const [dropping, setDropping] = useState(false);
  if (!contact) return <Empty icon="chat" title={t("no_talk")} text={t("no_talk_more")} />;
  const Asked = asked.value && DIALOGS[asked.value];
  const mayFile = contact.my_role === "owner" || contact.my_role === "joined";
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    if (mayFile && event.dataTransfer) sendFiles(contact.id, event.dataTransfer.files);
  };
  return (
    <div
      class={`talk ${dropping && mayFile ? "dropping" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setDropping(false)}
      onDrop={drop}
    >
      <TalkHead contact={contact} />
      <Log contact={contact} />
      <div class="dock">
        <Suggestions contact={contact} />
        <Composer contact={contact} />
      </div>
      <WrongAnswer contact={contact} />
      {Asked && <Asked contact={contact} onClose={() => (asked.value = null)} />}
    </div>
  );
}
