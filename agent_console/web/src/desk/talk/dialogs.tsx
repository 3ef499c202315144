/** Invite, end, leave, ask for help: small questions before something happens. */
import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { Banner, Button, Dialog, Picker, TextArea, toast } from "../../ui/index.ts";
import { hasDraft } from "../model/drafts.ts";
import { feed, titleOf } from "../model/store.ts";
import { t } from "../texts.ts";
import { isWritten } from "../written/channels.ts";
import { t as written } from "../written/texts.ts";
import { colleagueChoices } from "./TransferDialog.tsx";

interface AskProps {
  contact: ContactView;
  onClose: () => void;
}

/** Send a command and close when it was done. */
async function act(
  command: string,
  args: object,
  onClose: () => void,
  said?: string,
): Promise<void> {
  const answer = await feed.send(command, args);
  if (!done(answer)) return;
  if (said) toast({ tone: "ok", title: said });
  onClose();
}

export function InviteDialog({ contact, onClose }: AskProps) {
  const [agent, setAgent] = useState("");
  const [note, setNote] = useState("");
  const submit = (): void => {
    if (!agent) return;
    const args = { contact_id: contact.id, agent_id: agent, note: note.trim() };
    void act("invite", args, onClose, t("invited"));
  };
  return (
    <Dialog
      title={t("invite_title")}
      onClose={onClose}
      onSubmit={submit}
      footer={<Buttons onClose={onClose} word={t("invite_now")} ready={agent !== ""} />}
    >
      <p class="t2">{t("invite_more", { name: titleOf(contact) })}</p>
      <Picker
        label={t("find_colleague")}
        placeholder={t("find_colleague")}
        choices={colleagueChoices()}
        chosen={agent}
        onChoose={setAgent}
        autoFocus
      />
      <TextArea label={t("note_for_invited")} rows={2} value={note} onInput={setNote} />
    </Dialog>
  );
}

export function EndDialog({ contact, onClose }: AskProps) {
  const submit = (): void => void act("end", { contact_id: contact.id }, onClose);
  const lasts = isWritten(contact);
  const name = titleOf(contact);
  return (
    <Dialog
      title={lasts ? written("close_title", { name }) : t("end_title", { name })}
      size="s"
      role="alertdialog"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="danger" type="submit" autoFocus>
            {lasts ? written("close_talk") : t("end")}
          </Button>
        </>
      }
    >
      <p class="t2">{lasts ? written("close_more") : t("end_more")}</p>
      {hasDraft(contact.id) && (
        <Banner tone="risk" icon="alert">
          {t("end_draft")}
        </Banner>
      )}
    </Dialog>
  );
}

export function LeaveDialog({ contact, onClose }: AskProps) {
  const submit = (): void => void act("leave", { contact_id: contact.id }, onClose);
  return (
    <Dialog
      title={t("leave_title")}
      size="s"
      onClose={onClose}
      onSubmit={submit}
      footer={<Buttons onClose={onClose} word={t("leave")} ready />}
    >
      <p class="t2">{t("leave_more")}</p>
    </Dialog>
  );
}

export function HelpDialog({ contact, onClose }: AskProps) {
  const submit = (): void =>
    void act("ask_help", { contact_id: contact.id }, onClose, t("help_asked"));
  return (
    <Dialog
      title={t("help_title")}
      size="s"
      onClose={onClose}
      onSubmit={submit}
      footer={<Buttons onClose={onClose} word={t("ask_help_now")} ready />}
    >
      <p class="t2">{t("help_more", { name: titleOf(contact) })}</p>
    </Dialog>
  );
}

function Buttons({ onClose, word, ready }: { onClose: () => void; word: string; ready: boolean }) {
  return (
    <>
      <Button kind="ghost" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button kind="primary" type="submit" aria-disabled={!ready}>
        {word}
      </Button>
    </>
  );
}
