import { number } from "../../i18n/index.ts";
import { countSegments } from "../../segments.ts";
import { t } from "./texts.ts";

/** How many SMS the words are, in which alphabet, and what still fits. */
export function Segments({ text }: { text: string }) {
  const { alphabet, segments, left } = countSegments(text.trim());
  return (
    <span class="t12 t3 tnum nowrap segments" title={t(`why_${alphabet}`)}>
      {t("segments", { count: segments })} · {t("units_left", { count: number(left) })} ·{" "}
      {t(`alphabet_${alphabet}`)}
    </span>
  );
}
