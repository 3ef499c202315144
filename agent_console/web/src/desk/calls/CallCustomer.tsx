import { IconButton } from "../../ui/index.ts";
import { setup } from "../model/store.ts";
import { askToDial, type Dialling } from "./DialDialog.tsx";
import { t } from "./texts.ts";

/** Calls the customer of a record; nothing where no number of ours can dial out. */
export function CallCustomer({ goal, name }: { goal: Dialling; name: string }) {
  if ((setup.value?.calls?.numbers.length ?? 0) === 0) return null;
  return (
    <IconButton
      icon="phone"
      size={24}
      label={t("call_this", { name })}
      onClick={() => askToDial({ ...goal, name })}
    />
  );
}
