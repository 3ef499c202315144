import { useEffect, useState } from "preact/hooks";
import { exactTime } from "../../i18n/index.ts";
import { Badge, Button, TextArea, toast } from "../../ui/index.ts";
import { corrections, loadCorrections, say, type Article, type Correction } from "./model.ts";
import { t } from "./texts.ts";

/** What is wrong in an article, for its authors; and what became of what was said before. */
export function Wrong({ article }: { article: Article }) {
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => void loadCorrections(), []);
  const told = corrections.value.filter(
    (one) => one.slug === article.slug && one.language === article.language,
  );
  const send = (): void => {
    const said = words?.trim();
    if (!said) return;
    say(article, said).then(
      () => {
        setWords(null);
        toast({ tone: "ok", title: t("wrong_sent") });
      },
      () => toast({ tone: "bad", title: t("failed") }),
    );
  };
  return (
    <section class="article-wrong" aria-label={t("wrong")}>
      {words === null ? (
        <Button size="s" kind="ghost" icon="flag" onClick={() => setWords("")}>
          {t("wrong")}
        </Button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextArea label={t("wrong_what")} rows={3} value={words} onInput={setWords} />
          <div class="row">
            <Button size="s" kind="primary" type="submit" disabled={!words.trim()}>
              {t("wrong_send")}
            </Button>
            <Button size="s" onClick={() => setWords(null)}>
              {t("wrong_cancel")}
            </Button>
          </div>
        </form>
      )}
      {told.length > 0 && (
        <ul>
          {told.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

const TONES = { open: "neutral", taken: "ok", refused: "risk" } as const;

function Line({ one }: { one: Correction }) {
  return (
    <li class="t12">
      <Badge tone={TONES[one.state]}>{t(`wrong_${one.state}`)}</Badge> {one.words}
      {one.answer && <p class="t2">{one.answer}</p>}
      <p class="t3">{exactTime(one.proposed_at)}</p>
    </li>
  );
}
