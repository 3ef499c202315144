import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { phone } from "../../softphone/phone.ts";
import { Banner, Button, Dialog, Input, Select } from "../../ui/index.ts";
import { setup } from "../model/store.ts";
import { dial } from "./acts.ts";
import { t } from "./texts.ts";

/** Who is to be called: a customer of a record (the hub knows the number), or a number typed here. */
export interface Dialling {
  customer_id?: string;
  task_id?: string;
  name?: string;
}

/** The call that is about to be made. */
export const dialling = signal<Dialling | null>(null);
export const askToDial = (goal: Dialling): void => {
  dialling.value = goal;
};

export function DialDialog() {
  const goal = dialling.value;
  return goal ? <Opened goal={goal} /> : null;
}

function Opened({ goal }: { goal: Dialling }) {
  const callers = setup.value?.calls?.numbers ?? [];
  const [number, setNumber] = useState("");
  const [caller, setCaller] = useState(callers[0]?.number ?? "");
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const close = (): void => {
    dialling.value = null;
  };
  const needsNumber = !goal.customer_id && !goal.task_id;
  const submit = async (): Promise<void> => {
    setTried(true);
    if (why.trim().length < 3 || (needsNumber && !number.trim())) return;
    const { customer_id, task_id } = goal;
    const made = await dial({
      ...(customer_id ? { customer_id } : {}),
      ...(task_id ? { task_id } : {}),
      ...(needsNumber ? { number: number.trim() } : {}),
      ...(caller ? { caller_number: caller } : {}),
      why: why.trim(),
    });
    if (made) close();
  };
  return (
    <Dialog
      title={goal.name ? t("dial_title", { name: goal.name }) : t("dial_any")}
      size="s"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={close}>
            {t("cancel")}
          </Button>
          <Button kind="ok" icon="phone" type="submit">
            {t("dial_now")}
          </Button>
        </>
      }
    >
      {!["up", "in_call"].includes(phone.state.value) && (
        <Banner tone="risk" icon="headset">
          {t("phone_not_up")}
        </Banner>
      )}
      {needsNumber && (
        <Input
          label={t("number")}
          hint={t("number_hint")}
          error={tried && !number.trim() ? t("bad_number") : null}
          value={number}
          onInput={setNumber}
          autoComplete="off"
          autoFocus
        />
      )}
      {callers.length > 1 && (
        <Select label={t("caller_number")} value={caller} onChange={setCaller}>
          {callers.map((one) => (
            <option key={one.number} value={one.number}>
              {both(one.name)} · {one.number}
            </option>
          ))}
        </Select>
      )}
      <Input
        label={t("why_call")}
        hint={t("why_call_hint")}
        error={tried && why.trim().length < 3 ? t("why_call_short") : null}
        value={why}
        onInput={setWhy}
        autoFocus={!needsNumber}
      />
    </Dialog>
  );
}
