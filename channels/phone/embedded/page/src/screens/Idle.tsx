/** Before the call: what it is about, and the button. */
import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import type { Call } from "../call.ts";
import { Icon } from "../icons.tsx";
import { facts, from, isSignedIn, lang, microphone, t, topic } from "../page.ts";
import { Keypad, useKeyboard } from "../parts/Keypad.tsx";
import { saidProblem } from "../texts.ts";
import { waitOnButton } from "../wait.ts";

const TOPICS = ["cards", "payments", "loans", "other"] as const;

export function Idle({ call }: { call: Call }): JSX.Element {
  const isCalling = call.phase.value === "connecting";
  const problem = call.problem.value;
  const matter = facts.value.waits.find((one) => one.queue === topic.value);
  const press = useCallback((key: string) => call.pressAhead(key), [call]);
  useKeyboard(press);
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
              {topic.value === one && <Icon name="check" />}
              {t(one)}
            </button>
          ))}
        </div>
        <div class="num tnum">
          <span class="sr">{t("number")} </span>
          {grouped(facts.value.number)}
        </div>
        <Keypad press={press} />
        <Ahead call={call} />
        {isSignedIn.value && (
          <p class="note">
            <Icon name="user" />
            {t("signed_in")}
          </p>
        )}
        {matter && !(matter.is_open && matter.is_staffed) && (
          <p class="note">
            <Icon name="clock" />
            {t(matter.is_open ? "nobody_now" : "closed_now")}
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
          {isCalling ? t("connecting") : waitOnButton(matter, lang.value) || t("call")}
        </button>
        <p class="small">{t("notice")}</p>
      </div>
    </>
  );
}

/** What was pressed before the call, in sight, and the way back. */
function Ahead({ call }: { call: Call }): JSX.Element | null {
  const keys = call.ahead.value;
  if (!keys) return null;
  return (
    <div class="ahead">
      <div class="grow" role="status">
        <b class="tnum">{t("keys_ahead").replace("{keys}", [...keys].join(" "))}</b>
        <small>{t("keys_hint")}</small>
      </div>
      <button
        type="button"
        class="btn"
        aria-label={t("take_back")}
        onClick={() => call.takeBack()}
      >
        <Icon name="back" />
      </button>
    </div>
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
