/** Combinations of keys, written by position: "Alt+Shift+KeyE", "Mod+Enter", "F6". */

const onMac = /Mac|iPhone|iPad/.test(navigator.platform);

interface Pressed {
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Does this key press mean the combination? "Mod" is Ctrl, on a Mac Command. */
export function matches(combo: string, event: Pressed, mac: boolean = onMac): boolean {
  const parts = combo.split("+");
  const code = parts.pop() ?? "";
  const mod = parts.includes("Mod");
  return (
    (event.code === code || (code === "Enter" && event.code === "NumpadEnter")) &&
    event.altKey === parts.includes("Alt") &&
    event.shiftKey === parts.includes("Shift") &&
    event.ctrlKey === (mod && !mac) &&
    event.metaKey === (mod && mac)
  );
}

const NAMES: Record<string, string> = {
  Enter: "↵",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Slash: "/",
  Escape: "Esc",
};

/** "Alt+KeyA" -> "Alt A"; on a Mac "⌥ A". */
export function showKeys(combo: string, mac: boolean = onMac): string {
  const name = (part: string): string => {
    if (part === "Mod") return mac ? "⌘" : "Ctrl";
    if (part === "Alt") return mac ? "⌥" : "Alt";
    return NAMES[part] ?? part.replace(/^(Key|Digit)/, "");
  };
  return combo.split("+").map(name).join(" ");
}

/** As `aria-keyshortcuts` wants it: "Alt+A", "Control+Enter". */
export function ariaKeys(combo: string, mac: boolean = onMac): string {
  return combo
    .split("+")
    .map((part) => (part === "Mod" ? (mac ? "Meta" : "Control") : part.replace(/^(Key|Digit)/, "")))
    .join("+");
}
