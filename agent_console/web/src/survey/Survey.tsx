import { useEffect } from "preact/hooks";
import { BrandMark, Button, Skeleton } from "../ui/index.ts";
import { SurveyForm } from "./SurveyForm.tsx";
import { load, page } from "./model.ts";
import { LangLink, Word } from "./parts.tsx";
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
        <LangLink word={t("other_language")} />
      </header>
      <Content />
    </div>
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
