import { useEffect } from "preact/hooks";
import { BrandMark, Button, Skeleton } from "../ui/index.ts";
import { LangLink, Word } from "../survey/parts.tsx";
import { CodeForm } from "./CodeForm.tsx";
import { load, page } from "./model.ts";
import { Opened } from "./Opened.tsx";
import { t } from "./texts.ts";

/** A secure message for a customer: phone first, closed until a code was given. */
export function Secure() {
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
          <Skeleton lines={[70, 90, 60]} />
        </main>
      );
    case "closed":
      return <CodeForm view={now.view} />;
    case "opened":
      return <Opened opened={now.opened} />;
    case "expired":
      return <Word icon="clock" title={t("expired")} text={t("expired_more")} />;
    case "locked":
      return <Word icon="lock" title={t("locked")} text={t("locked_more")} />;
    case "not_found":
      return <Word icon="link" title={t("not_found")} text={t("not_found_more")} />;
    case "offline":
      return (
        <Word icon="refresh" title={t("offline")} text={t("offline_more")}>
          <Button size="xl" kind="primary" wide onClick={() => void load()}>
            {t("try_again")}
          </Button>
        </Word>
      );
  }
}
