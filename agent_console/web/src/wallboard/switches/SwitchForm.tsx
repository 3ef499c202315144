import { useState } from "preact/hooks";
import { done } from "../../feed/index.ts";
import { tick } from "../../lib/clock.ts";
import { Button, channelName, Dialog, Select, TextArea, toast } from "../../ui/index.ts";
import { feed, switchParts } from "../model/store.ts";
import { partName, t } from "./texts.ts";

const MINUTES = [15, 30, 60, 120, 240, 480] as const;
const MOST = 200;
const ASSISTANT = "assistant:";

/** What is to be off, where, why, until when. */
export function SwitchForm({ onClose }: { onClose: () => void }) {
  const [what, setWhat] = useState(ASSISTANT);
  const [channel, setChannel] = useState("");
  const [minutes, setMinutes] = useState(60);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (reason.trim()) void switchOff({ what, channel, minutes, reason }, onClose);
  };
  return (
    <Dialog
      title={t("switch_off")}
      size="m"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("back")}</Button>
          <Button kind="primary" type="submit">
            {t("switch_off_now")}
          </Button>
        </>
      }
    >
      <Select label={t("what")} hint={t("warning")} value={what} onChange={setWhat}>
        <option value={ASSISTANT}>{t("the_assistant")}</option>
        <Parts kind="intent" />
        <Parts kind="errand" />
      </Select>
      <Select label={t("where")} value={channel} onChange={setChannel}>
        <option value="">{t("all_channels")}</option>
        {(switchParts.value?.channel ?? []).map((one) => (
          <option key={one} value={one}>
            {channelName(one)}
          </option>
        ))}
      </Select>
      <TextArea
        label={t("reason")}
        value={reason}
        error={tried && !reason.trim() ? t("reason_needed") : null}
        rows={2}
        onInput={(text) => setReason(text.slice(0, MOST))}
      />
      <Select
        label={t("until")}
        value={String(minutes)}
        onChange={(text) => setMinutes(Number(text))}
      >
        {MINUTES.map((one) => (
          <option key={one} value={String(one)}>
            {lasting(one)}
          </option>
        ))}
      </Select>
    </Dialog>
  );
}

const lasting = (minutes: number): string =>
  minutes < 60 ? t("for_minutes", { count: minutes }) : t("for_hours", { count: minutes / 60 });

function Parts({ kind }: { kind: "intent" | "errand" }) {
  return (
    <optgroup label={t(kind === "intent" ? "group_intents" : "group_errands")}>
      {(switchParts.value?.[kind] ?? []).map((name) => (
        <option key={name} value={`${kind}:${name}`}>
          {partName(kind, name)}
        </option>
      ))}
    </optgroup>
  );
}

interface Draft {
  what: string;
  channel: string;
  minutes: number;
  reason: string;
}

async function switchOff(draft: Draft, onDone: () => void): Promise<void> {
  const [kind, name] = draft.what.split(":");
  const answer = await feed.send("switch_off", {
    kind,
    name: name || null,
    channel: draft.channel || null,
    reason: draft.reason.trim(),
    until_at: tick.peek() + draft.minutes * 60,
  });
  if (!done(answer)) return;
  onDone();
  toast({ tone: "ok", title: t("is_off") });
}
