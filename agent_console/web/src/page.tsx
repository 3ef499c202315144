/** How every page starts: look, language, keys, then the root component into `#page`. */
import "./styles/index.css";
import "./lib/theme.ts";
import { render, type ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { listenForQuestions } from "./again/ask.ts";
import { CodeAgain } from "./again/CodeAgain.tsx";
import { t } from "./i18n/common.ts";
import { listenForKeys } from "./keys/shortcuts.ts";
import { Button } from "./ui/Button.tsx";
import { Empty } from "./ui/feedback.tsx";
import { Toasts } from "./ui/Toast.tsx";

function Boundary({ children }: { children: ComponentChildren }) {
  const [problem] = useErrorBoundary((error: unknown) => console.error(error));
  if (!problem) return <>{children}</>;
  return (
    <Empty icon="alert" title={t("page_failed")} text={t("page_failed_why")}>
      <Button icon="refresh" onClick={() => location.reload()}>
        {t("reload")}
      </Button>
    </Empty>
  );
}

/** Show a page. Toasts, the question for a code, error boundary and shortcuts come with it. */
export function show(page: ComponentChildren): void {
  listenForKeys();
  listenForQuestions();
  const root = document.getElementById("page");
  if (!root) throw new Error("the page has no #page");
  render(
    <Boundary>
      {page}
      <CodeAgain />
      <Toasts />
    </Boundary>,
    root,
  );
}
