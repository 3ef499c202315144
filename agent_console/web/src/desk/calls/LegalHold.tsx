import { useState } from "preact/hooks";
import type { RecordingView } from "../../contract.ts";
import { http } from "../../lib/http.ts";
import { Button, Dialog, Input } from "../../ui/index.ts";
import { me } from "../model/store.ts";
import { t } from "./texts.ts";

interface HoldProps {
  one: RecordingView;
  onChanged: () => void;
}

/** A supervisor keeps a recording beyond its time, or ends that. */
export function LegalHold({ one, onChanged }: HoldProps) {
  const [asking, setAsking] = useState(false);
  if (!me.value?.rights.includes("steer_contacts")) return null;
  const word = t(one.legal_hold ? "release_recording" : "hold_recording");
  return (
    <>
      <Button size="s" kind="ghost" icon="lock" onClick={() => setAsking(true)}>
        {word}
      </Button>
      {asking && (
        <HoldDialog one={one} word={word} onDone={onChanged} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

interface DialogProps {
  one: RecordingView;
  word: string;
  onDone: () => void;
  onClose: () => void;
}

function HoldDialog({ one, word, onDone, onClose }: DialogProps) {
  const [reason, setReason] = useState("");
  const [failed, setFailed] = useState(false);
  const submit = async (): Promise<void> => {
    if (reason.trim().length < 3) return setFailed(true);
    try {
      const body = { on: !one.legal_hold, reason: reason.trim() };
      await http("POST", `/api/recordings/${one.id}/hold`, body);
      onClose();
      onDone();
    } catch {
      setFailed(true);
    }
  };
  return (
    <Dialog
      title={t(one.legal_hold ? "release_title" : "hold_title")}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {word}
          </Button>
        </>
      }
    >
      <p class="t2">{t(one.legal_hold ? "release_more" : "hold_more")}</p>
      <Input
        label={t("hold_why")}
        hint={t("hold_why_hint")}
        error={failed ? t(reason.trim().length < 3 ? "why_call_short" : "hold_failed") : null}
        value={reason}
        onInput={setReason}
        autoFocus
      />
    </Dialog>
  );
}
