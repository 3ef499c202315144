/** The scrolling of the log: the end stays at the end, reading is never pushed away. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { useKeepPlace } from "../../ui/index.ts";
import { older } from "../model/older.ts";
import { atEnd } from "../model/seen.ts";

const NEAR_END = 60;
const NEAR_TOP = 400;

interface Ends {
  first: number;
  last: number;
  /** Changes with all else that makes the end longer: echoes, typing, unfolding. */
  tail: string;
}

export function useScroll(contact: ContactView, { first, last, tail }: Ends) {
  const scroller = useRef<HTMLDivElement>(null);
  const [missed, setMissed] = useState(0);
  const read = useRef(last);
  const toEnd = (): void => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  };
  const follow = (): void => {
    read.current = last;
    setMissed(0);
  };
  useKeepPlace(scroller, first);
  useLayoutEffect(() => {
    if (!atEnd.peek()) {
      setMissed(Math.max(0, last - read.current));
      return;
    }
    toEnd();
    follow();
  }, [last, tail]);
  useEndWatch(scroller, toEnd);
  const onScroll = (): void => {
    const box = scroller.current;
    if (!box) return;
    atEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    if (atEnd.value) follow();
    if (box.scrollTop < NEAR_TOP) void older.load(contact.conversation_id);
  };
  return { scroller, onScroll, toEnd, missed };
}

type Box = { current: HTMLDivElement | null };

/** Chunks get their real height when they are shown: stay at the end if we were there. */
function useEndWatch(scroller: Box, toEnd: () => void): void {
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
