import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Field } from "../../contract.ts";
import { tick } from "../../lib/clock.ts";
import { Button, Dialog, Icon, IconButton } from "../../ui/index.ts";
import { hideNow, reveal, revealed } from "../model/reveal.ts";
import { t } from "../texts.ts";

interface MaskedProps {
  contactId: string;
  /** What it is, for the question and the name of the button. */
  label: string;
  field: Field;
  children?: ComponentChildren;
}

/** A personal detail in its row; nothing at all when there is no value. */
export function MaskedRow(props: MaskedProps) {
  const { label, field } = props;
  if (field.shown !== "closed" && !field.value) return null;
  return (
    <div class="idr">
      <dt>{label}</dt>
      <dd>
        <Masked {...props} />
      </dd>
    </div>
  );
}

/** Shown, masked (with a logged reveal) or closed with its reason. */
export function Masked({ contactId, label, field, children }: MaskedProps) {
  const [asking, setAsking] = useState(false);
  const now = revealed.value;
  const open = now?.contact_id === contactId && now.field === field.reveal ? now : null;
  return (
    <span class="row row-1">
      {field.shown === "closed" ? (
        <Closed why={field.why} />
      ) : (
        <span
          class={`mono trunc ${open ? "fw6" : ""}`}
          title={field.why ? whyClosed(field.why) : undefined}
        >
          {open ? open.value : field.value}
        </span>
      )}
      {children}
      <span class="push row row-1">
        {open && <SecondsLeft until={open.until} />}
        {open && <IconButton icon="eye-off" size={24} label={t("hide")} onClick={hideNow} />}
        {field.reveal && !open && (
          <IconButton
            icon="eye"
            size={24}
            label={t("show_logged", { label })}
            onClick={() => setAsking(true)}
          />
        )}
      </span>
      {asking && field.reveal && (
        <RevealDialog
          contactId={contactId}
          path={field.reveal}
          label={label}
          onClose={() => setAsking(false)}
        />
      )}
    </span>
  );
}

function SecondsLeft({ until }: { until: number }) {
  const seconds = Math.max(0, Math.ceil(until - tick.value));
  return <span class="t12 t3 tnum">{t("seconds", { count: seconds })}</span>;
}

/** Why a field is closed, in words. */
export function Closed({ why }: { why: string | null }) {
  return (
    <span class="t12 t3 row row-1">
      <Icon name="lock" size={12} />
      {whyClosed(why)}
    </span>
  );
}

export function whyClosed(why: string | null): string {
  const level = /^identity_level_(\d)$/.exec(why ?? "")?.[1];
  if (level) return t("opens_at_level", { level });
  if (why === "not_the_speakers") return t("not_the_speakers");
  if (why === "speaker_unknown") return t("speaker_unknown");
  return t("closed_for_role");
}

const REASONS = ["customer_asked", "check_identity", "fraud_check", "form"] as const;
const REASONS_TO_CALL = ["call_other_phone", "check_identity", "fraud_check"] as const;
type Reason = (typeof REASONS)[number] | (typeof REASONS_TO_CALL)[number];

interface RevealDialogProps {
  contactId: string;
  path: string;
  label: string;
  onClose: () => void;
}

function RevealDialog({ contactId, path, label, onClose }: RevealDialogProps) {
  const reasons: readonly Reason[] = path.startsWith("task.") ? REASONS_TO_CALL : REASONS;
  const [reason, setReason] = useState<Reason>(reasons[0]!);
  const submit = async (): Promise<void> => {
    if (await reveal(contactId, path, reason)) onClose();
  };
  return (
    <Dialog
      title={t("reveal_title", { label })}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("show")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("reveal_more")}</p>
      <fieldset class="col">
        <legend class="lbl">{t("reason")}</legend>
        {reasons.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="reason"
              checked={one === reason}
              autoFocus={one === reason}
              onChange={() => setReason(one)}
            />
            {t(`reason_${one}`)}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
