import type { ComponentChildren } from "preact";
import type { IdentityView, ScreenPop } from "../../../contract.ts";
import { both, clockTime, exactTime } from "../../../i18n/index.ts";
import { useShortcuts } from "../../../keys/shortcuts.ts";
import { serverNow } from "../../../lib/clock.ts";
import { Button, Icon } from "../../../ui/index.ts";
import { offerOf, proofs } from "../../model/identity.ts";
import { mayProve, proving } from "../../model/proof.ts";
import { proofName } from "../proofName.ts";
import { Locked } from "./Locked.tsx";
import { ProvePanel } from "./ProvePanel.tsx";
import { Speaker } from "./Speaker.tsx";
import { t } from "./texts.ts";

const PROVE_KEYS = "Alt+KeyI";

/** The level that is proved, how, when and by whom; who speaks; and the way to prove it. */
export function IdentityCard({ record }: { record: ScreenPop }) {
  const { identity, contact_id: id } = record;
  const sure = identity.level >= 2 && identity.blocked === null;
  const mine = mayProve(id);
  const offer = mine ? offerOf(identity, serverNow()) : "none";
  const open = proving.value === id && offer === "prove";
  return (
    <section
      class={`verify ${sure ? "banner-ok" : "banner-risk"} ${open ? "open" : ""}`}
      aria-label={t("identity")}
    >
      <div class="row row-1" role="status">
        <Icon name={sure ? "shield-ok" : "shield-q"} />
        <b class="fw6">{headOf(identity)}</b>
        {identity.proved_at !== null && (
          <time class="push t12" title={exactTime(identity.proved_at)}>
            {clockTime(identity.proved_at)}
          </time>
        )}
        {offer === "prove" && !open && !sure && <ProveButton id={id} />}
      </div>
      <Steps record={record}>
        {offer === "prove" && !open && sure && <ProveButton id={id} again />}
      </Steps>
      {record.persons.length > 0 && <Speaker record={record} mine={mine} />}
      {identity.blocked && <Blocked why={identity.blocked} />}
      {offer === "locked" && <Locked record={record} />}
      {open && <ProvePanel contactId={id} identity={identity} />}
    </section>
  );
}

function headOf({ level, blocked }: IdentityView): string {
  if (blocked !== null) return t("cannot_be_proved");
  return t(level >= 2 ? "level_ok" : "level", { level });
}

function ProveButton({ id, again = false }: { id: string; again?: boolean }) {
  const run = (): void => void (proving.value = id);
  const label = t(again ? "prove_more" : "prove");
  useShortcuts([{ keys: PROVE_KEYS, label: t("prove"), run }]);
  return (
    <Button
      size="s"
      kind={again ? "ghost" : "default"}
      class="push"
      keys={PROVE_KEYS}
      onClick={run}
    >
      {label}
    </Button>
  );
}

function Steps({ record, children }: { record: ScreenPop; children: ComponentChildren }) {
  const { proof, proved_by: by } = record.identity;
  const done = proofs(proof);
  return (
    <div class="steps">
      {done.map((one) => (
        <Step key={one}>{proofName(one)}</Step>
      ))}
      {done.length === 0 && <span>{t("nothing_proved")}</span>}
      {by && <span class="t2">{t("proved_by", { name: both(by) })}</span>}
      {children}
    </div>
  );
}

function Step({ children }: { children: ComponentChildren }) {
  return (
    <span>
      <Icon name="check" size={12} />
      {children}
    </span>
  );
}

const BLOCKED = ["deceased", "speaker_unknown", "power_ended"] as const;

function Blocked({ why }: { why: string }) {
  const known = BLOCKED.find((one) => one === why);
  return <p class="t12 why">{known ? t(`blocked_${known}`) : why}</p>;
}
