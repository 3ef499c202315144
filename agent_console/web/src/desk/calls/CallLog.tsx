import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
import { both, exactTime, htmlLang } from "../../i18n/index.ts";
import { messagesOf, titleOf } from "../model/store.ts";
import { eventText } from "../talk/events.ts";
import { HandOff } from "../talk/HandOff.tsx";
import { callTime } from "./call.ts";
import { t } from "./texts.ts";

/** What the menu said, what was pressed and said, and what colleagues noted; times of the call. */
export function CallLog({ contact }: { contact: ContactView }) {
  const [unfolded, setUnfolded] = useState(false);
  const all = messagesOf(contact).filter((one) => one.contact_id === contact.id);
  const list = unfolded ? all : all.filter((one) => !isMenus(one, contact));
  const scroller = useRef<HTMLDivElement>(null);
  const last = list.at(-1)?.seq ?? 0;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [last, contact.id]);
  return (
    <div class="log-box">
      <div
        class="scroll log-scroll"
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t("said")}
      >
        <div class="log log-end">
          <HandOff contact={contact} unfolded={unfolded} onFold={() => setUnfolded(!unfolded)} />
          {list.map((one) => (
            <Line key={one.seq} one={one} contact={contact} />
          ))}
          {all.length === 0 && <p class="t2 t12 said-none">{t("nothing_said")}</p>}
        </div>
      </div>
    </div>
  );
}

/** Said to the phone menu, before a person had the call. */
const isMenus = (one: MessageView, { hand_off: hand }: ContactView): boolean =>
  hand !== null && one.seq >= hand.bot_seq_from && one.seq <= hand.bot_seq_to;

const LOOK: Record<string, string> = { agent: "ag", customer: "cu" };

function Line({ one, contact }: { one: MessageView; contact: ContactView }) {
  const start = contact.call?.started_at ?? contact.arrived_at;
  const note = one.audience === "staff";
  const look = note ? "nt" : one.kind === "event" ? "redact" : (LOOK[one.speaker] ?? "");
  return (
    <div class={`ts ${look}`}>
      <time title={exactTime(one.at)}>{callTime(one.at - start)}</time>
      <b class="trunc">{one.kind === "event" ? "" : speakerOf(one, contact)}</b>
      {one.kind === "event" ? (
        <span>{eventText(one)}</span>
      ) : (
        <span lang={note ? undefined : htmlLang(contact.language)} dir="auto">
          {one.text}
        </span>
      )}
    </div>
  );
}

function speakerOf(one: MessageView, contact: ContactView): string {
  if (one.audience === "staff") {
    return one.name ? t("note_of", { name: both(one.name) }) : t("note");
  }
  if (one.speaker === "customer") return titleOf(contact);
  if (one.speaker === "bot") return t("menu");
  return one.name ? both(one.name) : t("you");
}
