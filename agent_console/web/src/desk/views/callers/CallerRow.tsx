import { useState } from "preact/hooks";
import type { CallerView } from "../../../contract.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { tick } from "../../../lib/clock.ts";
import { Avatar, Badge, Button, Icon, type IconName } from "../../../ui/index.ts";
import { callTime } from "../../calls/call.ts";
import { askToDial } from "../../calls/DialDialog.tsx";
import { Recordings } from "../../calls/Player.tsx";
import { t } from "../../calls/texts.ts";
import { queueName } from "../../model/names.ts";
import { titleOf } from "../../model/store.ts";
import { claim, finish, giveBack, isMine } from "./model.ts";

const ICON: Record<CallerView["kind"], IconName> = {
  abandoned_call: "phone-off",
  voicemail: "voicemail",
  callback: "callback",
};

/** One caller: who, since when, what can be done. */
export function CallerRow({ caller }: { caller: CallerView }) {
  const [listening, setListening] = useState(false);
  const name = titleOf(caller) || caller.number || t("number_withheld");
  return (
    <li class="caller">
      <span class="ch ch-voice" title={t(`kind_${caller.kind}`)}>
        <Icon name={ICON[caller.kind]} />
      </span>
      <div class="caller-who">
        <b class="fw6">{name}</b>
        <span class="sr">, {t(`kind_${caller.kind}`)}</span>
        <p class="t12 t2 tnum">{facts(caller).join(" · ")}</p>
      </div>
      <div class="caller-when">
        <Due caller={caller} />
        <Owner caller={caller} />
      </div>
      <Acts
        caller={caller}
        name={name}
        listening={listening}
        onListen={() => setListening(!listening)}
      />
      {listening && caller.contact_id && (
        <div class="caller-sound">
          <Recordings contactId={caller.contact_id} />
        </div>
      )}
    </li>
  );
}

function facts(one: CallerView): string[] {
  return [
    one.number,
    one.queue_id && queueName(one.queue_id),
    t("called_at", { time: exactTime(one.at) }),
    one.waited_seconds !== null && t("gave_up_after", { time: callTime(one.waited_seconds) }),
    one.message_seconds !== null && t("message_of", { time: callTime(one.message_seconds) }),
    one.is_closed && t("restricted"),
  ].filter((fact): fact is string => Boolean(fact));
}

function Due({ caller }: { caller: CallerView }) {
  if (caller.due_at === null) return null;
  const late = caller.due_at < tick.value;
  return (
    <Badge tone={late ? "bad" : "neutral"} icon="clock">
      {t(late ? "overdue_since" : "due_at", { time: exactTime(caller.due_at) })}
    </Badge>
  );
}

function Owner({ caller }: { caller: CallerView }) {
  if (!caller.claimed_by) return null;
  const name = both(caller.claimed_by.name);
  return (
    <span class="t12 t2 row row-1">
      <Avatar name={name} seed={caller.claimed_by.agent_id} size={20} />
      {isMine(caller) ? t("claimed_by_me") : t("claimed_by", { name })}
    </span>
  );
}

interface ActsProps {
  caller: CallerView;
  name: string;
  listening: boolean;
  onListen: () => void;
}

/** Who has it may call and finish; nobody's may be taken. */
function Acts({ caller, name, listening, onListen }: ActsProps) {
  if (caller.is_closed) return null;
  const mine = isMine(caller);
  const dial = (): void => askToDial({ task_id: caller.id, name });
  return (
    <div class="caller-acts">
      {!caller.claimed_by && (
        <Button size="s" icon="hand" onClick={() => void claim(caller)}>
          {t("claim")}
        </Button>
      )}
      {mine && (
        <>
          <Button size="s" kind="ok" icon="phone" onClick={dial}>
            {t("dial_now")}
          </Button>
          <Button size="s" icon="check" onClick={() => void finish(caller)}>
            {t("finish_caller")}
          </Button>
          {caller.queue_id && (
            <Button size="s" kind="ghost" onClick={() => void giveBack(caller)}>
              {t("give_back")}
            </Button>
          )}
        </>
      )}
      {caller.kind === "voicemail" && caller.contact_id && (
        <Button size="s" kind="ghost" icon="play" aria-expanded={listening} onClick={onListen}>
          {t(listening ? "hide_recordings" : "listen")}
        </Button>
      )}
    </div>
  );
}
