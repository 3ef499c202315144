import { useEffect, useState } from "preact/hooks";
import { htmlLang } from "../../i18n/index.ts";
import { Badge, Segmented } from "../../ui/index.ts";
import { html, twinOf, type Audience, type Open } from "./model.ts";
import { t } from "./texts.ts";

const VIEWS = ["public", "customers", "agents", "team", "twin"] as const;
type View = (typeof VIEWS)[number];
const READERS: readonly Audience[] = ["public", "customers", "agents", "team"];

interface BesideProps {
  article: Open;
  title: string;
  audience: Audience;
}

/** What stands beside the editor: the article as one kind of reader sees it, or its twin. */
export function Beside({ article, title, audience }: BesideProps) {
  const [view, setView] = useState<View>(audience);
  const views = VIEWS.filter((one) =>
    one === "twin" ? article.twin : one !== "team" || audience === "team",
  );
  return (
    <section class="card" aria-label={t("preview")}>
      <div class="card-h">
        <h2>{t("preview")}</h2>
        <div class="push" />
        <Segmented
          label={t("as_seen_by")}
          items={views.map((id) => ({ id, label: t(`seen_${id}`) }))}
          chosen={view}
          onChoose={setView}
        />
      </div>
      {view === "twin" ? (
        <Twin article={article} />
      ) : READERS.indexOf(view) < READERS.indexOf(audience) ? (
        <p class="card-b t2">{t("not_shown")}</p>
      ) : (
        <article class="card-b author-text" lang={htmlLang(article.language)}>
          <h3>{title}</h3>
          <div dangerouslySetInnerHTML={{ __html: html.value }} />
        </article>
      )}
    </section>
  );
}

function Twin({ article }: { article: Open }) {
  const [twin, setTwin] = useState<Open | "failed" | null>(null);
  useEffect(() => {
    twinOf(article).then(setTwin, () => setTwin("failed"));
  }, [article.slug, article.language]);
  if (twin === "failed") return <p class="card-b">{t("no_answer_why")}</p>;
  if (!twin) return <p class="card-b t3">…</p>;
  return (
    <article class="card-b author-text" lang={htmlLang(twin.language)}>
      {article.is_stale && <Badge tone="risk">{t("stale_why")}</Badge>}
      <h3>{twin.document.title}</h3>
      <div dangerouslySetInnerHTML={{ __html: twin.html }} />
    </article>
  );
}
