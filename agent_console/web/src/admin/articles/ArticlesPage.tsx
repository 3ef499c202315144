import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Lang } from "../../contract.ts";
import { categoryName } from "../../i18n/category.ts";
import { exactTime, htmlLang, lang } from "../../i18n/index.ts";
import {
  Badge,
  Button,
  Dialog,
  Empty,
  Icon,
  Input,
  Segmented,
  Select,
  Skeleton,
} from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { ArticleEditor } from "./ArticleEditor.tsx";
import { Corrections } from "./Corrections.tsx";
import { Gaps } from "./Gaps.tsx";
import { begin, failed, listed, load, open, opened, shown, shownState, words } from "./model.ts";
import type { Row } from "./model.ts";
import { Prices } from "./prices/Prices.tsx";
import { sayRefusal } from "./refusal.ts";
import { t } from "./texts.ts";
import { Troubles } from "./troubles/Troubles.tsx";

/** What the knowledge base says, who changes it, and what people looked for in vain. */
export function ArticlesPage() {
  return (
    <AdminFrame href="/console/articles" title={t("articles")} right="edit_articles">
      <Content />
    </AdminFrame>
  );
}

const PARTS = ["articles", "prices", "troubles"] as const;
const part = signal<(typeof PARTS)[number]>("articles");

function Content() {
  useEffect(() => void load(), []);
  if (opened.value) return <ArticleEditor />;
  return (
    <>
      <div class="admin-bar">
        <Segmented
          label={t("articles")}
          items={PARTS.map((id) => ({ id, label: t(`part_${id}`) }))}
          chosen={part.value}
          onChoose={(id) => (part.value = id)}
        />
      </div>
      {part.value === "prices" ? (
        <Prices />
      ) : part.value === "troubles" ? (
        <Troubles />
      ) : (
        <Shelf />
      )}
    </>
  );
}

/** The articles themselves, and what people looked for in vain. */
function Shelf() {
  const [beginning, setBeginning] = useState(false);
  return (
    <>
      <Toolbar onNew={() => setBeginning(true)} />
      <section class="card admin-list" aria-label={t("articles")}>
        <List />
      </section>
      <Corrections />
      <Gaps />
      <Missed />
      {beginning && <NewArticle onClose={() => setBeginning(false)} />}
    </>
  );
}

const SHOWS = ["all", "open", "published", "retired"] as const;

function Toolbar({ onNew }: { onNew: () => void }) {
  return (
    <div class="admin-bar">
      <div class="inx admin-find">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t("find")}
          placeholder={t("find")}
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
        />
      </div>
      <Segmented
        label={t("show")}
        items={SHOWS.map((id) => ({ id, label: t(`show_${id}`) }))}
        chosen={shownState.value}
        onChoose={(id) => (shownState.value = id)}
      />
      <div class="push" />
      <Button kind="primary" icon="plus" onClick={onNew}>
        {t("new_article")}
      </Button>
    </div>
  );
}

function List() {
  if (failed.value && !listed.value) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!listed.value) return <Skeleton lines={[95, 90, 92, 88, 60]} />;
  if (shown.value.length === 0) {
    return <Empty icon="book" title={t("nothing")} text={t("nothing_why")} />;
  }
  return (
    <div class="admin-scroll" tabIndex={0} role="region" aria-label={t("articles")}>
      <table class="tbl">
        <thead>
          <tr>
            {(["title", "language", "topic", "audience", "state", "saved", "helped"] as const).map(
              (name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {shown.value.map((one) => (
            <ArticleRow key={`${one.slug}/${one.language}`} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const TONES: Partial<Record<Row["state"], "ok" | "risk">> = { published: "ok", review: "risk" };

function ArticleRow({ one }: { one: Row }) {
  const rated = one.helped + one.not_helped;
  return (
    <tr>
      <td lang={htmlLang(one.language)}>
        <Button
          kind="ghost"
          size="s"
          onClick={() => void open(one.slug, one.language).catch(sayRefusal)}
        >
          {one.title}
        </Button>
      </td>
      <td>{t(`language_${one.language}`)}</td>
      <td>{categoryName(one.category)}</td>
      <td>{one.team || t(`audience_${one.audience}`)}</td>
      <td>
        <Badge tone={TONES[one.state] ?? "neutral"}>{t(`state_${one.state}`)}</Badge>{" "}
        {one.is_stale && <Badge tone="risk">{t("stale")}</Badge>}
      </td>
      <td class="tnum">{exactTime(one.saved_at)}</td>
      <td class="tnum">{rated > 0 ? `${one.helped} / ${rated}` : "–"}</td>
    </tr>
  );
}

function Missed() {
  const misses = listed.value?.misses;
  if (!misses) return null;
  return (
    <section class="card" aria-labelledby="missed">
      <div class="card-h">
        <h2 id="missed">{t("missed")}</h2>
      </div>
      <div class="card-b">
        <p class="t12 t3">{t(misses.length ? "missed_why" : "nothing_missed")}</p>
        <ul class="missed">
          {misses.map((one) => (
            <li key={`${one.words}/${one.language}`} lang={htmlLang(one.language)}>
              <b>{one.words}</b> <span class="t3">{t("times", { count: one.times })}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function NewArticle({ onClose }: { onClose: () => void }) {
  const [slug, setSlug] = useState("");
  const [language, setLanguage] = useState<Lang>(lang.value);
  const [tried, setTried] = useState(false);
  const isSound = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug);
  const start = (): void => {
    setTried(true);
    if (!isSound) return;
    onClose();
    open(slug, language).catch(() => begin(slug, language));
  };
  return (
    <Dialog
      title={t("new_article")}
      onClose={onClose}
      onSubmit={start}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("begin")}
          </Button>
        </>
      }
    >
      <Input
        label={t("address")}
        required
        autoFocus
        autoCapitalize="none"
        hint={t("address_hint")}
        error={tried && !isSound ? t("address_hint") : null}
        value={slug}
        onInput={setSlug}
      />
      <Select
        label={t("language")}
        value={language}
        onChange={(to) => setLanguage(to === "zh" ? "zh" : "en")}
      >
        <option value="en">{t("language_en")}</option>
        <option value="zh">{t("language_zh")}</option>
      </Select>
    </Dialog>
  );
}
