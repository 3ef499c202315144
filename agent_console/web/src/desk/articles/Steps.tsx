import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { Button, Select, toast } from "../../ui/index.ts";
import { records } from "../model/store.ts";
import type { Article } from "./model.ts";
import { keyOf, save, stepsOf, tick, ticked, told } from "./steps.ts";
import { t } from "./texts.ts";

/** The article's steps to be ticked off, and kept in a case of the customer. */
export function Steps({ article, contact }: { article: Article; contact: ContactView }) {
  const steps = stepsOf(article.html);
  const key = keyOf(contact.id, article);
  const done = ticked.value[key] ?? [];
  if (steps.length < 2) return null;
  return (
    <section class="article-steps" aria-labelledby="article-steps">
      <h3 id="article-steps">{t("steps_done", { done: done.length, all: steps.length })}</h3>
      <ul>
        {steps.map((step, at) => (
          <li key={at}>
            <label class="row">
              <input
                type="checkbox"
                checked={done.includes(at)}
                onChange={(event) => tick(key, at, event.currentTarget.checked)}
              />
              <span>{step}</span>
            </label>
          </li>
        ))}
      </ul>
      <Keep contact={contact} words={told(article, steps, done)} />
    </section>
  );
}

function Keep({ contact, words }: { contact: ContactView; words: string }) {
  const cases = records.value[contact.id]?.cases ?? [];
  const [chosen, setChosen] = useState("");
  const line = cases.find((one) => one.id === chosen) ?? cases[0];
  if (!line) return <p class="t12 t3">{t("no_case")}</p>;
  const keep = (): void => {
    save(line, words).then(
      (ok) => toast({ tone: ok ? "ok" : "bad", title: t(ok ? "steps_kept" : "failed") }),
      () => toast({ tone: "bad", title: t("failed") }),
    );
  };
  return (
    <div class="row">
      {cases.length > 1 && (
        <Select label={t("case")} value={line.id} onChange={setChosen}>
          {cases.map((one) => (
            <option key={one.id} value={one.id}>
              {one.number} {both(one.title)}
            </option>
          ))}
        </Select>
      )}
      <Button size="s" icon="check" onClick={keep}>
        {t("keep_steps", { number: line.number })}
      </Button>
    </div>
  );
}
