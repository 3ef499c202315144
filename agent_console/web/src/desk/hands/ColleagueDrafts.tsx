import type { DraftView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Icon } from "../../ui/index.ts";
import { colleaguesDrafts, takeOver } from "../model/shared.ts";
import { t } from "./texts.ts";

const TAKE = "Alt+Shift+KeyD";

interface Props {
  contactId: string;
  onTaken: () => void;
}

/** What colleagues write in this contact, to read; one key takes it into the own box. */
export function ColleagueDrafts({ contactId, onTaken }: Props) {
  const found = colleaguesDrafts.value[contactId] ?? [];
  const take = (one: DraftView): void => void takeOver(contactId, one).then(onTaken);
  const first = found[0];
  useShortcuts(first ? [{ keys: TAKE, label: t("take_draft"), run: () => take(first) }] : []);
  return (
    <>
      {found.map((one) => (
        <Other key={one.agent_id + one.kind} one={one} isFirst={one === first} onTake={take} />
      ))}
    </>
  );
}

interface OtherProps {
  one: DraftView;
  isFirst: boolean;
  onTake: (one: DraftView) => void;
}

function Other({ one, isFirst, onTake }: OtherProps) {
  const title = t(one.kind === "note" ? "colleague_note" : "colleague_draft", {
    name: both(one.name),
  });
  return (
    <section class="colleague-draft" aria-label={title}>
      <Icon name={one.kind === "note" ? "note" : "chat"} size={14} />
      <div class="grow">
        <b class="t12 fw6">{title}</b>
        <p dir="auto">{one.text}</p>
      </div>
      <Button size="s" keys={isFirst ? TAKE : undefined} onClick={() => onTake(one)}>
        {t("take_draft")}
      </Button>
    </section>
  );
}
