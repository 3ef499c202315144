import { useEffect, useRef, useState } from "preact/hooks";
import { categoryName } from "../i18n/category.ts";
import { htmlLang, lang } from "../i18n/index.ts";
import { Button, Skeleton } from "../ui/index.ts";
import { Disturbances } from "./Disturbances.tsx";
import { article, judge, loadArticle, pathOf, type ArticlePage } from "./model.ts";
import { t } from "./texts.ts";
import { TroubleWord } from "./TroubleWord.tsx";

/** One article, whether it helped, and what else belongs to it. */
export function ArticleView({ slug }: { slug: string }) {
  useEffect(() => void loadArticle(slug), [slug, lang.value]);
  const now = article.value;
  const again = (): void => void loadArticle(slug);
  return (
    <>
      <p>
        <a href={`/help?language=${lang.value}`}>{t("back")}</a>
      </p>
      {now === "loading" ? (
        <div aria-busy="true" aria-label={t("loading")} role="status">
          <Skeleton lines={[50, 95, 90, 80]} />
        </div>
      ) : typeof now === "string" ? (
        <TroubleWord trouble={now} onAgain={again} />
      ) : (
        <Page key={`${now.slug}/${now.language}`} page={now} />
      )}
    </>
  );
}

function Page({ page }: { page: ArticlePage }) {
  useEffect(() => {
    document.title = `${page.title} · ${t("brand")}`;
  });
  return (
    <>
      <Disturbances told={page.disturbances} />
      <article class="ha" lang={htmlLang(page.language)}>
        <p class="t14 t3">{categoryName(page.category)}</p>
        <h1>{page.title}</h1>
        <div class="ha-text" dangerouslySetInnerHTML={{ __html: page.html }} />
        {page.reviewed && <p class="t14 t3">{t("reviewed", { day: page.reviewed })}</p>}
      </article>
      <DidItHelp page={page} />
      {page.related.length > 0 && (
        <nav aria-labelledby="related" class="hr">
          <h2 id="related">{t("related")}</h2>
          <ul>
            {page.related.map((one) => (
              <li key={one.slug}>
                <a href={pathOf(one.slug)}>{one.title}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  );
}

/** Yes or no, once; the thanks take the focus that the buttons had. */
function DidItHelp({ page }: { page: ArticlePage }) {
  const [said, setSaid] = useState<"yes" | "no" | "failed" | null>(null);
  const thanks = useRef<HTMLParagraphElement>(null);
  useEffect(() => thanks.current?.focus(), [said]);
  const say = (helped: boolean): void => {
    judge(page, helped).then(
      () => setSaid(helped ? "yes" : "no"),
      () => setSaid("failed"),
    );
  };
  if (said === "yes" || said === "no") {
    return (
      <p class="hv" role="status" tabIndex={-1} ref={thanks}>
        {t(`thanks_${said}`)}
      </p>
    );
  }
  return (
    <section class="hv" aria-labelledby="did-it-help">
      <h2 id="did-it-help">{t("did_it_help")}</h2>
      <div class="row">
        <Button size="xl" onClick={() => say(true)}>
          {t("yes")}
        </Button>
        <Button size="xl" onClick={() => say(false)}>
          {t("no")}
        </Button>
      </div>
      {said === "failed" && <TroubleWord trouble="no_answer" onAgain={() => setSaid(null)} />}
    </section>
  );
}
