import { useEffect, useRef, useState } from "preact/hooks";
import type { Lang } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import {
  Banner,
  Button,
  channelName,
  Dialog,
  Empty,
  Input,
  Select,
  Skeleton,
  TextArea,
} from "../../ui/index.ts";
import { MAIL, SMS } from "./channels.ts";
import { Segments } from "./Segments.tsx";
import { t } from "./texts.ts";
import { startWritten, stopWriting, waysTo, writing, type Way, type Writing } from "./ways.ts";

/** A new SMS or mail to the customer of a record. */
export function NewLetter() {
  const to = writing.value;
  return to && <Opened key={to.customer_id} to={to} />;
}

function Opened({ to }: { to: Writing }) {
  const [ways, setWays] = useState<Way[] | null | "loading">("loading");
  const load = (): void => {
    setWays("loading");
    void waysTo(to.customer_id).then(setWays);
  };
  useEffect(load, [to.customer_id]);
  if (Array.isArray(ways) && ways.length > 0) return <Form to={to} ways={ways} />;
  return (
    <Dialog title={t("new_letter_to", { name: to.name })} onClose={stopWriting}>
      {ways === "loading" && <Skeleton lines={[40, 100, 100]} />}
      {ways === null && (
        <Banner tone="bad" icon="alert">
          {t("ways_failed")}
          <Button size="s" onClick={load}>
            {t("try_again")}
          </Button>
        </Banner>
      )}
      {Array.isArray(ways) && (
        <Empty icon="message-off" title={t("no_way")} text={t("no_way_more")} />
      )}
    </Dialog>
  );
}

/** What is filled in, and why it was not sent. */
function useForm(to: Writing, ways: readonly Way[]) {
  const key = useRef<string>(crypto.randomUUID());
  const [channel, setChannel] = useState(to.channel ?? "");
  const way = ways.find((one) => one.channel === channel) ?? ways[0]!;
  const open = way.addresses.filter((one) => one.closed === null);
  const [chosen, setChosen] = useState({ account: "", goal: "" });
  const [language, setLanguage] = useState<Lang>(to.language);
  const [words, setWords] = useState({ subject: "", text: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const account = way.accounts.find((one) => one.id === chosen.account) ?? way.accounts[0]!;
  const goal = open.find((one) => one.ref === chosen.goal) ?? open[0];
  const isMail = way.channel === MAIL;
  const wrong = {
    text: words.text.trim() === "",
    subject: isMail && words.subject.trim() === "",
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!goal || wrong.text || wrong.subject || busy) return;
    setBusy(true);
    const why = await startWritten({
      customer_id: to.customer_id,
      channel: way.channel,
      account: account.id,
      address: goal.ref,
      key: key.current,
      text: words.text.trim(),
      language,
      ...(isMail ? { letter: { subject: words.subject.trim() } } : {}),
    });
    setBusy(false);
    setRefusal(why);
    if (why === null) stopWriting();
  };
  const shown = { text: tried && wrong.text, subject: tried && wrong.subject };
  const state = { way, account, goal, language, words, isMail, busy, refusal, wrong: shown };
  return { ...state, setChannel, setChosen, chosen, setLanguage, setWords, submit };
}

type FormState = ReturnType<typeof useForm>;

function Form({ to, ways }: { to: Writing; ways: readonly Way[] }) {
  const form = useForm(to, ways);
  return (
    <Dialog
      title={t("new_letter_to", { name: to.name })}
      onClose={stopWriting}
      onSubmit={() => void form.submit()}
      footer={
        <>
          <Button kind="ghost" onClick={stopWriting}>
            {t("cancel")}
          </Button>
          <Button
            kind="primary"
            icon="send"
            type="submit"
            aria-disabled={form.busy || !form.goal}
          >
            {t("send_new")}
          </Button>
        </>
      }
    >
      {form.refusal && (
        <Banner tone="bad" icon="alert">
          {form.refusal}
        </Banner>
      )}
      <Where form={form} ways={ways} />
      <Words form={form} />
    </Dialog>
  );
}

function Where({ form, ways }: { form: FormState; ways: readonly Way[] }) {
  const { way, chosen, setChosen } = form;
  return (
    <>
      {ways.length > 1 && (
        <Select label={t("by_channel")} value={way.channel} onChange={form.setChannel}>
          {ways.map((one) => (
            <option key={one.channel} value={one.channel}>
              {one.preferred
                ? t("preferred_channel", { channel: channelName(one.channel) })
                : channelName(one.channel)}
            </option>
          ))}
        </Select>
      )}
      <Select
        label={t("to_address")}
        value={form.goal?.ref ?? ""}
        onChange={(goal) => setChosen({ ...chosen, goal })}
      >
        {way.addresses.map((one) => (
          <option key={one.ref} value={one.ref} disabled={one.closed !== null}>
            {one.closed === null ? one.shown : t("goal_opted_out", { value: one.shown })}
          </option>
        ))}
      </Select>
      {way.accounts.length > 1 && (
        <Select
          label={t("from_account")}
          value={form.account.id}
          onChange={(account) => setChosen({ ...chosen, account })}
        >
          {way.accounts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name ? `${both(one.name)} · ${one.id}` : one.id}
            </option>
          ))}
        </Select>
      )}
      <Select
        label={t("their_language")}
        value={form.language}
        onChange={(language) => form.setLanguage(language as Lang)}
      >
        <option value="en">{t("lang_en")}</option>
        <option value="zh">{t("lang_zh")}</option>
      </Select>
    </>
  );
}

function Words({ form }: { form: FormState }) {
  const { words, setWords, wrong } = form;
  return (
    <>
      {form.isMail && (
        <Input
          label={t("subject")}
          error={wrong.subject ? t("subject_missing") : null}
          value={words.subject}
          onInput={(subject) => setWords({ ...words, subject })}
          autoComplete="off"
        />
      )}
      <TextArea
        label={t("their_words")}
        rows={form.isMail ? 8 : 4}
        error={wrong.text ? t("words_missing") : null}
        value={words.text}
        onInput={(text) => setWords({ ...words, text })}
      />
      {form.way.channel === SMS && <Segments text={words.text} />}
    </>
  );
}
