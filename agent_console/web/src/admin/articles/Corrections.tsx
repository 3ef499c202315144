import { useState } from "preact/hooks";
import { both, exactTime, htmlLang } from "../../i18n/index.ts";
import { Button, Dialog, Input, toast } from "../../ui/index.ts";
import { decide, listed, open, type Correction } from "./model.ts";
import { sayRefusal } from "./refusal.ts";
import { t } from "./texts.ts";

/** What agents say is wrong; each is taken up or not, with an answer that they read. */
export function Corrections() {
  const [deciding, setDeciding] = useState<{ one: Correction; take: boolean } | null>(null);
  const waiting = listed.value?.corrections;
  if (!waiting?.length) return null;
  return (
    <section class="card" aria-labelledby="corrections">
      <div class="card-h">
        <h2 id="corrections">{t("corrections")}</h2>
      </div>
      <ul class="card-b missed">
        {waiting.map((one) => (
          <li key={one.id} class="row">
            <div class="grow">
              <Button
                kind="ghost"
                size="s"
                onClick={() => void open(one.slug, one.language).catch(sayRefusal)}
              >
                <span lang={htmlLang(one.language)}>{one.slug}</span>
              </Button>
              <p>{one.words}</p>
              <p class="t12 t3">
                {one.proposed_by ? both(one.proposed_by) : ""} · {exactTime(one.proposed_at)}
              </p>
            </div>
            <Button size="s" onClick={() => setDeciding({ one, take: true })}>
              {t("take")}
            </Button>
            <Button size="s" kind="ghost" onClick={() => setDeciding({ one, take: false })}>
              {t("refuse")}
            </Button>
          </li>
        ))}
      </ul>
      {deciding && <AnswerDialog {...deciding} onClose={() => setDeciding(null)} />}
    </section>
  );
}

interface AnswerProps {
  one: Correction;
  take: boolean;
  onClose: () => void;
}

function AnswerDialog({ one, take, onClose }: AnswerProps) {
  const [answer, setAnswer] = useState("");
  const [tried, setTried] = useState(false);
  const title = t(take ? "take" : "refuse");
  const submit = (): void => {
    setTried(true);
    if (!answer.trim()) return;
    decide(one, take, answer.trim()).then(() => {
      toast({ tone: "ok", title: t("answered") });
      onClose();
    }, sayRefusal);
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {title}
          </Button>
        </>
      }
    >
      <p>{one.words}</p>
      <Input
        label={t("answer")}
        required
        autoFocus
        error={tried && !answer.trim() ? t("must_be_filled") : null}
        value={answer}
        onInput={setAnswer}
      />
    </Dialog>
  );
}
