import { useState } from "preact/hooks";
import type { Lang } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { wrongBlanks } from "../../lib/blanks.ts";
import { Banner, Button, Dialog, Input, TextArea, Tick } from "../../ui/index.ts";
import { close, listed, save, type Reply } from "./model.ts";
import { Preview } from "./Preview.tsx";
import { useSending } from "./saving.ts";
import { t } from "./texts.ts";

const BLANK_REPLY: Reply = {
  code: "",
  title: { en: "", zh: "" },
  text: { en: "", zh: "" },
  queues: [],
  intents: [],
};

/** Write a reply in both languages, and see it as a customer would. */
export function ReplyDialog({ reply }: { reply: Reply | null }) {
  const [draft, setDraft] = useState<Reply>(reply ?? BLANK_REPLY);
  const [why, setWhy] = useState("");
  const { busy, refused, send } = useSending(t("saved"));
  const set = (more: Partial<Reply>): void => setDraft({ ...draft, ...more });
  const wrong = wrongBlanks(draft.text.en + draft.text.zh).length > 0;
  const submit = (): void => {
    if (!wrong && why.trim()) void send(() => save(reply, trimmed(draft), why.trim()));
  };
  return (
    <Dialog
      title={reply ? t("edit_of", { name: both(reply.title) }) : t("new_reply")}
      size="l"
      onClose={close}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy || wrong}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Input
        label={t("code")}
        required
        hint={t("code_why")}
        autoCapitalize="none"
        spellcheck={false}
        value={draft.code}
        onInput={(code) => set({ code: code.trim().replace(/^\//, "") })}
      />
      <div class="admin-two reply-two">
        <Side draft={draft} set={set} language="en" />
        <Side draft={draft} set={set} language="zh" />
      </div>
      <Queues draft={draft} set={set} />
      <Input label={t("reason")} required hint={t("reason_why")} value={why} onInput={setWhy} />
      {refused && (
        <Banner tone="bad" icon="alert" role="alert">
          {refused}
        </Banner>
      )}
    </Dialog>
  );
}

const trimmed = ({ title, text, ...rest }: Reply): Reply => ({
  ...rest,
  title: { en: title.en.trim(), zh: title.zh.trim() },
  text: { en: text.en.trim(), zh: text.zh.trim() },
});

interface PartProps {
  draft: Reply;
  set: (more: Partial<Reply>) => void;
}

/** One language: title, words, the blanks to put in, and what becomes of them. */
function Side({ draft, set, language }: PartProps & { language: Lang }) {
  const text = draft.text[language];
  const wrong = wrongBlanks(text);
  const write = (to: string): void => set({ text: { ...draft.text, [language]: to } });
  return (
    <fieldset class="reply-side">
      <legend>{language === "en" ? "English" : "中文"}</legend>
      <Input
        label={t("title")}
        required
        value={draft.title[language]}
        onInput={(to) => set({ title: { ...draft.title, [language]: to } })}
      />
      <TextArea
        label={t("text")}
        required
        rows={5}
        value={text}
        error={wrong.length > 0 ? t("wrong_blank", { names: wrong.join(" ") }) : null}
        onInput={write}
      />
      <div class="row row-1 reply-blanks" role="group" aria-label={t("put_in")}>
        {(listed.value?.blanks ?? []).map((name) => (
          <button
            key={name}
            type="button"
            class="chip"
            onClick={() => write(`${text}${text && !/\s$/.test(text) ? " " : ""}{${name}}`)}
          >
            + {t(`blank_${name as "queue"}`)}
          </button>
        ))}
      </div>
      <Preview text={text} language={language} />
    </fieldset>
  );
}

function Queues({ draft, set }: PartProps) {
  const choose = (id: string, on: boolean): void =>
    set({ queues: on ? [...draft.queues, id] : draft.queues.filter((one) => one !== id) });
  return (
    <fieldset class="reply-side">
      <legend>{t("queues")}</legend>
      <p class="t12 t3">{t("queues_why")}</p>
      <div class="reply-queues">
        {(listed.value?.queues ?? []).map(({ id, name }) => (
          <Tick
            key={id}
            label={both(name)}
            checked={draft.queues.includes(id)}
            onChange={(on) => choose(id, on)}
          />
        ))}
      </div>
    </fieldset>
  );
}
