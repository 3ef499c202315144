import { useEffect, useState } from "preact/hooks";
import { t } from "./texts.ts";

type State = "checking" | "ok" | "bad";

/** Is the hub ready to take people? Asked once. */
export function Health() {
  const [state, setState] = useState<State>("checking");
  useEffect(() => {
    fetch("/readyz")
      .then((answer) => setState(answer.ok ? "ok" : "bad"))
      .catch(() => setState("bad"));
  }, []);
  return (
    <p class="status" role="status">
      <span class={`dot dot-${state}`} />
      {t(`status_${state}`)}
    </p>
  );
}
