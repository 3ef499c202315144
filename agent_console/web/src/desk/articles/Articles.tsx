import { useEffect } from "preact/hooks";
import type { ContactView, Lang } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Badge, Banner, Button, Empty, Skeleton, toast } from "../../ui/index.ts";
import { chosen } from "../model/store.ts";
import {
  found,
  insert,
  lastWords,
  look,
  mayReply,
  open,
  read,
  wantedAudience,
  wantedLanguage,
  words,
  type Article,
  type Audience,
  type Hit,
} from "./model.ts";
import { Steps } from "./Steps.tsx";
import { t } from "./texts.ts";
import { Wrong } from "./Wrong.tsx";
import "./articles.css";

const FIELD = "article-words";

/** Articles for the open message, with one key to put the first into the reply. */
export function Articles() {
  const contact = chosen.value;
  const said = words.value || lastWords.value;
  useEffect(() => {
    const timer = setTimeout(() => void (contact && look(contact.language)), 250);
    return () => clearTimeout(timer);
  }, [said, contact?.id, wantedAudience.value, wantedLanguage.value]);
  useEffect(() => {
    read.value = null;
  }, [contact?.id]);
  const first = (): void => {
    const hit = Array.isArray(found.value) ? found.value.find((one) => one.for_customers) : null;
    if (hit && contact && mayReply(contact)) void give(contact, hit, "text");
  };
  useShortcuts([{ keys: "Alt+KeyJ", label: t("insert_first"), run: first }]);
  if (!contact) return <Empty icon="book" title={t("nothing_asked")} />;
  if (read.value) return <Reading contact={contact} />;
  return (
    <div class="articles">
      <input
        id={FIELD}
        class="in"
        type="search"
        aria-label={t("find")}
        placeholder={t("find")}
        maxLength={400}
        value={words.value}
        onInput={(event) => (words.value = event.currentTarget.value)}
      />
      <Filters />
      {!words.value && <p class="t12 t3">{t("for_message")}</p>}
      <div aria-live="polite" aria-busy={found.value === "loading"}>
        <List contact={contact} said={said} />
      </div>
    </div>
  );
}

const AUDIENCES: readonly Audience[] = ["public", "customers", "agents", "team"];
const LANGUAGES: readonly Lang[] = ["en", "zh"];

/** For whom, and in which language; both are kept from contact to contact. */
function Filters() {
  const to = <T extends string>(all: readonly T[], value: string): T | null =>
    all.find((one) => one === value) ?? null;
  return (
    <div class="article-filters">
      <select
        class="in"
        aria-label={t("for_whom")}
        value={wantedAudience.value ?? ""}
        onChange={({ currentTarget }) =>
          (wantedAudience.value = to(AUDIENCES, currentTarget.value))
        }
      >
        <option value="">{t("for_all")}</option>
        {AUDIENCES.map((one) => (
          <option key={one} value={one}>
            {t(`for_${one}`)}
          </option>
        ))}
      </select>
      <select
        class="in"
        aria-label={t("which_language")}
        value={wantedLanguage.value ?? ""}
        onChange={({ currentTarget }) =>
          (wantedLanguage.value = to(LANGUAGES, currentTarget.value))
        }
      >
        <option value="">{t("any_language")}</option>
        {LANGUAGES.map((one) => (
          <option key={one} value={one}>
            {t(`in_${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

export const focusSearch = (): void => document.getElementById(FIELD)?.focus();

function List({ contact, said }: { contact: ContactView; said: string }) {
  const now = found.value;
  if (now === "loading") return <Skeleton lines={[80, 95, 60]} />;
  if (now === "failed") {
    return (
      <Empty icon="alert" title={t("failed")}>
        <Button onClick={() => void look(contact.language)}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (!said) return <Empty icon="book" title={t("nothing_asked")} />;
  if (now.length === 0) return <Empty icon="book" title={t("nothing")} text={t("nothing_more")} />;
  return (
    <ul class="article-list">
      {now.map((hit) => (
        <Row key={`${hit.slug}/${hit.language}`} hit={hit} contact={contact} />
      ))}
    </ul>
  );
}

function Row({ hit, contact }: { hit: Hit; contact: ContactView }) {
  const show = (): void => {
    open(hit).then(
      (article) => (read.value = article),
      () => toast({ tone: "bad", title: t("failed") }),
    );
  };
  return (
    <li lang={htmlLang(hit.language)}>
      <button type="button" class="article-title" onClick={show}>
        {hit.title}
      </button>
      {!hit.for_customers && (
        <Badge icon="lock">{t(hit.audience === "team" ? "for_team" : "internal")}</Badge>
      )}
      <p class="t12 t2">
        {hit.passage.map((piece, at) =>
          piece.is_hit ? <mark key={at}>{piece.text}</mark> : piece.text,
        )}
      </p>
      {hit.for_customers && mayReply(contact) && (
        <Gifts hit={hit} onGive={(what) => void give(contact, hit, what)} />
      )}
    </li>
  );
}

/** What may be put into the reply: the text, or the address of a page that everybody can read. */
function Gifts({ hit, onGive }: { hit: Hit; onGive: (what: "text" | "link") => void }) {
  return (
    <div class="row">
      <Button size="s" icon="reply" onClick={() => onGive("text")}>
        {t("insert")}
      </Button>
      {hit.audience === "public" && (
        <Button size="s" kind="ghost" icon="link" onClick={() => onGive("link")}>
          {t("link")}
        </Button>
      )}
    </div>
  );
}

/** Fetched when it is given: what was published a moment ago is what the customer gets. */
async function give(contact: ContactView, hit: Hit, what: "text" | "link"): Promise<void> {
  try {
    const article = await open(hit);
    const link = article.link && `${article.title}\n${location.origin}${article.link}`;
    const addition = what === "text" ? article.text : link;
    if (addition === null) return;
    insert(contact, addition);
    toast({ tone: "ok", title: t("inserted") });
  } catch {
    toast({ tone: "bad", title: t("failed") });
  }
}

function Reading({ contact }: { contact: ContactView }) {
  const article = read.value;
  if (!article) return null;
  return (
    <div class="articles">
      <Button kind="ghost" icon="left" onClick={() => (read.value = null)}>
        {t("back")}
      </Button>
      {article.text === null && (
        <Banner tone="risk" icon="lock">
          {t("internal_more")}
        </Banner>
      )}
      {article.disturbances.map((text) => (
        <Banner key={text} tone="bad" icon="alert">
          {text}
        </Banner>
      ))}
      <article lang={htmlLang(article.language)}>
        <h2>{article.title}</h2>
        <Labels article={article} />
        <div class="article-text" dangerouslySetInnerHTML={{ __html: article.html }} />
      </article>
      <Steps article={article} contact={contact} />
      <Wrong article={article} />
    </div>
  );
}

/** What it is about: the bank's products, and the tags of its author. */
function Labels({ article }: { article: Article }) {
  const labels = [...article.products, ...article.tags.map((one) => `#${one}`)];
  if (!labels.length && !article.team) return null;
  return (
    <p class="article-labels">
      {article.team && <Badge icon="lock">{t("of_team", { team: article.team })}</Badge>}{" "}
      {labels.map((one) => (
        <Badge key={one}>{one}</Badge>
      ))}
    </p>
  );
}
