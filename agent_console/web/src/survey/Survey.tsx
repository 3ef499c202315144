import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { lang } from "../i18n/index.ts";
import { BrandMark, Button, Icon, type IconName, Skeleton } from "../ui/index.ts";
import { SurveyForm } from "./SurveyForm.tsx";
import { load, page } from "./model.ts";
import { t } from "./texts.ts";

/** The survey after a contact: phone first, one question, one answer. */
export function Survey() {
  useEffect(() => void load(), []);
  useEffect(() => {
    document.title = `${t("title")} · ${t("brand")}`;
  });
  return (
    <div class="survey">
      <header class="sh">
        <BrandMark size={28} />
        <span>{t("brand")}</span>
        <LangLink />
      </header>
      <Content />
    </div>
  );
}

/** The choice is of this page only: the staff's own language on a shared machine stays. */
function LangLink() {
  const other = lang.value === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      class="btn btn-g sh-lang push"
      lang={other === "zh" ? "zh-Hans" : "en"}
      onClick={() => (lang.value = other)}
    >
      {t("other_language")}
    </button>
  );
}

function Content() {
  const now = page.value;
  switch (now.at) {
    case "loading":
      return (
        <main class="sv" aria-busy="true" aria-label={t("loading")}>
          <Skeleton lines={[70, 90, 100, 60]} />
        </main>
      );
    case "form":
      return <SurveyForm survey={now.survey} />;
    case "thanks":
      return (
        <Word
          icon="check"
          look="ok"
          title={t("thanks")}
          text={t(now.score <= 2 ? "thanks_low" : "thanks_more")}
        />
      );
    case "answered":
      return <Word icon="check" look="ok" title={t("answered")} text={t("answered_more")} />;
    case "expired":
      return <Word icon="clock" title={t("expired")} text={t("expired_more")} />;
    case "not_found":
      return <Word icon="link" title={t("not_found")} text={t("not_found_more")} />;
    case "offline":
      return (
        <Word icon="refresh" title={t("offline")} text={t("offline_first")}>
          <Button size="xl" kind="primary" wide onClick={() => void load()}>
            {t("try_again")}
          </Button>
        </Word>
      );
  }
}

interface WordProps {
  icon: IconName;
  look?: "ok";
  title: string;
  text: string;
  children?: ComponentChildren;
}

/** One thing to say; it takes the focus, so that it is read when it replaces the form. */
function Word({ icon, look, title, text, children }: WordProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <main class="sv word">
      <span class={look === "ok" ? "disc disc-ok" : "disc"}>
        <Icon name={icon} size={24} />
      </span>
      <div role="status">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="t2">{text}</p>
      </div>
      {children}
    </main>
  );
}
