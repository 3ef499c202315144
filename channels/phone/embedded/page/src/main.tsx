import { render } from "preact";
import { App } from "./App.tsx";
import { Call, type Facts, type Word } from "./call.ts";
import { Line } from "./line.ts";
import { facts, isSignedIn, lang, now, setLang, visitor } from "./page.ts";
import "./styles.css";
import "./calling.css";

/** The bank's word stands behind `#`, which no server sees; it is taken out of the address. */
function takeWord(): Word | null {
  const given = new URLSearchParams(location.hash.slice(1));
  const [widget, token] = [given.get("widget"), given.get("word")];
  if (!widget || !token) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return { widget, token };
}

const word = takeWord();
isSignedIn.value = word !== null;
const line = new Line();
const address = new URL("/phone/socket", location.href);
address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
const call = new Call(address.href, line, () => lang.value, visitor(), word);
setLang(lang.value);
setInterval(() => (now.value = Date.now()), 1000);
render(<App call={call} line={line} />, document.body);

const FACTS_EVERY_MS = 30_000;

async function learnFacts(): Promise<void> {
  const answer = await fetch("/call/facts").catch(() => null);
  if (answer?.ok) facts.value = (await answer.json()) as Facts;
  else if (!facts.value.number) call.problem.value = "engine_away";
}

await learnFacts();
// The wait changes; what is shown to who rests on the page is never older than this.
setInterval(() => void (call.phase.value === "idle" && learnFacts()), FACTS_EVERY_MS);
