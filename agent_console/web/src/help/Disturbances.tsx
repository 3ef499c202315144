import { exactTime } from "../i18n/index.ts";
import { Banner } from "../ui/index.ts";
import type { Disturbance } from "./model.ts";
import { t } from "./texts.ts";

/** What does not work now, before anybody reads on; it ends by itself. */
export function Disturbances({ told }: { told: readonly Disturbance[] }) {
  return (
    <>
      {told.map((one) => (
        <Banner key={one.text} tone="risk" icon="alert" role="alert">
          <b>{one.text}</b> {t("expected_until", { time: exactTime(one.until_at) })}
        </Banner>
      ))}
    </>
  );
}
