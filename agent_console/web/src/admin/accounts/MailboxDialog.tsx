import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Input, Select, TextArea, Tick } from "../../ui/index.ts";
import { commonOf, LanguageField, NameFields, nameOf, type Common } from "./CommonFields.tsx";
import { FormDialog } from "./FormDialog.tsx";
import { listed } from "./model.ts";
import { blankServer, draftOf, ServerFields, serverOf, type ServerDraft } from "./ServerFields.tsx";
import { t } from "./texts.ts";
import type { Account, Mailbox } from "./types.ts";
import { useSaving } from "./useSaving.ts";

interface Draft extends Common {
  address: string;
  queue: string;
  signature_en: string;
  signature_zh: string;
  answer_hours: string;
  acknowledges: boolean;
  sends: boolean;
  relay: ServerDraft;
  reads: boolean;
  imap: ServerDraft;
  folders: string;
}

function draftFor(mailbox: Mailbox | null): Draft {
  const signature = mailbox?.signature ?? {};
  return {
    address: mailbox?.address ?? "",
    queue: mailbox?.queue ?? listed.value?.queues[0]?.id ?? "",
    ...commonOf(mailbox),
    signature_en: signature.en ?? "",
    signature_zh: signature.zh ?? "",
    answer_hours: mailbox?.answer_hours ? String(mailbox.answer_hours) : "",
    acknowledges: mailbox?.acknowledges ?? true,
    sends: mailbox ? mailbox.relay !== undefined : true,
    relay: mailbox?.relay ? draftOf(mailbox.relay) : blankServer(587, "starttls"),
    reads: mailbox ? mailbox.imap !== undefined : true,
    imap: mailbox?.imap ? draftOf(mailbox.imap) : blankServer(993, "implicit"),
    folders: (mailbox?.imap?.folders ?? ["INBOX"]).join(", "),
  };
}

export const mailboxOf = (draft: Draft): Mailbox => ({
  address: draft.address.trim(),
  queue: draft.queue,
  name: nameOf(draft),
  signature: { en: draft.signature_en.trim(), zh: draft.signature_zh.trim() },
  language: draft.language,
  answer_hours: Number(draft.answer_hours) || 0,
  acknowledges: draft.acknowledges,
  ...(draft.sends ? { relay: serverOf(draft.relay) } : {}),
  ...(draft.reads ? { imap: { ...serverOf(draft.imap), folders: foldersOf(draft.folders) } } : {}),
});

function foldersOf(typed: string): string[] {
  const names = typed.split(/[,，、]/).map((one) => one.trim());
  return names.filter(Boolean);
}

/** Connect a mailbox, or change one that was connected here. */
export function MailboxDialog({ account }: { account: Account | null }) {
  const before = account ? (account.options as Mailbox) : null;
  const [draft, setDraft] = useState(() => draftFor(before));
  const { busy, refused, save } = useSaving(account);
  const set = (more: Partial<Draft>): void => setDraft({ ...draft, ...more });
  return (
    <FormDialog
      title={account ? t("change_title", { account: account.account }) : t("connect_mailbox")}
      busy={busy}
      isNew={account === null}
      refused={refused}
      onSubmit={() => void save({ email: mailboxOf(draft) })}
    >
      <Itself draft={draft} set={set} isNew={account === null} />
      <fieldset class="account-part">
        <legend>{t("part_in")}</legend>
        <Tick label={t("reads")} checked={draft.reads} onChange={(reads) => set({ reads })} />
        {draft.reads ? (
          <>
            <ServerFields
              draft={draft.imap}
              set={(more) => set({ imap: { ...draft.imap, ...more } })}
              isKept={before?.imap !== undefined}
            />
            <Input
              label={t("folders")}
              required
              hint={t("folders_why")}
              value={draft.folders}
              onInput={(folders) => set({ folders })}
            />
          </>
        ) : (
          <p class="t2">{t("reads_not")}</p>
        )}
      </fieldset>
      <fieldset class="account-part">
        <legend>{t("part_out")}</legend>
        <Tick label={t("sends")} checked={draft.sends} onChange={(sends) => set({ sends })} />
        {draft.sends ? (
          <ServerFields
            draft={draft.relay}
            set={(more) => set({ relay: { ...draft.relay, ...more } })}
            isKept={before?.relay !== undefined}
          />
        ) : (
          <p class="t2">{t("sends_not")}</p>
        )}
      </fieldset>
      <Answering draft={draft} set={set} />
    </FormDialog>
  );
}

interface PartProps {
  draft: Draft;
  set: (more: Partial<Draft>) => void;
}

function Itself({ draft, set, isNew }: PartProps & { isNew: boolean }) {
  return (
    <div class="account-two">
      {isNew && (
        <Input
          label={t("address")}
          required
          autoCapitalize="none"
          spellcheck={false}
          placeholder="service@bank.example"
          value={draft.address}
          onInput={(address) => set({ address })}
        />
      )}
      <Select
        label={t("queue")}
        required
        hint={t("queue_why")}
        value={draft.queue}
        onChange={(queue) => set({ queue })}
      >
        {(listed.value?.queues ?? []).map((one) => (
          <option key={one.id} value={one.id}>
            {both(one.name)}
          </option>
        ))}
      </Select>
      <NameFields draft={draft} set={set} of="sender" />
    </div>
  );
}

function Answering({ draft, set }: PartProps) {
  return (
    <fieldset class="account-part">
      <legend>{t("part_answers")}</legend>
      <div class="account-two">
        <LanguageField draft={draft} set={set} />
        <Input
          label={t("answer_hours")}
          hint={t("answer_hours_why")}
          value={draft.answer_hours}
          onInput={(answer_hours) => set({ answer_hours })}
        />
        <TextArea
          label={t("signature_en")}
          rows={2}
          value={draft.signature_en}
          onInput={(signature_en) => set({ signature_en })}
        />
        <TextArea
          label={t("signature_zh")}
          rows={2}
          value={draft.signature_zh}
          onInput={(signature_zh) => set({ signature_zh })}
        />
      </div>
      <Tick
        label={t("acknowledges")}
        checked={draft.acknowledges}
        onChange={(acknowledges) => set({ acknowledges })}
      />
    </fieldset>
  );
}
