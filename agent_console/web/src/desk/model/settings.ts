/** What a person sets for this desk; kept in the browser. */
import { effect, signal, type Signal } from "@preact/signals";
import { recall, remember } from "../../lib/memory.ts";

function kept<T extends string>(key: string, values: readonly T[], first: T): Signal<T> {
  const found = values.find((value) => value === recall(key));
  const setting = signal<T>(found ?? first);
  effect(() => remember(key, setting.value));
  return setting;
}

/** Which keys send: Ctrl Enter (Enter makes a line), or Enter (Ctrl Enter makes a line). */
export const sendWith = kept("desk.send_with", ["mod_enter", "enter"], "mod_enter");
export const sounds = kept("desk.sounds", ["on", "off"], "on");
