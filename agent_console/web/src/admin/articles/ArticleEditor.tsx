import { useEffect, useState } from "preact/hooks";
import { both, exactTime, htmlLang } from "../../i18n/index.ts";
import { Badge, Banner, Button, Dialog, Input, toast } from "../../ui/index.ts";
import { Beside } from "./Beside.tsx";
import { Compared } from "./Compared.tsx";
import { Form } from "./Form.tsx";
import { held } from "./lock.ts";
import { LockLine } from "./LockLine.tsx";
import {
  act,
  begin,
  close,
  inForce,
  isChanged,
  open,
  opened,
  openVersion,
  preview,
  type Open,
  type Version,
  writing,
} from "./model.ts";
import { sayRefusal } from "./refusal.ts";
import { t } from "./texts.ts";

type Act = Parameters<typeof act>[0];
type Asked = "publish" | "send-back" | "retire";

/** One article: written on the left, as readers see it on the right. */
export function ArticleEditor() {
  const article = opened.value;
  const document = writing.value;
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => void preview().catch(() => undefined), 400);
    return () => clearTimeout(timer);
  }, [document?.body]);
  if (!article || !document) return null;
  return (
    <>
      <Head article={article} onAsk={setAsked} />
      <LockLine />
      <div class="author">
        <section class="card card-b" lang={htmlLang(article.language)}>
          <Form document={document} />
        </section>
        <Beside article={article} title={document.title} audience={document.audience} />
      </div>
      {article.versions.length > 0 && <Versions versions={article.versions} />}
      {asked && <WhyDialog what={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

async function run(what: Act, why = "", movedTo = ""): Promise<boolean> {
  try {
    await act(what, why, movedTo);
    toast({ tone: "ok", title: t(`done_${what}`) });
    return true;
  } catch (problem) {
    sayRefusal(problem);
    return false;
  }
}

function Head({ article, onAsk }: { article: Open; onAsk: (what: Asked) => void }) {
  const now = openVersion.value;
  const inReview = now?.state === "review";
  const leave = (): void => {
    if (!isChanged.value || confirm(t("close_unsaved"))) close();
  };
  return (
    <div class="admin-bar">
      <Button kind="ghost" icon="left" onClick={leave}>
        {t("back")}
      </Button>
      <code>
        {article.slug} · {t(`language_${article.language}`)}
      </code>
      {now && <Badge tone={inReview ? "risk" : "neutral"}>{t(`state_${now.state}`)}</Badge>}
      {inForce.value && <Badge tone="ok">{t("state_published")}</Badge>}
      <TwinButton article={article} />
      <div class="push" />
      {inForce.value && (
        <Button kind="danger-text" onClick={() => onAsk("retire")}>
          {t("retire")}
        </Button>
      )}
      {inReview && <Button onClick={() => onAsk("send-back")}>{t("send_back")}</Button>}
      <Button
        icon="check"
        disabled={!isChanged.value || held.value?.mine === false}
        onClick={() => void run("save")}
      >
        {t("save")}
      </Button>
      {inReview ? (
        <Button kind="primary" disabled={isChanged.value} onClick={() => onAsk("publish")}>
          {t("publish")}
        </Button>
      ) : (
        <Button
          kind="primary"
          disabled={!now || isChanged.value}
          onClick={() => void run("submit")}
        >
          {t("submit")}
        </Button>
      )}
    </div>
  );
}

function TwinButton({ article }: { article: Open }) {
  const other = article.language === "en" ? "zh" : "en";
  const go = (): void => {
    if (isChanged.value && !confirm(t("close_unsaved"))) return;
    if (article.twin) void open(article.slug, other).catch(sayRefusal);
    else begin(article.slug, other, article.document);
  };
  return (
    <Button kind="ghost" icon="lang" onClick={go}>
      {t(article.twin ? "twin" : "write_twin")}
    </Button>
  );
}

function Versions({ versions }: { versions: readonly Version[] }) {
  const [compared, setCompared] = useState<number | null>(null);
  return (
    <section class="card" aria-labelledby="versions">
      <div class="card-h">
        <h2 id="versions">{t("versions")}</h2>
      </div>
      <ol class="card-b missed">
        {versions.map((one) => (
          <li key={one.number}>
            <b>{t("version_line", { number: one.number, state: t(`state_${one.state}`) })}</b>{" "}
            <span class="t12 t2">{story(one)}</span>{" "}
            <Button size="s" kind="ghost" onClick={() => setCompared(one.number)}>
              {t("compare")}
            </Button>
          </li>
        ))}
      </ol>
      {compared !== null && <Compared number={compared} onClose={() => setCompared(null)} />}
    </section>
  );
}

function story(one: Version): string {
  const name = (by: Version["saved_by"]): string => (by ? both(by) : t("by_file"));
  const parts = [t("saved_by", { time: exactTime(one.saved_at), name: name(one.saved_by) })];
  if (one.published_at !== null) {
    const time = exactTime(one.published_at);
    parts.push(t("published_by", { time, name: name(one.published_by) }));
  }
  return [...parts, one.why].filter(Boolean).join(" · ");
}

const TITLES = { publish: "publish", "send-back": "send_back", retire: "retire" } as const;

function WhyDialog({ what, onClose }: { what: Asked; onClose: () => void }) {
  const [why, setWhy] = useState("");
  const [movedTo, setMovedTo] = useState("");
  const [tried, setTried] = useState(false);
  const isMine = what === "publish" && openVersion.value?.mine === true;
  const submit = async (): Promise<void> => {
    setTried(true);
    if (isMine || !why.trim()) return;
    if (await run(what, why.trim(), movedTo.trim())) onClose();
  };
  return (
    <Dialog
      title={t(TITLES[what])}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            kind={what === "retire" ? "danger" : "primary"}
            type="submit"
            aria-disabled={isMine}
          >
            {t(TITLES[what])}
          </Button>
        </>
      }
    >
      {isMine && <Banner tone="risk">{t("not_yours")}</Banner>}
      <Input
        label={t("reason")}
        required
        autoFocus
        error={tried && !why.trim() ? t("need_reason") : null}
        value={why}
        onInput={setWhy}
      />
      {what === "retire" && (
        <Input
          label={t("moved_to")}
          hint={t("moved_to_hint")}
          autoCapitalize="none"
          value={movedTo}
          onInput={setMovedTo}
        />
      )}
    </Dialog>
  );
}
