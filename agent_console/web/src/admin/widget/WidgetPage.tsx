import { useEffect, useState } from "preact/hooks";
import { exactTime, span } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { Badge, Banner, Button, Empty, Skeleton, toast } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { Keys } from "./Keys.tsx";
import { snippetOf } from "./snippet.ts";
import { t } from "./texts.ts";
import type { Widget } from "./widget.ts";

interface Listed {
  widgets: Widget[];
  hub: string;
  settings_file: string;
}

/** What the bank's site needs for the chat, and what the settings say of it. */
export function WidgetPage() {
  return (
    <AdminFrame href="/console/widget" title={t("widget")} right="manage_setup">
      <Widgets />
    </AdminFrame>
  );
}

function Widgets() {
  const [listed, setListed] = useState<Listed | null>(null);
  const [failed, setFailed] = useState(false);
  const load = (): void => {
    setFailed(false);
    http<Listed>("GET", "/api/widgets").then(setListed, () => setFailed(true));
  };
  useEffect(load, []);
  if (failed) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={load}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!listed) return <Skeleton lines={[60, 90, 80]} />;
  const file = listed.settings_file;
  if (listed.widgets.length === 0) {
    return <Empty icon="chat" title={t("no_widget")} text={t("no_widget_why", { file })} />;
  }
  return (
    <div class="admin-cards">
      <Banner icon="info">{t("settings_in", { file })}</Banner>
      {listed.widgets.map((one) => (
        <Card key={one.id} widget={one} hub={listed.hub} onChanged={load} />
      ))}
    </div>
  );
}

interface CardProps {
  widget: Widget;
  hub: string;
  onChanged: () => void;
}

function Card({ widget, hub, onChanged }: CardProps) {
  const [accent, setAccent] = useState("#0b57b5");
  const snippet = snippetOf({ hub, widget: widget.id, lang: widget.language, accent });
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(snippet);
    toast({ tone: "ok", title: t("copied") });
  };
  return (
    <section class="card" aria-label={widget.id}>
      <div class="card-h">
        <h2>{widget.id}</h2>
        <Health widget={widget} />
      </div>
      <div class="card-b">
        <pre class="admin-sample" tabIndex={0} aria-label={t("snippet")}>
          {snippet}
        </pre>
        <div class="row">
          <label class="row">
            {t("accent")}
            <input
              type="color"
              value={accent}
              onInput={(event) => setAccent(event.currentTarget.value)}
            />
          </label>
          <div class="push" />
          <Button icon="copy" onClick={() => void copy()}>
            {t("copy")}
          </Button>
        </div>
        <Facts widget={widget} />
        <Keys widget={widget} onChanged={onChanged} />
      </div>
    </section>
  );
}

function Health({ widget }: { widget: Widget }) {
  const newest = widget.newest_at;
  return (
    <span class="push row t12 t3">
      <Badge tone={newest === null ? "neutral" : "ok"}>
        {t("open_now", { count: widget.open_contacts })}
      </Badge>
      {newest === null ? t("nobody_yet") : t("newest", { time: exactTime(newest) })}
    </span>
  );
}

function Facts({ widget }: { widget: Widget }) {
  const facts: Array<[string, string]> = [
    [t("origins"), widget.origins.join(", ") || t("none_allowed")],
    [t("first_language"), t(`language_${widget.language}`)],
    [t("warned_after"), span(widget.warn_seconds)],
    [t("closed_after"), span(widget.close_seconds)],
    [t("place_kept"), span(widget.away_seconds)],
    [t("remembered"), t("days", { count: widget.resume_days })],
  ];
  return (
    <dl class="admin-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
