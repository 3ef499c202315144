import { Banner, Skeleton } from "../../ui/index.ts";
import { t } from "./texts.ts";

export interface Words {
  state: "text" | "protected" | "unreadable" | "none";
  text: string;
  is_cut: boolean;
}

/** What a document says, as plain text: nothing of it runs. */
export function WordsView({ words, isPlain }: { words: Words | null; isPlain: boolean }) {
  if (words === null) {
    return (
      <div role="status" aria-label={t("reading")}>
        <Skeleton lines={[80, 95, 90, 60, 85]} />
      </div>
    );
  }
  return (
    <>
      {!isPlain && (
        <Banner icon="info">{t(words.is_cut ? "cut" : "only_words")}</Banner>
      )}
      <pre class="viewer-words" tabIndex={0} dir="auto">
        {words.text || t("no_words")}
      </pre>
    </>
  );
}
