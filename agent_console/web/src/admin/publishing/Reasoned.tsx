import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Banner, Button, Dialog, Input } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { t } from "./texts.ts";
import type { Act, Draft } from "./types.ts";

interface Props {
  act: Act;
  /** What comes of it for customers or for the author. */
  lead: string;
  asked: Draft["asked"] | undefined;
  size?: "m" | "l";
  /** Do it and say that it is done; the dialog stays with what was written when it fails. */
  onAct: (why: string) => Promise<void>;
  onClose: () => void;
  children?: ComponentChildren;
}

/** Hand a draft in, publish it or send it back: for a reason that is kept. */
export function Reasoned({ act, lead, asked, size = "m", onAct, onClose, children }: Props) {
  const [why, setWhy] = useState(act === "publish" ? (asked?.why ?? "") : "");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!why.trim() || busy) return;
    setBusy(true);
    try {
      await onAct(why.trim());
      onClose();
    } catch (problem) {
      setBusy(false);
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t(act)}
      size={size}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {t(act)}
          </Button>
        </>
      }
    >
      <p class="t2">{lead}</p>
      {act === "publish" && asked && (
        <Banner tone="info" icon="user">
          {t("asked_by", { name: asked.by ? both(asked.by) : "–" })}: {asked.why}
        </Banner>
      )}
      <Input
        label={t("reason")}
        required
        autoFocus
        error={tried && !why.trim() ? t("need_reason") : null}
        value={why}
        onInput={setWhy}
      />
      {children}
    </Dialog>
  );
}
