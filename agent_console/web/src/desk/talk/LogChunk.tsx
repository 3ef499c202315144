import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
import { dayKey, longDay } from "../../i18n/index.ts";
import { CHUNK, continues, ofBot, saysNothing, type Chunk } from "./lines.ts";
import { Message } from "./Message.tsx";

/** A guess until a chunk was shown once. */
const LINE_HEIGHT = 58;
const AHEAD = "900px 0px";
const heights = new WeakMap<Chunk, number>();

interface LogChunkProps {
  chunk: Chunk;
  contact: ContactView;
  unfolded: boolean;
  /** The hand-off card and the number it stands before. */
  card: ComponentChildren;
  cardAt: number | null;
  /** The newest chunk is always in the page. */
  last: boolean;
}

/** Forty messages: in the page near the window, else a space of their height. */
export function LogChunk(props: LogChunkProps) {
  const { chunk, last } = props;
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(last);
  useEffect(() => {
    const element = box.current;
    if (!element || last) return;
    const watch = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { root: element.closest(".log-scroll"), rootMargin: AHEAD },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [last]);
  const shown = near || last;
  useLayoutEffect(() => {
    if (shown && box.current) heights.set(chunk, box.current.offsetHeight);
  });
  const height = heights.get(chunk) ?? chunk.messages.length * LINE_HEIGHT;
  return (
    <div
      ref={box}
      class="log-chunk"
      data-chunk={chunk.index * CHUNK}
      style={shown ? { height: "" } : { height: `${height}px` }}
    >
      {shown && <Lines {...props} />}
    </div>
  );
}

const minuteOf = (one: MessageView): number => Math.floor(one.at / 60);

function Lines({ chunk, contact, unfolded, card, cardAt }: LogChunkProps) {
  let before = chunk.before;
  const bare = saysNothing(contact);
  return (
    <>
      {chunk.messages.map((one, index) => {
        const previous = before;
        const next = chunk.messages[index + 1];
        before = one;
        const newDay = !previous || dayKey(previous.at) !== dayKey(one.at);
        const folded = ofBot(contact, one) && !unfolded && !bare;
        return (
          <>
            {newDay && (!folded || one.seq === cardAt) && <div class="day">{longDay(one.at)}</div>}
            {one.seq === cardAt && card}
            {!folded && (
              <Message
                key={one.seq}
                message={one}
                contact={contact}
                same={!newDay && continues(one, previous)}
                timed={!next || !continues(next, one) || minuteOf(next) !== minuteOf(one)}
              />
            )}
          </>
        );
      })}
    </>
  );
}
