/** The flow that is open: its document as typed, saved by itself, and what the hub thinks of it. */
import { computed, signal } from "@preact/signals";
import { lang } from "../../i18n/index.ts";
import { HttpProblem, http } from "../../lib/http.ts";
import { may } from "../frame/session.ts";
import { at, freshId, nodesOf, put, without } from "./document.ts";
import type {
  CallLine,
  Change,
  Draft,
  Fields,
  FlowList,
  FlowView,
  Kind,
  Look,
  Path,
  Plain,
  Problem,
} from "./types.ts";

export type Saving = "saved" | "waiting" | "saving" | "failed" | "conflict";

const SAVE_AFTER_MS = 600;
const UNDO_MOST = 50;

export const listed = signal<FlowList | null>(null);
export const failed = signal(false);
export const flow = signal<FlowView | null>(null);
export const document_ = signal<Fields>({});
export const look = signal<Look | null>(null);
/** The step whose form is shown; empty: the flow's own. */
export const chosen = signal("");
export const saving = signal<Saving>("saved");
export const tongue = signal<"en" | "zh">(lang.value === "zh" ? "zh" : "en");
const revision = signal(0);
const basedOn = signal(0);
const before = signal<Fields[]>([]);
/** What is known of the draft beside its words; null: none, or changed since it was loaded. */
export const draft = signal<Draft | null>(null);

/** Who may only read, compare, listen and publish what others wrote. */
export const mayWrite = computed(() => may("manage_setup"));

export const canUndo = computed(() => before.value.length > 0);
export const hasDraft = computed(() => revision.value > 0);
export const problems = computed<Problem[]>(() => look.value?.problems ?? []);
export const vocabulary = computed(() => listed.value?.vocabulary ?? null);
export const isReady = computed(
  () => hasDraft.value && saving.value === "saved" && problems.value.length === 0,
);
/** Nothing of this name was ever in force. */
export const isNew = computed(() => flow.value?.version === 0);
/** The next act towards callers: hand the draft in, publish it, or wait for somebody else. */
export const nextStep = computed<"hand_in" | "publish" | "wait" | null>(() => {
  if (flow.value && !flow.value.second_person) return mayWrite.value ? "publish" : null;
  if (draft.value?.asked) return draft.value.is_own ? "wait" : "publish";
  return mayWrite.value ? "hand_in" : null;
});

const pathOf = (act = ""): string =>
  `/api/flows/${encodeURIComponent(flow.value?.name ?? "")}${act && `/${act}`}`;

export const kindOf = (id: string): Kind | null => {
  const kind = at(document_.value, ["nodes", id, "kind"]);
  return vocabulary.value?.kinds.find((one) => one.kind === kind) ?? null;
};

