import { useState } from "preact/hooks";
import { http } from "../../lib/http.ts";
import { Button, Dialog, Select, TextArea, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { t } from "./texts.ts";
import type { Widget } from "./widget.ts";

const HOURS = ["0", "1", "24", "168"] as const;

interface Props {
  widget: Widget;
  onMade: () => void;
  onClose: () => void;
}

/** A new key: the hub's secret, shown once, or the public half of the bank's own pair. */
export function KeyDialog({ widget, onMade, onClose }: Props) {
  const [made, setMade] = useState<string | null>(null);
  return made === null ? (
    <Ask widget={widget} onMade={onMade} onSecret={setMade} onClose={onClose} />
  ) : (
    <Shown widget={widget} secret={made} onClose={onClose} />
  );
}

function Ask({ widget, onMade, onSecret, onClose }: Props & { onSecret: (key: string) => void }) {
  const [hours, setHours] = useState<string>("24");
  const [pem, setPem] = useState("");
  const isPair = widget.algorithm !== "HS256";
  const submit = async (): Promise<void> => {
    try {
      const body = { keep_hours: Number(hours), ...(isPair ? { public_key: pem } : {}) };
      const path = `/api/widgets/${encodeURIComponent(widget.id)}/key`;
      const { key } = await http<{ key: string | null }>("POST", path, body);
      onMade();
      if (key !== null) return onSecret(key);
      toast({ tone: "ok", title: t("key_put") });
      onClose();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("key_title", { widget: widget.id })}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("go_make")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("key_title_why")}</p>
      {isPair && <TextArea label={t("public_key")} required value={pem} onInput={setPem} />}
      <Select label={t("keep_for")} value={hours} onChange={setHours}>
        {HOURS.map((one) => (
          <option key={one} value={one}>
            {t(`keep_${one}`)}
          </option>
        ))}
      </Select>
    </Dialog>
  );
}

interface ShownProps {
  widget: Widget;
  secret: string;
  onClose: () => void;
}

function Shown({ widget, secret, onClose }: ShownProps) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    toast({ tone: "ok", title: t("copied") });
  };
  return (
    <Dialog
      title={t("new_key", { widget: widget.id })}
      role="alertdialog"
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <>
          <Button icon="copy" onClick={() => void copy()}>
            {t("copy")}
          </Button>
          <Button kind="primary" type="submit" autoFocus>
            {t("close")}
          </Button>
        </>
      }
    >
      <output class="admin-once">{secret}</output>
      <p class="t2">{t("new_key_why")}</p>
    </Dialog>
  );
}
