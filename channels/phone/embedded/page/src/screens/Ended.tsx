/** After the call. */
import type { JSX } from "preact";
import type { Call } from "../call.ts";
import { Icon } from "../icons.tsx";
import { lang, t } from "../page.ts";
import { saidProblem } from "../texts.ts";

export function Ended({ call }: { call: Call }): JSX.Element {
  return (
    <div class="ph-b">
      {call.problem.value && (
        <p class="note bad" role="alert">
          <Icon name="warn" />
          {saidProblem(lang.value, call.problem.value)}
        </p>
      )}
      <button
        type="button"
        class="btn btn-ok last"
        onClick={() => {
          call.problem.value = "";
          call.phase.value = "idle";
        }}
      >
        {t("again")}
      </button>
    </div>
  );
}
