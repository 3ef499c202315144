import { Banner, Button } from "../ui/index.ts";
import type { Trouble } from "./model.ts";
import { t } from "./texts.ts";

/** What went wrong and what can be done. */
export function TroubleWord({ trouble, onAgain }: { trouble: Trouble; onAgain: () => void }) {
  if (trouble === "too_fast") {
    return (
      <Banner tone="risk" icon="clock" role="alert">
        {t("too_fast")}
      </Banner>
    );
  }
  return (
    <Banner tone="bad" icon="alert" role="alert">
      <b>{t(trouble)}</b> {t(`${trouble}_more`)}{" "}
      {trouble === "no_answer" && <Button onClick={onAgain}>{t("try_again")}</Button>}
    </Banner>
  );
}
