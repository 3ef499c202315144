/** The assistant as it is taught: doubts, sentences, training, comparison, versions. */
import { computed, signal } from "@preact/signals";
import { http, HttpProblem } from "../../lib/http.ts";
import { may } from "../frame/session.ts";
import type { Comparison, Group, Progress, Sentence, Topic, Tried, View } from "./types.ts";

const ROOT = "/api/assistant";
const LOOK_AFTER_MS = 700;
/** While a hub that has just started trains, or takes what was published a moment ago. */
const SETTLES_MS = 2000;
export const OUT_OF_SCOPE = "out_of_scope";

export type TabId = "doubts" | "taught" | "compare" | "rates";
export type Dialog = "hand_in" | "publish" | "send_back" | "versions" | "discard" | "add";

export const view = signal<View | null>(null);
export const failed = signal(false);
/** Only the menu answers customers: there is no assistant to teach. */
export const absent = signal(false);
export const groups = signal<Group[] | null>(null);
export const keptDays = signal(0);
export const comparison = signal<Comparison | null>(null);
export const topics = signal<Topic[] | null>(null);
export const days = signal(28);
export const tab = signal<TabId>("doubts");
export const dialog = signal<Dialog | null>(null);
export const closeDialog = (): void => void (dialog.value = null);

/** Who may only read, try, compare and publish what others taught. */
export const mayWrite = computed(() => may("manage_setup"));
export const draft = computed(() => view.value?.draft ?? null);
export const isTraining = computed(() => view.value?.progress.state === "working");
/** The next act towards customers. */
export const nextStep = computed<"train" | "hand_in" | "publish" | "wait" | null>(() => {
  const one = draft.value;
  if (!one) return null;
  if (one.asked) return one.is_own && view.value?.second_person ? "wait" : "publish";
  if (!mayWrite.value) return null;
  if (!one.is_trained) return "train";
  return view.value?.second_person ? "hand_in" : "publish";
});

/** Whether the model that answers is the one of the sentences in force. */
export const isSettled = ({ model, number }: View): boolean =>
  model.version !== "" && model.number === number;

export async function load(): Promise<void> {
  try {
    view.value = await http<View>("GET", ROOT);
    failed.value = false;
    if (isTraining.value) follow();
    else if (!isSettled(view.value)) setTimeout(() => void load(), SETTLES_MS);
  } catch (problem) {
    absent.value = problem instanceof HttpProblem && problem.status === 404;
    failed.value = true;
  }
}

export async function loadDoubts(): Promise<void> {
  const found = await http<{ groups: Group[]; kept_days: number }>("GET", `${ROOT}/doubts`);
  groups.value = found.groups;
  keptDays.value = found.kept_days;
}

export async function loadComparison(): Promise<void> {
  comparison.value = await http<Comparison>("GET", `${ROOT}/comparison`);
}

export async function loadRates(): Promise<void> {
  const found = await http<{ topics: Topic[] }>("GET", `${ROOT}/rates?days=${days.value}`);
  topics.value = found.topics;
}

/** Keep the sentences at the hub; `taught` are the doubts they come from. */
export async function keep(sentences: Sentence[], taught: string[] = []): Promise<void> {
  const here = view.value!;
  const { revision, based_on } = draft.value ?? { revision: 0, based_on: here.number };
  await http("POST", `${ROOT}/draft`, { sentences, revision, based_on, taught });
  comparison.value = null;
  await load();
}

export async function teach(chosen: Sentence[], keys: string[]): Promise<void> {
  const known = new Set(view.value!.sentences.map((one) => one.text));
  const fresh = chosen.filter((one) => !known.has(one.text));
  await keep([...view.value!.sentences, ...fresh], keys);
  settled(keys);
}

export async function ignore(keys: string[]): Promise<void> {
  await http("POST", `${ROOT}/ignore`, { keys });
  settled(keys);
}

/** Take what is settled out of sight without grouping all anew. */
function settled(keys: readonly string[]): void {
  const gone = new Set(keys);
  groups.value = (groups.value ?? [])
    .map((one) => ({ ...one, doubts: one.doubts.filter(({ key }) => !gone.has(key)) }))
    .filter((one) => one.doubts.length > 0);
}

export const forget = async (gone: Sentence): Promise<void> =>
  await keep(view.value!.sentences.filter((one) => one !== gone));

export async function tryOut(text: string, version: string): Promise<Tried> {
  return await http<Tried>("POST", `${ROOT}/try`, { text, version });
}

// -- acts ---------------------------------------------------------------------------------------

export async function train(): Promise<void> {
  await http("POST", `${ROOT}/train`, { revision: draft.value?.revision ?? 0 });
  comparison.value = null;
  follow();
}

let looking = false;

/** Look how far the training is until it is over, wherever it runs. */
function follow(): void {
  if (looking) return;
  looking = true;
  const look = async (): Promise<void> => {
    const found = await http<Progress>("GET", `${ROOT}/progress`).catch(() => null);
    if (found && view.value) view.value = { ...view.value, progress: found };
    if (found?.state === "working" || found === null) {
      setTimeout(() => void look(), LOOK_AFTER_MS);
      return;
    }
    looking = false;
    await load();
    if (found.state === "done") await loadComparison();
  };
  void look();
}

export async function act(what: "hand-in" | "send-back" | "publish", why: string): Promise<void> {
  await http("POST", `${ROOT}/${what}`, { revision: draft.value?.revision ?? 0, why });
  await load();
}

export async function rollBack(version: number, why: string): Promise<void> {
  await http("POST", `${ROOT}/roll-back`, { version, why });
  await load();
}

export async function discard(): Promise<void> {
  await http("POST", `${ROOT}/discard`, { revision: draft.value?.revision ?? 0 });
  comparison.value = null;
  await load();
}

export const fileOf = (language: "en" | "zh"): string => `${ROOT}/file?language=${language}`;
