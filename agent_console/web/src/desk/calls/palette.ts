/** Calls from the palette: "call 9123 4567", "call Lin"; a number alone is enough. */
import { useEffect, useState } from "preact/hooks";
import { http, HttpProblem } from "../../lib/http.ts";
import { setup } from "../model/store.ts";
import { nameOf, type Candidate, type Found } from "../views/customers/model.ts";
import { askToDial } from "./DialDialog.tsx";
import { t } from "./texts.ts";

export interface Entry {
  id: string;
  label: string;
  /** What tells two of the same name apart. */
  about: string;
  run: () => void;
}

export interface Wish {
  /** A number as it was typed; empty: none. */
  number: string;
  /** Words of a customer; empty: none. A search counts, so it must be asked for. */
  words: string;
}

const VERB = /^(?:call|dial|拨打|呼叫|打给|致电)\s*/i;
const NUMBER = /^\+?[\d\s()-]+$/;
const DIGITS_LEAST = 3;
const WAIT_MS = 300;
const SHOWN_MOST = 5;

/** What somebody who typed this may want to call. */
export function wishOf(typed: string): Wish {
  const verb = VERB.exec(typed.trimStart());
  const rest = typed.trimStart().slice(verb?.[0].length ?? 0).trim();
  const digits = rest.replace(/\D/g, "").length;
  if (NUMBER.test(rest)) return { number: digits >= DIGITS_LEAST ? rest : "", words: "" };
  return { number: "", words: verb && rest.length > 1 ? rest : "" };
}

type Search = readonly Candidate[] | "loading" | "failed" | "too_many";

export interface Offered {
  entries: readonly Entry[];
  /** How the search stands; empty: nothing is looked for. */
  said: string;
  canDial: boolean;
}

/** What the palette offers to call. */
export function useCalls(typed: string): Offered {
  const canDial = (setup.value?.calls?.numbers.length ?? 0) > 0;
  const { number, words } = canDial ? wishOf(typed) : { number: "", words: "" };
  const found = useCustomers(words);
  if (number) {
    const run = (): void => askToDial({ number });
    const entry = { id: "number", label: t("call_this", { name: number }), about: "", run };
    return { entries: [entry], said: "", canDial };
  }
  if (!words) return { entries: [], said: "", canDial };
  if (typeof found === "string") return { entries: [], said: t(`finding_${found}`), canDial };
  return { entries: found.map(entryOf), said: found.length ? "" : t("finding_none"), canDial };
}

function useCustomers(words: string): Search {
  const [found, setFound] = useState<Search>("loading");
  useEffect(() => {
    if (!words) return;
    let isCurrent = true;
    setFound("loading");
    const timer = setTimeout(() => {
      void search(words).then((now) => isCurrent && setFound(now));
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [words]);
  return found;
}

async function search(words: string): Promise<Search> {
  try {
    const { customers } = await http<Found>("POST", "/api/customers/search", { words });
    return customers.slice(0, SHOWN_MOST);
  } catch (problem) {
    const code = problem instanceof HttpProblem ? problem.code : "";
    if (code === "words_needed") return [];
    return code === "too_many_searches" ? "too_many" : "failed";
  }
}

function entryOf(one: Candidate): Entry {
  const name = nameOf(one);
  const goal = one.contact_id ? { contact_id: one.contact_id } : { customer_id: one.id };
  return {
    id: one.id,
    label: t("call_this", { name }),
    about: one.number,
    run: () => askToDial({ ...goal, name }),
  };
}
