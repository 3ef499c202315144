import { both, exactTime } from "../../i18n/index.ts";
import { only, type AuditEntry, type Narrow } from "./model.ts";
import { actName, t } from "./texts.ts";

export function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col">{t("when")}</th>
          <th scope="col">{t("who")}</th>
          <th scope="col">{t("what")}</th>
          <th scope="col">{t("about")}</th>
          <th scope="col">{t("why")}</th>
          <th scope="col">{t("details")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((one) => (
          <Row key={`${one.node} ${one.n}`} one={one} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ one }: { one: AuditEntry }) {
  const told = detailsOf(one.details);
  return (
    <tr>
      <td class="tnum" title={new Date(one.at * 1000).toISOString()}>
        {exactTime(one.at)}
      </td>
      <td>
        <Cell by="actor" value={one.actor} shown={actorName(one)} />
      </td>
      <td>
        <Cell by="action" value={one.action} shown={actName(one.action)} />
      </td>
      <td class="mono admin-cut" title={one.subject}>
        <Cell by="subject" value={one.subject} shown={one.subject} />
      </td>
      <td dir="auto">{one.reason}</td>
      <td class="admin-cut t2" title={told} dir="auto">
        {told}
      </td>
    </tr>
  );
}

/** A value that narrows the list to its like. */
function Cell(wish: Narrow) {
  if (!wish.value) return null;
  return (
    <button
      type="button"
      class="admin-narrow"
      aria-label={t("only_this", { what: wish.shown })}
      onClick={() => only(wish)}
    >
      {wish.shown}
    </button>
  );
}

/** Actors who are no person. */
const NOBODY = {
  system: "the_hub",
  anonymous: "anonymous",
  file: "file",
  self_service: "self_service",
} as const;

function actorName(one: AuditEntry): string {
  if (one.name) return both(one.name);
  return one.actor in NOBODY ? t(NOBODY[one.actor as keyof typeof NOBODY]) : one.actor;
}

const detailsOf = (details: AuditEntry["details"]): string =>
  Object.entries(details)
    .filter(([, value]) => value !== "" && value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
