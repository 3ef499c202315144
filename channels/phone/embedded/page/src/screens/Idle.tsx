/** Before the call: what it is about, and the button. */
import type { JSX } from "preact";
import type { Call } from "../call.ts";
import { Icon } from "../icons.tsx";
import { facts, from, isSignedIn, lang, microphone, t, topic } from "../page.ts";
import { saidProblem } from "../texts.ts";

const TOPICS = ["cards", "payments", "loans", "other"] as const;

export function Idle({ call }: { call: Call }): JSX.Element {
  const isCalling = call.phase.value === "connecting";
  const problem = call.problem.value;
  const begin = (): void => {
    const number = facts.value.may_name_number ? from.value.replaceAll(" ", "") : "";
    void call.begin(facts.value.number, topic.value, number, microphone.value);
  };
  return (
    <>
      <div class="ph-b">
        <div class="chips" role="group" aria-label={t("about")}>
          {TOPICS.map((one) => (
            <button
              type="button"
              key={one}
              class="chip"
              aria-pressed={topic.value === one}
              onClick={() => (topic.value = one)}
            >
              {t(one)}
            </button>
          ))}
        </div>
        <div class="num tnum">
          <span class="sr">{t("number")} </span>
          {grouped(facts.value.number)}
        </div>
        {isSignedIn.value && (
          <p class="note">
            <Icon name="user" />
            {t("signed_in")}
          </p>
        )}
        {facts.value.may_name_number && <FromNumber />}
        {problem && (
          <p class="note bad" role="alert">
            <Icon name="warn" />
            {saidProblem(lang.value, problem)}
          </p>
        )}
      </div>
      <div class="ph-f go">
        <button
          type="button"
          class="btn btn-ok"
          disabled={isCalling || !facts.value.number}
          onClick={begin}
        >
          <Icon name="phone" />
          {t(isCalling ? "connecting" : "call")}
        </button>
        <p class="small">{t("notice")}</p>
      </div>
    </>
  );
}

const FromNumber = (): JSX.Element => (
  <label class="field">
    {t("from")}
    <input
      type="tel"
      inputMode="tel"
      autocomplete="off"
      pattern="\+?[0-9 ]{5,18}"
      value={from.value}
      onInput={(e) => (from.value = e.currentTarget.value)}
    />
    <small>{t("from_hint")}</small>
  </label>
);

const grouped = (number: string): string =>
  /^\d{8}$/.test(number) ? `${number.slice(0, 4)} ${number.slice(4)}` : number;
