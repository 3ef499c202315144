import { useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { OlderButton } from "../../feed/index.ts";
import { Avatar, Button } from "../../ui/index.ts";
import { older } from "../model/older.ts";
import { unsent } from "../model/outbox.ts";
import { messagesOf, titleOf } from "../model/store.ts";
import { typing } from "../model/typing.ts";
import { Outgoing } from "../outgoing/Outgoing.tsx";
import { t } from "../texts.ts";
import { Echoes } from "./Echoes.tsx";
import { HandOff } from "./HandOff.tsx";
import { chunksOf, handOffAt, keepSame, type Chunk } from "./lines.ts";
import { LogChunk } from "./LogChunk.tsx";
import { useScroll } from "./useScroll.ts";

/** The messages. Only chunks near the window are in the page. */
export function Log({ contact }: { contact: ContactView }) {
  const [unfolded, setUnfolded] = useState(false);
  const chunks = useChunks(contact);
  const list = messagesOf(contact);
  const echoes = unsent.value.filter((one) => one.contact_id === contact.id).length;
  const isTyping = typing.value.has(contact.id);
  const { scroller, onScroll, toEnd, missed } = useScroll(contact, {
    first: list[0]?.seq ?? 0,
    last: list.at(-1)?.seq ?? 0,
    tail: `${echoes} ${contact.outgoing?.length ?? 0} ${isTyping} ${unfolded}`,
  });
  const at = handOffAt(contact, list);
  const card = (
    <HandOff contact={contact} unfolded={unfolded} onFold={() => setUnfolded(!unfolded)} />
  );
  const isThere = (chunk: Chunk): boolean => chunk.messages.some((one) => one.seq === at);
  return (
    <div class="log-box">
      <div
        class="scroll log-scroll"
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-label={t("messages")}
        aria-live="off"
      >
        <div class="log log-end">
          <OlderButton older={older} id={contact.conversation_id} />
          {at === null && card}
          <div class="log-lines">
            {chunks.map((chunk) => (
              <LogChunk
                key={chunk.index}
                chunk={chunk}
                contact={contact}
                unfolded={unfolded}
                card={isThere(chunk) ? card : null}
                cardAt={at}
                last={chunk === chunks.at(-1)}
              />
            ))}
          </div>
          <Outgoing contact={contact} />
          <Echoes contactId={contact.id} />
          {isTyping && <Typing name={titleOf(contact)} seed={contact.id} />}
        </div>
      </div>
      {missed > 0 && (
        <Button class="to-end" size="s" icon="down" onClick={toEnd}>
          {t("new_messages", { count: missed })}
        </Button>
      )}
      <Said contact={contact} isTyping={isTyping} />
    </div>
  );
}

/** What a screen reader hears: new words of the customer and that they type; never our own words,
 * and nothing when old chunks come into the page. */
function Said({ contact, isTyping }: { contact: ContactView; isTyping: boolean }) {
  const list = messagesOf(contact);
  const start = useRef(list.at(-1)?.seq ?? 0);
  const last = list.findLast((one) => one.speaker === "customer");
  const name = titleOf(contact);
  const isNew = last !== undefined && last.seq > start.current;
  return (
    <>
      <p class="sr" aria-live="polite">
        {isNew ? `${name}: ${last.file?.name ?? last.text}` : ""}
      </p>
      <p class="sr" role="status">
        {isTyping ? t("is_typing", { name }) : ""}
      </p>
    </>
  );
}

/** The chunks of a conversation; one that did not change is the same object as before. */
function useChunks(contact: ContactView): Chunk[] {
  const old = useRef<Chunk[]>([]);
  old.current = keepSame(old.current, chunksOf(messagesOf(contact)));
  return old.current;
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