export async function load(name?: string): Promise<void> {
  try {
    listed.value = await http<FlowList>("GET", "/api/flows");
    const wanted = name ?? flow.value?.name ?? listed.value.flows[0]?.name;
    if (wanted) show(await http<FlowView>("GET", `/api/flows/${encodeURIComponent(wanted)}`));
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

function show(found: FlowView): void {
  clearTimeout(timer);
  flow.value = found;
  document_.value = found.document;
  look.value = found.look;
  draft.value = found.draft;
  revision.value = found.draft?.revision ?? 0;
  basedOn.value = found.draft?.based_on ?? found.version;
  before.value = [];
  saving.value = "saved";
  if (!(chosen.value in nodesOf(found.document))) chosen.value = "";
}

// -- changing -----------------------------------------------------------------------------------

let timer = 0;

export function change(next: Fields): void {
  if (!mayWrite.value) return;
  before.value = [...before.value.slice(-UNDO_MOST + 1), document_.value];
  keep(next);
}

export const set = (path: Path, value: Plain | undefined): void =>
  change(put(document_.value, path, value) as Fields);

export function undo(): void {
  const last = before.value.at(-1);
  if (!last) return;
  before.value = before.value.slice(0, -1);
  if (!(chosen.value in nodesOf(last))) chosen.value = "";
  keep(last);
}

export function addStep(kind: Kind): void {
  const id = freshId(document_.value, kind.kind);
  const step = { kind: kind.kind, name: { en: kind.name.en, zh: kind.name.zh } };
  const next = put(document_.value, ["nodes", id], step) as Fields;
  // The first step of a new flow is where it begins.
  change(document_.value["start"] ? next : { ...next, start: id });
  chosen.value = id;
}

export function copyStep(id: string): void {
  const copy = freshId(document_.value, id.replace(/_\d+$/, ""));
  set(["nodes", copy], at(document_.value, ["nodes", id]));
  chosen.value = copy;
}

export function removeStep(id: string): void {
  chosen.value = "";
  change(without(document_.value, id));
}

function keep(next: Fields): void {
  document_.value = next;
  if (saving.value === "conflict") return;
  if (saving.value !== "saving") saving.value = "waiting";
  clearTimeout(timer);
  timer = window.setTimeout(() => void save(), SAVE_AFTER_MS);
}

/** Keep the draft at the hub; what is typed meanwhile is kept after it. */
export async function save(): Promise<void> {
  if (saving.value === "saving" || saving.value === "conflict") return;
  clearTimeout(timer);
  saving.value = "saving";
  const sent = document_.value;
  const body = { document: sent, revision: revision.value, based_on: basedOn.value };
  try {
    const saved = await http<{ revision: number; look: Look }>("POST", pathOf("draft"), body);
    revision.value = saved.revision;
    // What was handed in is a draft again; what was sent back stays in sight until the next time.
    if (draft.value?.asked) draft.value = { ...draft.value, asked: null };
    look.value = saved.look;
    saving.value = "saved";
    if (document_.value !== sent) keep(document_.value);
  } catch (problem) {
    const isTaken = problem instanceof HttpProblem && problem.code === "draft_changed";
    saving.value = isTaken ? "conflict" : "failed";
  }
}

// -- acts ---------------------------------------------------------------------------------------

export async function discard(): Promise<void> {
  const gone = isNew.value;
  await http("POST", pathOf("discard"), { revision: revision.value });
  if (gone) flow.value = null;
  await load();
}

export const documentOf = async (name: string): Promise<Fields> =>
  (await http<FlowView>("GET", `/api/flows/${encodeURIComponent(name)}`)).document;

export async function begin(name: string, document: Fields): Promise<void> {
  await http("POST", "/api/flows", { name, document });
  chosen.value = "";
  await load(name);
}

/** Another name; only what was never published has it changed. */
export async function rename(to: string): Promise<void> {
  await http("POST", pathOf("rename"), { to, revision: revision.value });
  await load(to);
}

export async function readFile(text: string): Promise<Fields> {
  return (await http<{ document: Fields }>("POST", "/api/flows/read", { text })).document;
}

export async function handIn(why: string): Promise<void> {
  await http("POST", pathOf("hand-in"), { revision: revision.value, why });
  await load();
}

export async function sendBack(why: string): Promise<void> {
  await http("POST", pathOf("send-back"), { revision: revision.value, why });
  await load();
}

export const fileOf = (version?: number): string =>
  pathOf(version === undefined ? "file" : `versions/${version}/file`);

export async function publish(why: string): Promise<number> {
  const body = { revision: revision.value, why };
  const { version } = await http<{ version: number }>("POST", pathOf("publish"), body);
  await load();
  return version;
}

export async function rollBack(version: number, why: string): Promise<number> {
  const body = { version, why };
  const done = await http<{ version: number }>("POST", pathOf("roll-back"), body);
  await load();
  return done.version;
}

export async function compare(version: number): Promise<Change[]> {
  const body = { document: document_.value, version };
  return (await http<{ changes: Change[] }>("POST", pathOf("compare"), body)).changes;
}

export interface Script {
  caller: string;
  keys: string[];
  language: "en" | "zh";
  closed: boolean;
}

export async function call(script: Script): Promise<CallLine[]> {
  const body = { document: document_.value, ...script };
  return (await http<{ lines: CallLine[] }>("POST", pathOf("call"), body)).lines;
}
