/** Paper gets what an export holds, redacted by right and audited, and never the screen. */
import { useEffect, useRef } from "preact/hooks";
import { t } from "./texts.ts";

/** Returns what prints a text; until it is called a print holds a line that says how. */
export function usePrint(): (text: string) => void {
  const sheet = useRef<HTMLPreElement | null>(null);
  useEffect(() => {
    const paper = document.createElement("pre");
    paper.className = "print-sheet";
    const empty = (): void => {
      paper.textContent = t("print_hint");
    };
    empty();
    document.body.append(paper);
    sheet.current = paper;
    window.addEventListener("afterprint", empty);
    return () => {
      window.removeEventListener("afterprint", empty);
      paper.remove();
    };
  }, []);
  return (text) => {
    if (sheet.current) sheet.current.textContent = text;
    window.print();
  };
}
