import { showKeys } from "../keys/combo.ts";

/** The keys of a combination, as this machine names them. */
export function Kbd({ keys }: { keys: string }) {
  return <kbd aria-hidden="true">{showKeys(keys)}</kbd>;
}
