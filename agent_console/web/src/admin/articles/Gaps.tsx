import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Lang } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { Badge, Button, Empty, Skeleton } from "../../ui/index.ts";
import { open } from "./model.ts";
import { sayRefusal } from "./refusal.ts";
import { t } from "./texts.ts";

/** The twins of these are in `agent_console/http/gaps.py`. */
interface Gap {
  matter: string;
  contacts: number;
  /** Handed over to a person, or brought again within a week. */
  unsolved: number;
  article: {
    slug: string;
    language: Lang;
    title: string;
    helped: number;
    not_helped: number;
  } | null;
}

const gaps = signal<readonly Gap[] | "loading" | "failed">("loading");

async function load(): Promise<void> {
  gaps.value = await http<{ gaps: Gap[] }>("GET", "/api/article-desk/gaps").then(
    (answer) => answer.gaps,
    () => "failed" as const,
  );
}

/** What people are handed over with most, where no article has helped. */
export function Gaps() {
  useEffect(() => void load(), []);
  return (
    <section class="card" aria-labelledby="gaps">
      <div class="card-h">
        <h2 id="gaps">{t("gaps")}</h2>
      </div>
      <div class="card-b">
        <List />
      </div>
    </section>
  );
}

function List() {
  const now = gaps.value;
  if (now === "loading") return <Skeleton lines={[90, 70, 50]} />;
  if (now === "failed") {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (now.length === 0) return <p class="t12 t3">{t("no_gaps")}</p>;
  const most = Math.max(...now.map((one) => one.unsolved));
  return (
    <>
      <p class="t12 t3">{t("gaps_why")}</p>
      <ol class="gaps">
        {now.map((one) => (
          <Row key={one.matter} one={one} most={most} />
        ))}
      </ol>
    </>
  );
}

function Row({ one, most }: { one: Gap; most: number }) {
  const { article } = one;
  const counts = { unsolved: one.unsolved, contacts: one.contacts };
  return (
    <li>
      <code>{one.matter}</code>
      <span class="gap-bar" aria-hidden="true">
        <i style={{ inlineSize: `${(100 * one.unsolved) / most}%` }} />
      </span>
      <span class="t12 tnum">{t("gap_counts", counts)}</span>
      {article ? (
        <Button
          size="s"
          kind="ghost"
          onClick={() => void open(article.slug, article.language).catch(sayRefusal)}
        >
          <span lang={htmlLang(article.language)}>{article.title}</span> · {article.helped} /{" "}
          {article.helped + article.not_helped}
        </Button>
      ) : (
        <Badge tone="risk">{t("no_article_yet")}</Badge>
      )}
    </li>
  );
}
