import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/common.ts";
import { IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

export interface ToastText {
  tone: "ok" | "bad" | "risk";
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
  /** How long it stays; 6 unless there is something to think over. */
  seconds?: number;
}

interface Shown extends ToastText {
  id: number;
}

const toasts = signal<readonly Shown[]>([]);
const SECONDS = 6;
let last = 0;

/** Say the result of an action. It goes after 6 s; not while it is hovered or has focus. */
export function toast(text: ToastText): void {
  last += 1;
  toasts.value = [...toasts.value.slice(-3), { ...text, id: last }];
}

function drop(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** The stack; put it once in a page. */
export function Toasts() {
  return (
    <div class="toasts">
      {toasts.value.map((one) => (
        <One key={one.id} toast={one} />
      ))}
    </div>
  );
}

function One({ toast: { id, tone, title, text, action, seconds } }: { toast: Shown }) {
  const timer = useRef(0);
  const hold = (): void => clearTimeout(timer.current);
  const start = (): void => {
    hold();
    timer.current = window.setTimeout(() => drop(id), (seconds ?? SECONDS) * 1000);
  };
  useEffect(() => {
    start();
    return hold;
  }, []);
  let button: ComponentChildren = null;
  if (action) {
    const run = (): void => {
      drop(id);
      action.run();
    };
    button = (
      <button type="button" class="btn btn-s" onClick={run}>
        {action.label}
      </button>
    );
  }
  return (
    <div
      class={`toast toast-${tone}`}
      role={tone === "bad" ? "alert" : "status"}
      onMouseEnter={hold}
      onMouseLeave={start}
      onFocusCapture={hold}
      onBlurCapture={start}
    >
      <Icon name={tone === "ok" ? "check" : "alert"} />
      <div class="grow">
        <b class="fw6">{title}</b>
        {text && <div class="t2">{text}</div>}
      </div>
      {button}
      <IconButton icon="x" size={24} label={t("dismiss")} onClick={() => drop(id)} />
    </div>
  );
}
