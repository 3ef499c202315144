import { useEffect } from "preact/hooks";
import { lang } from "../i18n/index.ts";
import { BrandMark } from "../ui/index.ts";
import { ArticleView } from "./ArticleView.tsx";
import { FrontPage } from "./FrontPage.tsx";
import { learnLanguage, slugOf } from "./model.ts";
import { t } from "./texts.ts";

learnLanguage(location.search);

/** The help centre: a front page with search and topics, and a page for each article. */
export function Help() {
  const slug = slugOf(location.pathname);
  useEffect(() => {
    document.title = `${t("title")} · ${t("brand")}`;
  });
  return (
    <div class="help">
      <a class="skip" href="#content">
        {t("skip")}
      </a>
      <header class="hh">
        <a class="hh-home" href={`/help?language=${lang.value}`}>
          <BrandMark size={28} />
          <span>
            {t("brand")} <b>{t("title")}</b>
          </span>
        </a>
        <LangButton />
      </header>
      <main class="hm" id="content" tabIndex={-1}>
        {slug ? <ArticleView slug={slug} /> : <FrontPage />}
      </main>
    </div>
  );
}

/** The choice is of this page only: the staff's own language on a shared machine stays. */
function LangButton() {
  const other = lang.value === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      class="btn btn-g push hh-lang"
      lang={other === "zh" ? "zh-Hans" : "en"}
      onClick={() => (lang.value = other)}
    >
      {t("other_language")}
    </button>
  );
}
