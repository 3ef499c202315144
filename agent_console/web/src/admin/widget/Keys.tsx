import { useState } from "preact/hooks";
import { both, exactTime } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { Badge, Button, Dialog, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { KeyDialog } from "./KeyDialog.tsx";
import { t } from "./texts.ts";
import { isTaken, type Widget, type WidgetKey } from "./widget.ts";

interface KeysProps {
  widget: Widget;
  onChanged: () => void;
}

/** The keys that check the bank's word: replaced with a time to change over, revoked at once. */
export function Keys({ widget, onChanged }: KeysProps) {
  const [asked, setAsked] = useState<"make" | WidgetKey | null>(null);
  const close = (): void => setAsked(null);
  return (
    <section aria-label={t("keys")}>
      <p class="t2">
        {t(widget.takes_word ? "takes_word" : "guests_only", { algorithm: widget.algorithm })}
      </p>
      {widget.keys.length > 0 && (
        <ul class="admin-keys">
          {widget.keys.map((key) => (
            <Line key={key.id} one={key} onRevoke={() => setAsked(key)} />
          ))}
        </ul>
      )}
      <div class="row">
        <Button icon="key" onClick={() => setAsked("make")}>
          {t(widget.takes_word ? "replace_key" : "make_key")}
        </Button>
      </div>
      {asked === "make" && <KeyDialog widget={widget} onMade={onChanged} onClose={close} />}
      {asked !== null && asked !== "make" && (
        <RevokeDialog widget={widget} one={asked} onRevoked={onChanged} onClose={close} />
      )}
    </section>
  );
}

function Line({ one, onRevoke }: { one: WidgetKey; onRevoke: () => void }) {
  const time = exactTime(one.made_at);
  const until = one.until_at === null ? "" : exactTime(one.until_at);
  const tone = one.state === "in_force" ? "ok" : one.state === "former" ? "risk" : "neutral";
  return (
    <li class="row">
      <Badge tone={tone}>{t(`key_${one.state}`, { time: until })}</Badge>
      <span>
        {one.made_by
          ? t("key_made", { time, name: both(one.made_by) })
          : t("key_from_file", { time })}
      </span>
      {isTaken(one) && (
        <Button kind="danger-text" size="s" class="push" onClick={onRevoke}>
          {t("revoke")}
        </Button>
      )}
    </li>
  );
}

interface RevokeProps {
  widget: Widget;
  one: WidgetKey;
  onRevoked: () => void;
  onClose: () => void;
}

function RevokeDialog({ widget, one, onRevoked, onClose }: RevokeProps) {
  const submit = async (): Promise<void> => {
    try {
      const [id, key] = [widget.id, one.id].map(encodeURIComponent);
      await http("POST", `/api/widgets/${id}/keys/${key}/revoke`);
      toast({ tone: "ok", title: t("revoked_now") });
      onRevoked();
      onClose();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("revoke_title")}
      size="s"
      role="alertdialog"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="danger" type="submit">
            {t("revoke")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("revoke_why")}</p>
    </Dialog>
  );
}
