import { useEffect, useId, useRef, useState } from "preact/hooks";
import { both, exactTime, fileSize } from "../i18n/index.ts";
import { Banner, Button, Icon } from "../ui/index.ts";
import { answer, download, type OpenedView } from "./model.ts";
import { t } from "./texts.ts";
import { Uploads } from "./Uploads.tsx";

/** What the bank says, and room to answer. */
export function Opened({ opened }: { opened: OpenedView }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [trouble, setTrouble] = useState("");
  useEffect(() => heading.current?.focus(), []);
  const { file, sender } = opened;
  return (
    <main class="sv">
      <div>
        <p class="t14 t3">{exactTime(opened.sent_at)}</p>
        <h1 ref={heading} tabIndex={-1}>
          {sender ? t("from", { name: both(sender) }) : t("from_bank")}
        </h1>
      </div>
      {opened.text && (
        <div class="opened" dir="auto">
          {opened.text}
        </div>
      )}
      {file && (
        <Button
          size="xl"
          wide
          icon="download"
          onClick={() => void download(opened.grant, file.name).then(setTrouble)}
        >
          {t("download", { name: file.name, size: fileSize(file.size_bytes) })}
        </Button>
      )}
      {trouble && <Stopped code={trouble} />}
      {opened.asks_files && <Uploads opened={opened} />}
      <AnswerForm opened={opened} />
    </main>
  );
}

function AnswerForm({ opened }: { opened: OpenedView }) {
  const id = useId();
  const [text, setText] = useState("");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [state, setState] = useState<"" | "sending" | "sent" | "missing">("");
  const [trouble, setTrouble] = useState("");
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (state === "sending") return;
    if (!text.trim()) return setState("missing");
    setState("sending");
    const stopped = await answer(opened.grant, key, text.trim());
    setTrouble(stopped);
    setState(stopped ? "" : "sent");
    if (stopped) return;
    setText("");
    setKey(crypto.randomUUID());
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <label for={id}>
          <h2>{t("your_answer")}</h2>
        </label>
        <textarea
          class="in"
          id={id}
          rows={4}
          maxLength={4000}
          value={text}
          aria-describedby={`${id}-hint`}
          aria-invalid={state === "missing" || undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setState("");
          }}
        />
        <div id={`${id}-hint`} class="t14 t3">
          {state === "missing" ? (
            <span class="err" role="alert">
              <Icon name="alert" size={14} /> {t("answer_missing")}
            </span>
          ) : (
            t("answer_hint")
          )}
        </div>
      </div>
      {trouble && <Stopped code={trouble} />}
      {state === "sent" && (
        <Banner tone="ok" icon="check" role="status">
          {t("answer_sent")}
        </Banner>
      )}
      <Button
        type="submit"
        size="xl"
        kind="primary"
        wide
        aria-disabled={state === "sending"}
      >
        {t(state === "sending" ? "sending" : "send")}
      </Button>
    </form>
  );
}

function Stopped({ code }: { code: string }) {
  const offline = code === "offline";
  return (
    <Banner tone="bad" icon="alert" role="alert">
      {offline ? `${t("offline")}. ${t("offline_more")}` : t("failed")}
    </Banner>
  );
}
