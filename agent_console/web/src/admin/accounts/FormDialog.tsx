import type { ComponentChildren } from "preact";
import { Banner, Button, Dialog } from "../../ui/index.ts";
import { close } from "./model.ts";
import { t } from "./texts.ts";

interface Props {
  title: string;
  busy: boolean;
  isNew: boolean;
  refused: { words: string; detail: string } | null;
  onSubmit: () => void;
  children: ComponentChildren;
}

/** A form for an account: what was refused stands above the buttons. */
export function FormDialog({ title, busy, isNew, refused, onSubmit, children }: Props) {
  return (
    <Dialog
      title={title}
      size="l"
      onClose={close}
      onSubmit={onSubmit}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {t(isNew ? "connect" : "save")}
          </Button>
        </>
      }
    >
      {children}
      {refused && (
        <Banner tone="bad" icon="alert" role="alert">
          {refused.words} <span class="t12">{refused.detail}</span>
        </Banner>
      )}
    </Dialog>
  );
}
