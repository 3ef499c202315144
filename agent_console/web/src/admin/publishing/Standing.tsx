import { both } from "../../i18n/index.ts";
import { Banner } from "../../ui/index.ts";
import { t } from "./texts.ts";
import type { Draft } from "./types.ts";

interface Props {
  draft: Draft | null;
  /** What is said to who may not write. */
  onlyRead: string | null;
}

/** Who handed the draft in or sent it back, and why. */
export function Standing({ draft, onlyRead }: Props) {
  const { asked, returned, is_own } = draft ?? {};
  if (asked) {
    const name = asked.by ? both(asked.by) : "–";
    return (
      <Banner tone="info" icon="user" role="status">
        {t("waits_for", { name, why: asked.why })} {is_own && t("waits_own")}
      </Banner>
    );
  }
  if (returned) {
    const name = returned.by ? both(returned.by) : "–";
    return (
      <Banner tone="risk" icon="reply" role="status">
        {t("returned_by", { name, why: returned.why })}
      </Banner>
    );
  }
  return onlyRead && <Banner icon="info">{onlyRead}</Banner>;
}
