/** What the bank's voice says, to be read; the newest stands out. */
import type { JSX } from "preact";
import type { Call } from "../call.ts";
import { areCaptionsOn, t } from "../page.ts";

const SHOWN = 3;

export function Captions({ call }: { call: Call }): JSX.Element | null {
  if (!areCaptionsOn.value) return null;
  const captions = call.captions.value.slice(-SHOWN);
  return (
    <div class="caps" role="log" aria-live="polite" aria-label={t("captions")}>
      {captions.map(({ id, text, lang }, place) => (
        <p
          key={id}
          class={place === captions.length - 1 ? "cap" : "capl"}
          lang={lang === "zh" ? "zh-Hans" : "en"}
        >
          {text}
        </p>
      ))}
      {call.music.value && <p class="capl">{t("music")}</p>}
    </div>
  );
}
