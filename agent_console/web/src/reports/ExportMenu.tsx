import { signal } from "@preact/signals";
import type { ExportState } from "../contract/reports.ts";
import { lang, percent } from "../i18n/index.ts";
import { http } from "../lib/http.ts";
import { Icon, Menu, toast } from "../ui/index.ts";
import { chosen, report } from "./model.ts";
import { t } from "./texts.ts";

const SHEETS = ["days", "half_hours", "agents", "contacts", "surveys"] as const;
const AGAIN_MS = 400;
const running = signal<ExportState | null>(null);

/** Choose a file; it is made on the hub, then saved. */
export function ExportMenu() {
  const now = running.value;
  if (now) {
    return (
      <span class="row t12 tnum" role="status">
        <progress max={1} value={now.done_ratio} aria-label={t("export")} />
        {t("exporting", { share: percent(now.done_ratio), count: now.rows })}
      </span>
    );
  }
  const items = [
    {
      id: "xlsx",
      label: t("export_xlsx"),
      mark: <Icon name="table" />,
      onPick: () => void make("xlsx"),
    },
    ...SHEETS.map((sheet) => ({
      id: sheet,
      label: t("export_csv", { what: t(sheet) }),
      mark: <Icon name="file" />,
      onPick: () => void make("csv", sheet),
    })),
  ];
  return (
    <Menu class="btn btn-s" label={t("export")} items={items}>
      <Icon name="download" />
      {t("export")}
    </Menu>
  );
}

async function make(form: "csv" | "xlsx", sheet?: string): Promise<void> {
  const found = report.peek();
  if (!found || running.peek()) return;
  running.value = { state: "working", done_ratio: 0, rows: 0 };
  const { queue_id, team, channel } = chosen.peek();
  try {
    const { id } = await http<{ id: string }>("POST", "/api/reports/exports", {
      first: found.first,
      last: found.last,
      form,
      sheet: sheet ?? null,
      language: lang.peek(),
      queue_id: queue_id || null,
      team: team || null,
      channel: channel || null,
    });
    const path = `/api/reports/exports/${id}`;
    for (;;) {
      const told = await http<ExportState>("GET", path);
      running.value = told;
      if (told.state === "failed") throw new Error("export failed");
      if (told.state === "ready") break;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
    save(`${path}/file`);
    toast({ tone: "ok", title: t("exported") });
  } catch {
    toast({ tone: "bad", title: t("export_failed") });
  }
  running.value = null;
}

/** The browser saves what the answer says is a file; its name comes with it. */
function save(path: string): void {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  link.click();
}
