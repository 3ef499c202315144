import { useComputed } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { Avatar, Button } from "../../ui/index.ts";
import { hasOlder, loadingOlder, loadOlder } from "../model/older.ts";
import { unsent } from "../model/outbox.ts";
import { atEnd } from "../model/seen.ts";
import { messagesOf, titleOf } from "../model/store.ts";
import { typing } from "../model/typing.ts";
import { t } from "../texts.ts";
import { HandOff } from "./HandOff.tsx";
import { chunksOf, handOffAt, keepSame, type Chunk } from "./lines.ts";
import { LogChunk } from "./LogChunk.tsx";
import { Echoes } from "./Echoes.tsx";

const NEAR_END = 60;
const NEAR_TOP = 400;

/** The messages. Only chunks near the window are in the page; the end stays at the end. */
export function Log({ contact }: { contact: ContactView }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [unfolded, setUnfolded] = useState(false);
  const [missed, setMissed] = useState(0);
  const old = useRef<Chunk[]>([]);
  const list = messagesOf(contact);
  const chunks = keepSame(old.current, chunksOf(list));
  old.current = chunks;
  const echoes = useComputed(
    () => unsent.value.filter((one) => one.contact_id === contact.id).length,
  );
  const isTyping = typing.value.has(contact.id);
  const lastSeq = list.at(-1)?.seq ?? 0;
  const seenTo = useRef(lastSeq);

  const toEnd = (): void => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  useFollow(scroller, `${contact.id} ${list[0]?.seq}`);
  useLayoutEffect(() => {
    if (atEnd.peek()) {
      toEnd();
      seenTo.current = lastSeq;
    }
    setMissed(atEnd.peek() ? 0 : Math.max(0, lastSeq - seenTo.current));
  }, [lastSeq, echoes.value, isTyping, unfolded]);
  useEndWatch(scroller, toEnd);

  const onScroll = (): void => {
    const box = scroller.current;
    if (!box) return;
    atEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (atEnd.value) {
      seenTo.current = lastSeq;
      setMissed(0);
    }
    if (box.scrollTop < NEAR_TOP && hasOlder(contact)) void loadOlder(contact);
  };
  const at = handOffAt(contact, list);
  const card = contact.hand_off && (
    <HandOff contact={contact} unfolded={unfolded} onFold={() => setUnfolded(!unfolded)} />
  );
  return (
    <div class="log-box">
      <div
        class="scroll log-scroll"
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        aria-label={t("messages")}
        role="region"
      >
        <div class="log log-end">
          <OlderState contact={contact} />
          {at === null && card}
          <div
            class="log-lines"
            role="log"
            aria-label={t("messages")}
            aria-live="polite"
            aria-relevant="additions"
          >
            {chunks.map((chunk) => (
              <LogChunk
                key={chunk.index}
                chunk={chunk}
                contact={contact}
                unfolded={unfolded}
                card={at !== null && chunk.messages.some((one) => one.seq === at) ? card : null}
                cardAt={at}
                last={chunk === chunks.at(-1)}
              />
            ))}
          </div>
          <Echoes contactId={contact.id} />
          {isTyping && <Typing name={titleOf(contact)} seed={contact.id} />}
        </div>
      </div>
      {missed > 0 && (
        <Button class="to-end" size="s" icon="down" onClick={toEnd}>
          {t("new_messages", { count: missed })}
        </Button>
      )}
      <span class="sr" role="status">
        {isTyping ? t("is_typing", { name: titleOf(contact) }) : ""}
      </span>
    </div>
  );
}

/** Older messages that come in on top do not push away what is being read. */
function useFollow(scroller: { current: HTMLDivElement | null }, first: string): void {
  const height = useRef(0);
  useLayoutEffect(() => {
    const box = scroller.current;
    // above zero the browser's own anchoring does it
    if (box && height.current && box.scrollTop < 1)
      box.scrollTop = box.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = scroller.current?.scrollHeight ?? 0;
  });
}

/** Pictures of lines grow when chunks get their real height: stay at the end if we were there. */
function useEndWatch(scroller: { current: HTMLDivElement | null }, toEnd: () => void): void {
  useEffect(() => {
    const box = scroller.current;
    atEnd.value = true;
    toEnd();
    if (!box?.firstElementChild) return;
    const watch = new ResizeObserver(() => atEnd.peek() && toEnd());
    watch.observe(box);
    watch.observe(box.firstElementChild);
    return () => watch.disconnect();
  }, []);
}

function OlderState({ contact }: { contact: ContactView }) {
  if (!hasOlder(contact)) return null;
  const busy = loadingOlder.value.has(contact.conversation_id);
  return (
    <div class="ev">
      <Button size="s" kind="ghost" aria-disabled={busy} onClick={() => void loadOlder(contact)}>
        {t(busy ? "loading_older" : "load_older")}
      </Button>
    </div>
  );
}

function Typing({ name, seed }: { name: string; seed: string }) {
  return (
    <div class="msg msg-c" aria-hidden="true">
      <Avatar name={name} seed={seed} size={24} />
      <div class="msg-body">
        <div class="bub typing">
          <i />
          <i />
          <i />
        </div>
      </div>
    </div>
  );
}
