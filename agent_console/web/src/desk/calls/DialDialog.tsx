import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { phone } from "../../softphone/phone.ts";
import { Banner, Button, Dialog, Input, Select } from "../../ui/index.ts";
import { setup } from "../model/store.ts";
import { dial } from "./acts.ts";
import { t } from "./texts.ts";

/** Whom to call: a customer of a record, whose number the hub knows, or a number typed here. */
export interface Dialling {
  /** A contact in hand, whose customer is known. */
  contact_id?: string;
  customer_id?: string;
  task_id?: string;
  name?: string;
  /** What the field of the number begins with. */
  number?: string;
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

const close = (): void => {
  dialling.value = null;
};

/** What is filled in, and what is wrong with it once it was tried. */
function useForm(goal: Dialling) {
  const [number, setNumber] = useState(goal.number ?? "");
  const [caller, setCaller] = useState(setup.value?.calls?.numbers[0]?.number ?? "");
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const { contact_id, customer_id, task_id } = goal;
  const needsNumber = !contact_id && !customer_id && !task_id;
  const wrong = { number: needsNumber && !number.trim(), why: why.trim().length < 3 };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong.number || wrong.why) return;
    const made = await dial({
      ...(contact_id ? { contact_id } : {}),
      ...(customer_id ? { customer_id } : {}),
      ...(task_id ? { task_id } : {}),
      ...(needsNumber ? { number: number.trim() } : {}),
      ...(caller ? { caller_number: caller } : {}),
      why: why.trim(),
    });
    if (made) close();
  };
  const shown = { number: tried && wrong.number, why: tried && wrong.why };
  return { number, setNumber, caller, setCaller, why, setWhy, needsNumber, submit, wrong: shown };
}

function Opened({ goal }: { goal: Dialling }) {
  const form = useForm(goal);
  const callers = setup.value?.calls?.numbers ?? [];
  return (
    <Dialog
      title={goal.name ? t("dial_title", { name: goal.name }) : t("dial_any")}
      size="s"
      onClose={close}
      onSubmit={() => void form.submit()}
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
      {form.needsNumber && (
        <Input
          label={t("number")}
          hint={t("number_hint")}
          error={form.wrong.number ? t("bad_number") : null}
          value={form.number}
          onInput={form.setNumber}
          autoComplete="off"
          autoFocus={!goal.number}
        />
      )}
      {callers.length > 1 && (
        <Select label={t("caller_number")} value={form.caller} onChange={form.setCaller}>
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
        error={form.wrong.why ? t("why_call_short") : null}
        value={form.why}
        onInput={form.setWhy}
        autoFocus={!form.needsNumber || Boolean(goal.number)}
      />
    </Dialog>
  );
}
