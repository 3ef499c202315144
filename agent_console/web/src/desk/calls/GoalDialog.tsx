import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import {
  Button,
  Dialog,
  Icon,
  Input,
  Picker,
  Segmented,
  TextArea,
  type Choice,
} from "../../ui/index.ts";
import { useGoals } from "../hands/goals.tsx";
import { setup, titleOf } from "../model/store.ts";
import { colleagueChoices, queueChoices } from "../talk/TransferDialog.tsx";
import { consult, transfer, type Goal } from "./acts.ts";
import { mergeWhenUp } from "./adding.ts";
import { t } from "./texts.ts";

interface GoalDialogProps {
  contact: ContactView;
  what: "consult" | "transfer" | "add";
  onClose: () => void;
}

type To = "queue" | "colleague" | "outside";

/** Whom to ask, to give the call to, or to add: a queue, a colleague, or somebody outside. */
export function GoalDialog({ contact, what, onClose }: GoalDialogProps) {
  const [to, setTo] = useState<To>("colleague");
  const [chosen, setChosen] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const blind = what === "transfer" && to !== "outside";
  const submit = async (talkFirst: boolean): Promise<void> => {
    setTried(true);
    const goal = goalOf(to, chosen);
    if (!goal) return;
    const give = talkFirst ? consult : transfer;
    if (!(await give(contact, goal, note.trim()))) return;
    if (what === "add") mergeWhenUp(contact.id);
    onClose();
  };
  return (
    <Dialog
      title={t(`${what}_title`, { name: titleOf(contact) })}
      onClose={onClose}
      onSubmit={() => void submit(!blind)}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          {blind && <Button onClick={() => void submit(true)}>{t("talk_first")}</Button>}
          <Button kind="primary" type="submit">
            {t(blind ? "transfer_now" : what === "add" ? "add_now" : "call_now")}
          </Button>
        </>
      }
    >
      <p class="t2">{t(`${what}_more`)}</p>
      <div>
        <Segmented
          label={t("whom")}
          chosen={to}
          onChoose={(now) => {
            setTo(now);
            setChosen("");
          }}
          items={[
            { id: "colleague", label: t("to_colleague") },
            { id: "queue", label: t("to_queue") },
            { id: "outside", label: t("to_outside") },
          ]}
        />
      </div>
      <Whom key={to} contact={contact} to={to} chosen={chosen} onChoose={setChosen} />
      {tried && !goalOf(to, chosen) && (
        <p class="err" role="alert">
          <Icon name="alert" size={14} />
          {t(to === "outside" ? "bad_number" : "choose_whom")}
        </p>
      )}
      <TextArea label={t("note_for_them")} rows={2} value={note} onInput={setNote} />
    </Dialog>
  );
}

/** Digits with what people write between them; at least three. */
const isNumber = (typed: string): boolean =>
  /^\+?[\d\s().-]{3,24}$/.test(typed.trim()) && typed.replace(/\D/g, "").length >= 3;

export function goalOf(to: To, chosen: string): Goal | null {
  if (to === "outside") return isNumber(chosen) ? { number: chosen.trim() } : null;
  if (!chosen) return null;
  return to === "queue" ? { queue_id: chosen } : { agent_id: chosen };
}

interface WhomProps {
  contact: ContactView;
  to: To;
  chosen: string;
  onChoose: (id: string) => void;
}

function Whom({ contact, to, chosen, onChoose }: WhomProps) {
  const goals = useGoals(contact.id);
  if (to === "outside") return <Outside chosen={chosen} onChoose={onChoose} />;
  const label = t(to === "queue" ? "find_queue" : "find_colleague");
  return (
    <Picker
      label={label}
      placeholder={label}
      choices={to === "queue" ? queueChoices(contact, goals) : colleagueChoices(goals)}
      chosen={chosen}
      onChoose={onChoose}
      autoFocus
    />
  );
}

/** The bank's directory, and any number that may be dialled. */
function Outside({ chosen, onChoose }: Pick<WhomProps, "chosen" | "onChoose">) {
  const choices: Choice[] = (setup.value?.calls?.directory ?? []).map((one) => ({
    id: one.number,
    label: both(one.name),
    words: `${one.name.en} ${one.name.zh} ${one.number}`,
    mark: <Icon name="building" />,
    hint: <span class="t12 t2 mono">{one.number}</span>,
  }));
  const label = t("find_directory");
  return (
    <>
      {choices.length > 0 && (
        <Picker
          label={label}
          placeholder={label}
          choices={choices}
          chosen={chosen}
          onChoose={onChoose}
          autoFocus
        />
      )}
      <Input
        label={t("other_number")}
        hint={t("number_hint")}
        value={chosen}
        onInput={onChoose}
        autoComplete="off"
        autoFocus={choices.length === 0}
      />
    </>
  );
}
