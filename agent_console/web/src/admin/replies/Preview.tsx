import type { Lang } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { fillBlanks, wrongBlanks } from "../../lib/blanks.ts";
import { countSegments } from "../../segments.ts";
import { t } from "./texts.ts";

/** Invented people: nobody's data is needed to see how words will look. */
const KNOWN = {
  en: { customer_name: "Lin Wei", agent_name: "Amara Osei", queue: "Cards" },
  zh: { customer_name: "林薇", agent_name: "阿玛拉·奥塞", queue: "银行卡" },
};

/** What a known customer and a guest would read, and how many SMS that is. */
export function Preview({ text, language }: { text: string; language: Lang }) {
  if (!text.trim() || wrongBlanks(text).length > 0) {
    return <p class="t12 t3 reply-preview">{t("preview_none")}</p>;
  }
  const known = fillBlanks(text, KNOWN[language]);
  const guest = fillBlanks(text, { ...KNOWN[language], customer_name: "" });
  return (
    <div class="reply-preview" role="group" aria-label={t("preview")}>
      <Shown label={t("preview_known")} text={known} language={language} />
      {guest !== known && <Shown label={t("preview_guest")} text={guest} language={language} />}
      <p class="t12 t3 tnum">{t("segments", { count: countSegments(known.trim()).segments })}</p>
    </div>
  );
}

function Shown({ label, text, language }: { label: string; text: string; language: Lang }) {
  return (
    <div>
      <p class="t12 t3">{label}</p>
      <p class="reply-shown" lang={htmlLang(language)}>
        {text.trim()}
      </p>
    </div>
  );
}
