/** Why words did not leave when their time came: the text of a code of the hub. */
const WHYS = ["customer_wrote", "opted_out", "address_held", "other_customer"] as const;

export type StoppedWord = `stopped_${(typeof WHYS)[number]}` | "stopped_other";

export function stoppedWord(why: string): StoppedWord {
  const known = WHYS.find((one) => one === why);
  return known ? `stopped_${known}` : "stopped_other";
}
