import { useEffect, useState } from "preact/hooks";
import { categoryName } from "../i18n/category.ts";
import { lang } from "../i18n/index.ts";
import { Button, Icon, Skeleton } from "../ui/index.ts";
import {
  disturbances,
  hits,
  loadTopics,
  pathOf,
  search,
  topics,
  type Category,
  type Hit,
} from "./model.ts";
import { Disturbances } from "./Disturbances.tsx";
import { t } from "./texts.ts";
import { TroubleWord } from "./TroubleWord.tsx";

/** Look for words, or look through the topics. */
export function FrontPage() {
  const [words, setWords] = useState("");
  useEffect(() => {
    void loadTopics();
    void search(words);
  }, [lang.value]);
  const clear = (): void => {
    setWords("");
    void search("");
  };
  return (
    <>
      <form
        role="search"
        class="hs"
        onSubmit={(event) => {
          event.preventDefault();
          void search(words);
        }}
      >
        <h1>
          <label for="words">{t("how_can_we_help")}</label>
        </h1>
        <div class="hs-row">
          <input
            id="words"
            class="in"
            type="search"
            enterkeyhint="search"
            autoComplete="off"
            maxLength={400}
            value={words}
            aria-label={t("search")}
            placeholder={t("search_hint")}
            onInput={({ currentTarget }) => {
              setWords(currentTarget.value);
              if (!currentTarget.value) void search("");
            }}
          />
          <Button type="submit" kind="primary" size="xl" icon="search">
            {t("find")}
          </Button>
        </div>
      </form>
      <Disturbances told={disturbances.value} />
      <Results words={words} onClear={clear} />
      <Topics />
    </>
  );
}

function Results({ words, onClear }: { words: string; onClear: () => void }) {
  const now = hits.value;
  if (now === null) return null;
  return (
    <section class="hr" aria-live="polite" aria-busy={now === "loading"}>
      {now === "loading" ? (
        <p class="t3">{t("searching")}</p>
      ) : typeof now === "string" ? (
        <TroubleWord trouble={now} onAgain={() => void search(words)} />
      ) : (
        <>
          <div class="row">
            <h2>{headline(now.total, now.hits.length)}</h2>
            <Button kind="ghost" class="push" onClick={onClear}>
              {t("clear")}
            </Button>
          </div>
          {now.total === 0 && <p class="t2">{t("nothing_more")}</p>}
          <ol class="hits">
            {now.hits.map((hit) => (
              <HitRow key={hit.slug} hit={hit} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function headline(total: number, shown: number): string {
  if (total === 0) return t("nothing");
  return total > shown ? t("found_first", { count: total, shown }) : t("found", { count: total });
}

function HitRow({ hit }: { hit: Hit }) {
  return (
    <li>
      <a href={pathOf(hit.slug)}>{hit.title}</a>
      <p>
        {hit.passage.map((piece, index) =>
          piece.is_hit ? <mark key={index}>{piece.text}</mark> : piece.text,
        )}
      </p>
      <p class="t14 t3">{categoryName(hit.category)}</p>
    </li>
  );
}

function Topics() {
  const now = topics.value;
  if (now === "loading") return <Skeleton lines={[40, 80, 70, 75]} />;
  if (typeof now === "string") {
    return <TroubleWord trouble={now} onAgain={() => void loadTopics()} />;
  }
  if (now.length === 0) {
    return (
      <section class="hr">
        <h2>{t("no_articles")}</h2>
        <p class="t2">{t("no_articles_more")}</p>
      </section>
    );
  }
  return (
    <section aria-labelledby="topics">
      <h2 id="topics">{t("topics")}</h2>
      <div class="topics">
        {now.map((one) => (
          <Topic key={one.name} category={one} />
        ))}
      </div>
    </section>
  );
}

function Topic({ category }: { category: Category }) {
  return (
    <details class="topic">
      <summary>
        <Icon name="book" />
        <span>{categoryName(category.name)}</span>
        <span class="t3 tnum push">{category.articles.length}</span>
      </summary>
      <ul>
        {category.articles.map((one) => (
          <li key={one.slug}>
            <a href={pathOf(one.slug)}>{one.title}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}
