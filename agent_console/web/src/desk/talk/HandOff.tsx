import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { evidenceWords } from "../payment/evidence.ts";
import { PaymentCheck } from "../payment/PaymentCheck.tsx";
import { t } from "../texts.ts";
import { TaskNumber } from "../work/TaskNumber.tsx";
import { learnedWords, triedWords } from "./learned.ts";
import { saysNothing } from "./lines.ts";

interface HandOffProps {
  contact: ContactView;
  unfolded: boolean;
  onFold: () => void;
}

/** What self-service learned: wants, collected, tried. The talk with the bot is folded away. */
export function HandOff({ contact, unfolded, onFold }: HandOffProps) {
  const hand = contact.hand_off;
  if (!hand) return <TransferNote contact={contact} />;
  if (saysNothing(contact)) return null;
  const count = Math.max(0, hand.bot_seq_to - hand.bot_seq_from + 1);
  const heading = t(hand.task ? "due_task" : "handed_over");
  return (
    <section class="handoff" aria-label={heading}>
      <h3>
        <Icon name={hand.task ? "clipboard" : "bot"} />
        {heading}
        {count > 0 && !hand.task && (
          <button
            type="button"
            class="btn btn-g btn-s push fold"
            aria-expanded={unfolded}
            onClick={onFold}
          >
            {t(unfolded ? "hide_bot" : "show_bot", { count })}
            <Icon name={unfolded ? "up" : "down"} size={12} />
          </button>
        )}
      </h3>
      <dl lang={htmlLang(contact.language)}>
        <Entry
          label={t(hand.task ? "task_label" : "wants_label")}
          lines={triedWords([hand.wants])}
          strong
        />
        {hand.collected.map((one) => (
          <Learned key={one.label} {...one} task={hand.task?.id} />
        ))}
        <Entry label={t("tried")} lines={triedWords(hand.tried)} />
        <Entry
          label={t("note_with_it")}
          lines={contact.transfer_note ? [contact.transfer_note] : []}
        />
      </dl>
      <PaymentCheck contact={contact} />
    </section>
  );
}

interface LearnedProps {
  label: string;
  value: string;
  task?: string | undefined;
}

function Learned({ label, value, task }: LearnedProps) {
  const words = task ? evidenceWords(label, value) : learnedWords(label, value);
  if (!words) return null;
  const [name, text] = words;
  if (task && label === "number") {
    return (
      <>
        <dt>{name}</dt>
        <dd>
          <TaskNumber taskId={task} outline={value} />
        </dd>
      </>
    );
  }
  return <Entry label={name} lines={[text]} />;
}

/** A contact that came from a colleague without a bot before it. */
function TransferNote({ contact }: { contact: ContactView }) {
  if (!contact.transfer_note) return null;
  return (
    <section class="handoff" aria-label={t("transferred_to_you")}>
      <h3>
        <Icon name="transfer" />
        {t("transferred_to_you")}
      </h3>
      <dl>
        <Entry label={t("note_with_it")} lines={[contact.transfer_note]} />
      </dl>
    </section>
  );
}

function Entry({ label, lines, strong }: { label: string; lines: string[]; strong?: boolean }) {
  if (lines.length === 0) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd class={strong ? "fw6" : ""}>{lines.join(" · ")}</dd>
    </>
  );
}
