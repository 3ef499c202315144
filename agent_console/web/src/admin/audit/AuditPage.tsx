import { useEffect } from "preact/hooks";
import { Button, Empty, Select, Skeleton } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { Entries } from "./Entries.tsx";
import { before, entries, narrow, node, nodes, only, read } from "./model.ts";
import { t } from "./texts.ts";

/** Who did what, when and why; for auditors. */
export function AuditPage() {
  return (
    <AdminFrame href="/console/audit" title={t("audit")} right="read_audit">
      <Audit />
    </AdminFrame>
  );
}

function Audit() {
  useEffect(() => void read(), []);
  return (
    <>
      <Toolbar />
      <section class="card admin-list" aria-label={t("audit")}>
        <List />
      </section>
    </>
  );
}

function Toolbar() {
  return (
    <div class="admin-bar">
      <p class="t2 grow">
        {narrow.value ? t("only", { what: narrow.value.shown }) : t("reading_is_logged")}
      </p>
      {narrow.value && (
        <Button icon="x" onClick={() => only(null)}>
          {t("show_all")}
        </Button>
      )}
      {nodes.value.length > 1 && (
        <Select
          label={t("node")}
          value={node.value}
          onChange={(id) => {
            node.value = id;
            void read();
          }}
        >
          {nodes.value.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </Select>
      )}
      <Button icon="refresh" onClick={() => void read()}>
        {t("newest")}
      </Button>
    </div>
  );
}

function List() {
  const list = entries.value;
  if (list === "loading") return <Skeleton lines={[95, 90, 92, 88, 91, 60]} />;
  if (list === "failed") {
    return (
      <Empty icon="alert" title={t("failed")}>
        <Button icon="refresh" onClick={() => void read()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (list.length === 0) {
    return <Empty icon="list" title={t("no_entries")} text={t("no_entries_more")} />;
  }
  return (
    <div class="admin-scroll" tabIndex={0} role="region" aria-label={t("audit")}>
      <Entries entries={list} />
      {before.value !== null && (
        <div class="admin-more">
          <Button onClick={() => void read({ older: true })}>{t("older")}</Button>
        </div>
      )}
    </div>
  );
}
