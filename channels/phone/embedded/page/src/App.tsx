/** The page: what calling is like on the left, the phone on the right. */
import type { JSX } from "preact";
import type { Call } from "./call.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { Line } from "./line.ts";
import { lang, setLang, t, timer } from "./page.ts";
import { Intro } from "./parts/Intro.tsx";
import { Settings } from "./parts/Settings.tsx";
import { During } from "./screens/During.tsx";
import { Ended } from "./screens/Ended.tsx";
import { Idle } from "./screens/Idle.tsx";

export function App({ call, line }: { call: Call; line: Line }): JSX.Element {
  const phase = call.phase.value;
  return (
    <>
      <a class="skip" href="#phone">
        {t("skip")}
      </a>
      <header class="site-h">
        <span class="logo">
          <Logo />
          {t("bank")}
        </span>
        <button
          type="button"
          class="btn"
          lang={lang.value === "en" ? "zh-Hans" : "en"}
          onClick={() => setLang(lang.value === "en" ? "zh" : "en")}
        >
          {lang.value === "en" ? "中文" : "English"}
        </button>
      </header>
      <main class={phase === "idle" ? "page" : "page calling"}>
        <Intro />
        <section class="ph" id="phone" tabIndex={-1} aria-label={t("phone")}>
          <Head call={call} />
          {phase === "idle" || phase === "connecting" ? (
            <Idle call={call} />
          ) : phase === "ended" ? (
            <Ended call={call} />
          ) : (
            <During call={call} />
          )}
        </section>
        <Settings line={line} />
      </main>
    </>
  );
}

function Head({ call }: { call: Call }): JSX.Element {
  const [icon, title, sub] = headOf(call);
  const phase = call.phase.value;
  const isOn = phase === "ivr" || phase === "queue" || phase === "call";
  return (
    <header class="ph-h">
      <Icon name={icon} />
      <div class="grow" role="status">
        <b>{title}</b>
        <div class="sub">{sub}</div>
      </div>
      {isOn && (
        <span class="timer tnum" role="timer" aria-live="off">
          {timer(call)}
        </span>
      )}
    </header>
  );
}

function headOf(call: Call): readonly [IconName, string, string] {
  const state = call.state.value;
  switch (call.phase.value) {
    case "idle":
      return ["phone", t("bank"), t("ready")];
    case "connecting":
      return ["phone", t("bank"), t("connecting")];
    case "ended":
      return ["check", t("ended"), lengthOf(call)];
    case "queue": {
      const queue = state?.phase === "queue" ? state.queue : null;
      const title = queue ? `${t("queue")} ${queue[lang.value]}` : t("queue_plain");
      return ["clock", title, t("keep_place")];
    }
    case "call": {
      const agent = state?.phase === "call" ? state.agent : null;
      return ["user", agent?.[lang.value] ?? t("bank"), t("specialist")];
    }
    default:
      return ["bot", t("menu"), t("menu_sub")];
  }
}

function lengthOf(call: Call): string {
  const seconds = call.seconds.value;
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const spoken = lang.value === "zh" ? `${minutes} 分 ${rest} 秒` : `${minutes} min ${rest} s`;
  const state = call.state.value;
  const agent = state?.phase === "call" ? state.agent?.[lang.value] : null;
  return agent ? `${spoken} ${t("with")} ${agent}` : spoken;
}

const Logo = (): JSX.Element => (
  <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="#2a64c0" />
    <path
      d="M9 22V10.5l14 11V10"
      fill="none"
      stroke="#fff"
      stroke-width="3"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
