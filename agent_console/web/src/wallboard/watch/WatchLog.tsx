import { useLayoutEffect, useRef } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
import { dayKey, longDay } from "../../i18n/index.ts";
import { OlderButton } from "../../feed/index.ts";
import { Empty, Icon, useKeepPlace } from "../../ui/index.ts";
import { older } from "../model/older.ts";
import { messages } from "../model/store.ts";
import { t } from "../texts.ts";
import { WatchLine } from "./WatchLine.tsx";

const NEAR_END = 60;
const NEAR_TOP = 400;
const NONE: MessageView[] = [];

/** The conversation as it happens. It follows the end while the end is in sight; scrolling up
 * brings what came before. */
export function WatchLog({ contact }: { contact: ContactView }) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const list = messages.value[contact.conversation_id] ?? NONE;
  useKeepPlace(scroller, list[0]?.seq ?? 0);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [list]);
  const onScroll = (): void => {
    const box = scroller.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (box.scrollTop < NEAR_TOP) void older.load(contact.conversation_id);
  };
  return (
    <div
      ref={scroller}
      class="scroll"
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t("conversation")}
    >
      <OlderButton older={older} id={contact.conversation_id} />
      {contact.hand_off && (
        <p class="wants t12">
          <Icon name="bot" size={14} />
          <span>
            <span class="t3">{t("wants")}</span> {contact.hand_off.wants}
          </span>
        </p>
      )}
      {list.length === 0 ? (
        <Empty icon="chat" title={t("no_messages")} />
      ) : (
        <div class="log" role="log" aria-label={t("conversation")} aria-live="polite">
          {list.map((message, index) => (
            <Line key={message.seq} message={message} before={list[index - 1]} contact={contact} />
          ))}
        </div>
      )}
    </div>
  );
}

interface LineProps {
  message: MessageView;
  before: MessageView | undefined;
  contact: ContactView;
}

function Line({ message, before, contact }: LineProps) {
  const newDay = !before || dayKey(before.at) !== dayKey(message.at);
  return (
    <>
      {newDay && <div class="day">{longDay(message.at)}</div>}
      <WatchLine message={message} contact={contact} />
    </>
  );
}
