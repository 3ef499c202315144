import { Closed } from "../Masked.tsx";
import { t } from "./texts.ts";

/** The holder's personal details while somebody else speaks: one line instead of six locks. */
export function PersonalClosed({ why }: { why: string | null }) {
  return (
    <dl class="ids">
      <div class="idr">
        <dt>{t("personal_closed")}</dt>
        <dd>
          <Closed why={why} />
        </dd>
      </div>
    </dl>
  );
}
