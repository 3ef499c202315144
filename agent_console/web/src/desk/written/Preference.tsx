import { useState } from "preact/hooks";
import type { ScreenPop } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, exactTime } from "../../i18n/index.ts";
import { Button, channelIcon, channelName, Dialog, Icon } from "../../ui/index.ts";
import { Select, TextArea, toast } from "../../ui/index.ts";
import { contacts, feed } from "../model/store.ts";
import { t } from "./texts.ts";

const CHANNELS = ["phone", "sms", "email"] as const;
const NONE = "";

/** How the customer asks to be reached, in their words; whoever is told notes it. */
export function Preferred({ record }: { record: ScreenPop }) {
  const [open, setOpen] = useState(false);
  const told = record.customer?.preference ?? null;
  const mayNote = contacts.value[record.contact_id]?.my_role === "owner";
  if (!record.customer || (!told && !mayNote)) return null;
  return (
    <div class="in-pane preferred">
      {told && (
        <p class="t12">
          <Icon name={channelIcon(told.channel)} size={14} />{" "}
          {t("prefers", { channel: channelName(told.channel) })}
          <span class="t2" dir="auto">
            {" "}
            “{told.words}”
          </span>
          <span class="t3">
            {" "}
            · {told.by ? `${both(told.by)}, ` : ""}
            {exactTime(told.at)}
          </span>
        </p>
      )}
      {mayNote && (
        <Button size="s" onClick={() => setOpen(true)}>
          {t(told ? "prefer_change" : "prefer_note")}
        </Button>
      )}
      {open && <PreferDialog record={record} onClose={() => setOpen(false)} />}
    </div>
  );
}

function PreferDialog({ record, onClose }: { record: ScreenPop; onClose: () => void }) {
  const [channel, setChannel] = useState<string>(record.customer?.preference?.channel ?? "email");
  const [words, setWords] = useState("");
  const submit = async (): Promise<void> => {
    if (!words.trim()) return;
    const args = { contact_id: record.contact_id, channel: channel || null, words: words.trim() };
    if (!done(await feed.send("prefer_channel", args))) return;
    toast({ tone: "ok", title: t("prefer_noted") });
    onClose();
  };
  return (
    <Dialog
      title={t("prefer_title")}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("prefer_go")}
          </Button>
        </>
      }
    >
      <Select label={t("prefer_which")} value={channel} onChange={setChannel}>
        {CHANNELS.map((one) => (
          <option key={one} value={one}>
            {channelName(one)}
          </option>
        ))}
        <option value={NONE}>{t("prefer_none")}</option>
      </Select>
      <TextArea
        label={t("prefer_words")}
        required
        rows={2}
        hint={t("prefer_words_why")}
        value={words}
        onInput={setWords}
      />
    </Dialog>
  );
}
