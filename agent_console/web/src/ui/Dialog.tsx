import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/common.ts";
import { IconButton } from "./Button.tsx";

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: "s" | "m" | "l";
  /** Buttons, the primary last. */
  footer?: ComponentChildren;
  /** Enter in a field, or the submit button of the footer. */
  onSubmit?: () => void;
  role?: "dialog" | "alertdialog";
  children: ComponentChildren;
}

/** The browser would say it in its own language, which need not be that of the page. */
function sayInOurLanguage({ target }: Event): void {
  const field = target as HTMLInputElement;
  if (field.validity.valueMissing) field.setCustomValidity(t("fill_in"));
}

function judgeAgain({ target }: Event): void {
  (target as Partial<HTMLInputElement>).setCustomValidity?.("");
}

/** A modal dialog on the native element: Escape closes, focus returns to the opener. */
export function Dialog(props: DialogProps) {
  const { title, onClose, size = "m", footer, onSubmit, role = "dialog", children } = props;
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const opener = document.activeElement;
    element.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog ${size === "m" ? "" : `dialog-${size}`}`}
      role={role}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        onInvalidCapture={sayInOurLanguage}
        onInputCapture={judgeAgain}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <div class="dialog-h">
          <h2 id={id}>{title}</h2>
          <IconButton icon="x" label={t("close")} class="push" onClick={onClose} />
        </div>
        <div class="dialog-b">{children}</div>
        {footer && <div class="dialog-f">{footer}</div>}
      </form>
    </dialog>
  );
}
