import { useState } from "preact/hooks";
import type { CodeVia, IdentityView } from "../../../contract.ts";
import { span } from "../../../i18n/index.ts";
import { tick } from "../../../lib/clock.ts";
import { Button, Icon, Input } from "../../../ui/index.ts";
import { resendSeconds, sixDigits } from "../../model/identity.ts";
import { checkCode, sendCode } from "../../model/proof.ts";
import { refusal, told } from "./refusal.ts";
import { t } from "./texts.ts";
import { useFocusFirst } from "./useFocus.ts";

interface WayProps {
  contactId: string;
  identity: IdentityView;
}

/** Choose an address of the record, send, and type what the customer reads out. */
export function CodeWay({ contactId, identity }: WayProps) {
  const [via, setVia] = useState<CodeVia>(identity.code?.via ?? identity.ways[0]?.via ?? "sms");
  const [busy, setBusy] = useState(false);
  const box = useFocusFirst<HTMLDivElement>(identity.code === null);
  if (identity.ways.length === 0) {
    return <p class="t12 t2">{t(identity.questions ? "no_way" : "no_way_at_all")}</p>;
  }
  const send = async (): Promise<void> => {
    setBusy(true);
    told(await sendCode(contactId, via));
    setBusy(false);
  };
  return (
    <div ref={box} class="col way">
      <fieldset class="col ways">
        <legend class="t12 t2">{t("code_to")}</legend>
        {identity.ways.map((one) => (
          <label key={one.via} class="choice">
            <input
              type="radio"
              name="via"
              checked={one.via === via}
              onChange={() => setVia(one.via)}
            />
            <Icon name={one.via === "sms" ? "sms" : "mail"} size={14} />
            <span class="mono">{one.masked}</span>
            <span class="sr">{t(`via_${one.via}`)}</span>
          </label>
        ))}
      </fieldset>
      <SendButton identity={identity} busy={busy} onSend={() => void send()} />
      {identity.code && <TypedCode contactId={contactId} code={identity.code} />}
    </div>
  );
}

interface SendProps {
  identity: IdentityView;
  busy: boolean;
  onSend: () => void;
}

/** Sends, and says how long until it may again. */
function SendButton({ identity, busy, onSend }: SendProps) {
  const seconds = resendSeconds(identity, tick.value);
  const isSent = identity.code !== null;
  return (
    <Button
      size="s"
      kind={isSent ? "default" : "primary"}
      icon="send"
      disabled={busy || seconds > 0}
      onClick={onSend}
    >
      {seconds > 0 ? t("send_again_in", { seconds }) : t(isSent ? "send_again" : "send_code")}
    </Button>
  );
}

function SentLine({ code }: { code: NonNullable<IdentityView["code"]> }) {
  const left = Math.ceil(code.expires_at - tick.value);
  return (
    <p class={`t12 ${left > 0 ? "t2" : "breach"}`}>
      {left > 0
        ? t(`sent_${code.via}`, { time: span(left) })
        : t("code_old")}
    </p>
  );
}

interface TypedProps {
  contactId: string;
  code: NonNullable<IdentityView["code"]>;
}

function TypedCode({ contactId, code }: TypedProps) {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const form = useFocusFirst<HTMLFormElement>(code.sent_at);
  const check = async (): Promise<void> => {
    const digits = sixDigits(typed);
    if (digits === null) {
      setWrong(t("code_six"));
      return;
    }
    const answer = await checkCode(contactId, digits);
    setTyped("");
    if (!answer.ok) setWrong(refusal(answer.code));
    else if (!answer.result.proved)
      setWrong(t("code_wrong", { count: answer.result.tries_left }));
  };
  return (
    <form
      ref={form}
      class="col"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <SentLine code={code} />
      <div class="row typed">
        <Input
          label={t("code")}
          value={typed}
          onInput={(value) => {
            setTyped(value);
            setWrong(null);
          }}
          autoComplete="off"
          spellcheck={false}
          hint={t("code_hint")}
          error={wrong}
        />
        <Button size="s" kind="primary" type="submit">
          {t("check")}
        </Button>
      </div>
    </form>
  );
}
