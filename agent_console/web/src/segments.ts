/** How a text travels as SMS: the rules of `channels/sms/text.py`, held to the same examples.
 * A text of the GSM alphabet (3GPP TS 23.038) has 160 septets, or 153 in each of several segments;
 * any other is UCS-2 with 70 units, or 67. A character of two units is never divided. */

export type Alphabet = "gsm7" | "ucs2";

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** They take two septets. */
const ESCAPED = new Set("\f^{}\\[~]|€");

/** Units of a text that is alone, and of each segment of several. */
const LIMITS: Record<Alphabet, readonly [number, number]> = { gsm7: [160, 153], ucs2: [70, 67] };

export interface Counted {
  alphabet: Alphabet;
  units: number;
  segments: number;
  /** So many units still fit into the last segment. */
  left: number;
}

/** Units and segments of a text; an empty one has none. */
export function countSegments(text: string): Counted {
  const letters = [...text];
  const isGsm = letters.every((one) => BASIC.has(one) || ESCAPED.has(one));
  const alphabet: Alphabet = isGsm ? "gsm7" : "ucs2";
  const sizes = letters.map((one) => (isGsm ? (ESCAPED.has(one) ? 2 : 1) : one.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [alone, each] = LIMITS[alphabet];
  if (units <= alone) return { alphabet, units, segments: units > 0 ? 1 : 0, left: alone - units };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { alphabet, units, segments, left: each - used };
}
