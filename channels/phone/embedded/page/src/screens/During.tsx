/** The call itself: menu, waiting line, or somebody of the bank. */
import { useCallback } from "preact/hooks";
import type { JSX } from "preact";
import type { Call } from "../call.ts";
import { Icon } from "../icons.tsx";
import { facts, isPadOpen, lang, t } from "../page.ts";
import { Captions } from "../parts/Captions.tsx";
import { Controls } from "../parts/Controls.tsx";
import { Keypad, useKeyboard } from "../parts/Keypad.tsx";

export function During({ call }: { call: Call }): JSX.Element {
  const press = useCallback((key: string) => call.press(key), [call]);
  useKeyboard(press);
  const state = call.state.value;
  return (
    <>
      <div class="ph-b">
        <Trouble call={call} />
        {state?.phase === "queue" && <Place call={call} />}
        {state?.phase === "call" && state.on_hold && (
          <p class="note" role="status">
            <Icon name="clock" />
            {t("on_hold")}
          </p>
        )}
        <WithPerson call={call} />
        <Captions call={call} />
        <Secret call={call} />
        {isPadOpen.value ? <Keypad press={press} /> : <Choices call={call} />}
      </div>
      <Controls call={call} />
    </>
  );
}

const Trouble = ({ call }: { call: Call }): JSX.Element | null => {
  if (!call.isBroken.value && !call.isWeak.value) return null;
  return (
    <p class="note bad" role="status">
      <Icon name="warn" />
      {t(call.isBroken.value ? "broken" : "weak")}
    </p>
  );
};

const Choices = ({ call }: { call: Call }): JSX.Element | null => {
  const { choices } = call.keys.value;
  if (!choices.length) return null;
  return (
    <div class="opts" role="group" aria-label={t("choices")}>
      {choices.map(({ key, label }) => (
        <button type="button" key={key} onClick={() => call.press(key)}>
          <b>{key}</b>
          {label}
        </button>
      ))}
    </div>
  );
};

/** Somebody is there, and no captions: an empty screen would look broken. */
const WithPerson = ({ call }: { call: Call }): JSX.Element | null => {
  const state = call.state.value;
  if (state?.phase !== "call" || state.on_hold || call.captions.value.length > 0) return null;
  const name = state.agent?.[lang.value] ?? t("bank");
  return (
    <div class="with">
      <span class="disc">
        <Icon name="user" />
      </span>
      <b>{t("speaking").replace("{name}", name)}</b>
      <p class="small">{t("no_captions")}</p>
    </div>
  );
};

const Secret = ({ call }: { call: Call }): JSX.Element | null => {
  const { most, sensitive } = call.keys.value;
  if (!sensitive || most === 0) return null;
  const typed = call.typed.value;
  return (
    <div class="sec-in">
      <p class="strong">
        <Icon name="lock" />
        {t("secret")}
      </p>
      <p class="small">{t("secret_more")}</p>
      <div class="otp" aria-hidden="true">
        {Array.from({ length: Math.min(most, 8) }, (_, place) => (
          <i key={place} class={place === typed ? "on" : ""}>
            {place < typed ? "•" : ""}
          </i>
        ))}
      </div>
      <p class="sr" role="status">
        {typed} {t("typed")}
      </p>
    </div>
  );
};

const Place = ({ call }: { call: Call }): JSX.Element | null => {
  const state = call.state.value;
  if (state?.phase !== "queue") return null;
  const ahead = state.position === null ? null : state.position - 1;
  return (
    <>
      <div class="pos" role="status">
        {ahead !== null && ahead > 0 && <b class="big tnum">{ahead}</b>}
        <div>
          <div>{ahead === null ? "" : aheadOf(ahead)}</div>
          <div class="eta">{waitOf(state.estimate_seconds)}</div>
        </div>
      </div>
      {facts.value.callback_key && call.keys.value.most > 0 && (
        <div class="banner">
          <Icon name="callback" />
          <span>{t("callback")}</span>
          <button type="button" class="btn" onClick={() => call.press(facts.value.callback_key)}>
            {t("call_me")}
          </button>
        </div>
      )}
    </>
  );
};

const aheadOf = (count: number): string =>
  count === 0 ? t("next") : `${count} ${t(count === 1 ? "ahead_one" : "ahead")}`;

const waitOf = (seconds: number | null): string => {
  if (seconds === null) return t("unknown_wait");
  if (seconds < 60) return t("soon");
  return t("about_minutes").replace("{n}", String(Math.round(seconds / 60)));
};
