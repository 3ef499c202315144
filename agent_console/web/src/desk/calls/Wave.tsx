import { phone } from "../../softphone/phone.ts";
import { speaking } from "./call.ts";

const BARS = [0.3, 0.6, 1, 0.7, 0.45, 0.8, 0.35];

/** The voice as bars: in one colour the far end's, in another one's own. */
export function Wave({ muted, held }: { muted: boolean; held: boolean }) {
  if (held || phone.state.value !== "in_call") return null;
  const who = speaking(phone.mine.value, phone.theirs.value, muted);
  const level = who === "me" ? phone.mine.value : phone.theirs.value;
  return (
    <span class={`wave ${who === "me" ? "of-mine" : ""}`} aria-hidden="true">
      {BARS.map((share, index) => (
        <i key={index} style={{ "--h": `${Math.round(12 + 88 * share * level)}%` }} />
      ))}
    </span>
  );
}
