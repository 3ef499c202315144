import { useEffect, useState } from "preact/hooks";
import { tick } from "../../../lib/clock.ts";
import { Button, Input, Skeleton } from "../../../ui/index.ts";
import { askQuestions, checkAnswers, type Asked } from "../../model/proof.ts";
import { refusal } from "./refusal.ts";
import { t } from "./texts.ts";
import { useFocusFirst } from "./useFocus.ts";

const KNOWN = ["birth_day", "house_number", "last_merchant", "last_amount"] as const;

const known = (code: string) => KNOWN.find((one) => one === code);
const sentence = (code: string): string => {
  const one = known(code);
  return one ? t(`q_${one}`) : code.replaceAll("_", " ");
};

/** Two questions whose answers only the bank has. */
export function QuestionsWay({ contactId }: { contactId: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<string | null>(null);
  const ask = async (): Promise<void> => {
    const answer = await askQuestions(contactId);
    setSaid({});
    if (answer.ok) setAsked(answer.result);
    else setWrong(refusal(answer.code));
  };
  useEffect(() => void ask(), [contactId]);
  const form = useFocusFirst<HTMLFormElement>(asked);
  if (asked === null) return wrong ? <Wrong text={wrong} /> : <Skeleton lines={[70, 90]} />;
  const check = async (): Promise<void> => {
    if (!asked.questions.every((code) => said[code]?.trim())) {
      setWrong(t("answers_missing"));
      return;
    }
    const answer = await checkAnswers(contactId, said);
    if (!answer.ok) setWrong(refusal(answer.code));
    else if (!answer.result.proved) {
      setWrong(t("answers_wrong", { count: answer.result.tries_left }));
      if (answer.result.tries_left > 0) await ask();
    }
  };
  return (
    <form
      ref={form}
      class="col way"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <p class="t12 t2">{t("questions_more")}</p>
      {asked.questions.map((code) => {
        const one = known(code);
        return (
          <Input
            key={code}
            label={sentence(code)}
            hint={one && t(`q_${one}_hint`)}
            value={said[code] ?? ""}
            onInput={(value) => setSaid({ ...said, [code]: value })}
            autoComplete="off"
            spellcheck={false}
          />
        );
      })}
      {wrong && <Wrong text={wrong} />}
      <Send asked={asked} onAgain={() => void ask()} />
    </form>
  );
}

function Wrong({ text }: { text: string }) {
  return (
    <p class="t12 breach" role="alert">
      {text}
    </p>
  );
}

function Send({ asked, onAgain }: { asked: Asked; onAgain: () => void }) {
  if (tick.value < asked.expires_at) {
    return (
      <Button size="s" kind="primary" type="submit">
        {t("check_answers")}
      </Button>
    );
  }
  return (
    <>
      <p class="t12 breach">{t("questions_old")}</p>
      <Button size="s" onClick={onAgain}>
        {t("ask_again")}
      </Button>
    </>
  );
}
