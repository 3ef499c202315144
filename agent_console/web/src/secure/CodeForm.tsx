import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button, Icon } from "../ui/index.ts";
import { open, sendCode, type SecureView } from "./model.ts";
import { t } from "./texts.ts";

const KNOWN = [
  "bad_code",
  "code_expired",
  "resend_later",
  "too_many_codes",
  "no_address",
] as const;

const inWords = (code: string): string => {
  if (code === "offline") return `${t("offline")}. ${t("offline_more")}`;
  const asked = code === "no_code" ? "code_expired" : code === "invalid" ? "bad_code" : code;
  const known = KNOWN.find((one) => one === asked);
  return known ? t(known) : t("failed");
};

/** Ask for the code, then take it. */
export function CodeForm({ view }: { view: SecureView }) {
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useCountdown();
  const field = useRef<HTMLInputElement>(null);
  const where = t(view.via === "sms" ? "to_sms" : "to_email", { to: view.to });
  useEffect(() => {
    if (sent) field.current?.focus();
  }, [sent]);

  const ask = async (): Promise<void> => {
    setBusy(true);
    const trouble = await sendCode(setLeft);
    setBusy(false);
    setError(trouble && inWords(trouble));
    if (!trouble || trouble === "resend_later") setSent(true);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    let missed = "";
    const trouble = await open(code, (count) => (missed = t("wrong_code", { count })));
    setBusy(false);
    setError(missed || (trouble && inWords(trouble)));
    field.current?.select();
  };
  return (
    <main class="sv">
      <div>
        <p class="t14 t3">{t("title")}</p>
        <h1>{t(view.asks_files ? "lead_asks" : "lead")}</h1>
      </div>
      <p role="status">{t(sent ? "code_sent" : "why_code", { where })}</p>
      {sent ? (
        <form noValidate onSubmit={(event) => void submit(event)}>
          <CodeField code={code} onInput={setCode} error={error} box={field} />
          <Button type="submit" size="xl" kind="primary" wide aria-disabled={busy}>
            {t(busy ? "opening" : "open")}
          </Button>
          <Button size="xl" wide aria-disabled={busy || left > 0} onClick={() => void ask()}>
            {left > 0 ? t("another_in", { count: left }) : t("send_another")}
          </Button>
        </form>
      ) : (
        <>
          {error && <Wrong words={error} />}
          <Button
            size="xl"
            kind="primary"
            wide
            aria-disabled={busy}
            onClick={() => void ask()}
          >
            {t("send_code")}
          </Button>
        </>
      )}
    </main>
  );
}

interface CodeFieldProps {
  code: string;
  error: string;
  onInput: (code: string) => void;
  box: { current: HTMLInputElement | null };
}

function CodeField({ code, error, onInput, box }: CodeFieldProps) {
  const id = useId();
  return (
    <div class="code">
      <label for={id}>
        <h2>{t("code")}</h2>
      </label>
      <input
        class="in"
        id={id}
        ref={box}
        value={code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        aria-describedby={`${id}-below`}
        aria-invalid={error ? true : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <div id={`${id}-below`}>
        {error ? <Wrong words={error} /> : <p class="t14 t3">{t("code_hint")}</p>}
      </div>
    </div>
  );
}

const Wrong = ({ words }: { words: string }) => (
  <p class="err" role="alert">
    <Icon name="alert" size={14} /> {words}
  </p>
);

/** Seconds that run down to nothing. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
