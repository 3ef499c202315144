/** What calling is like, and how long each matter waits now. */
import type { JSX } from "preact";
import type { Wait } from "../call.ts";
import { Icon, type IconName } from "../icons.tsx";
import { facts, lang, t } from "../page.ts";
import { waitWords } from "../wait.ts";

export const Intro = (): JSX.Element => (
  <section class="intro">
    <h1>{t("title")}</h1>
    <p class="lead">{t("lead")}</p>
    <ul class="facts" aria-label={t("waits")}>
      <Fact icon="card" words={t("lost_card")} more={t("at_once")} />
      {facts.value.waits.map((one) => (
        <Fact
          key={one.queue}
          icon={ICONS[one.queue] ?? "user"}
          words={one.name[lang.value]}
          more={waitWords(one, lang.value)}
        />
      ))}
    </ul>
    <ul class="hints">
      <li>{t("fact_person")}</li>
      <li>{t("fact_wait")}</li>
    </ul>
  </section>
);

const ICONS: Partial<Record<Wait["queue"], IconName>> = {
  cards: "card",
  payments: "swap",
  loans: "home",
};

interface FactProps {
  icon: IconName;
  words: string;
  more: string;
}

const Fact = ({ icon, words, more }: FactProps): JSX.Element => (
  <li>
    <span class="tile">
      <Icon name={icon} />
    </span>
    <b class="grow">{words}</b>
    <span class="wait">{more}</span>
  </li>
);
