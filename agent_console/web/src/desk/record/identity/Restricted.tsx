import type { ScreenPop } from "../../../contract.ts";
import { both } from "../../../i18n/index.ts";
import { Empty } from "../../../ui/index.ts";
import { t } from "./texts.ts";

/** A colleague's record: that there is one, and whom to ask. */
export function Restricted({ ask }: { ask: NonNullable<ScreenPop["restricted"]>["ask"] }) {
  const names = ask.map(both).join(", ");
  return (
    <Empty
      icon="lock"
      title={t("restricted")}
      text={names ? t("restricted_more", { names }) : t("restricted_nobody")}
    />
  );
}
