/** What the page of the assistant is sent: twins of `agent_console/http/assistant_shapes.py`. */
import type { Both, Lang } from "../../contract.ts";
import type { Draft as Standing, Version } from "../publishing/types.ts";

export interface Sentence {
  text: string;
  intent: string;
  language: Lang;
}

export interface Draft extends Standing {
  revision: number;
  based_on: number;
  at: number;
  by: Both | null;
  /** The model these sentences give. */
  model: string;
  is_trained: boolean;
}

export interface Progress {
  state: "none" | "working" | "done" | "failed";
  done: number;
  of: number;
  version: string;
  seconds: number;
}

export interface View {
  engine: string;
  intents: string[];
  model: { version: string; by: string; number: number };
  number: number;
  sentences: Sentence[];
  draft: Draft | null;
  versions: Version[];
  progress: Progress;
  second_person: boolean;
}

export interface Doubt {
  key: string;
  said: string;
  answer: string;
  note: string;
  language: Lang;
  channel: string;
  times: number;
  last_at: number;
  /** Who reported it; null: nobody, it was noticed. */
  by: Both | null;
}

export interface Group {
  kind: "missed" | "outside" | "unsure" | "wrong";
  intent: string;
  probability: number;
  engine: string;
  times: number;
  last_at: number;
  doubts: Doubt[];
}

export interface Tried {
  ranking: Array<[string, number]>;
  is_known: boolean;
  by: "" | "ngrams" | "both" | "rasa";
  blanks: Record<string, string>;
}

export interface Confusion {
  is: string;
  taken_for: string;
  times: number;
}

export interface Measured {
  version: string;
  sentences: number;
  trained_at: number;
  train_seconds: number;
  examples: number;
  accuracy: number;
  calibration_error: number;
  rejected: number | null;
  false_rejections: number | null;
  confusions: Confusion[];
}

export interface Change {
  text: string;
  intent: string;
  /** Empty: taken for none of our matters. */
  before: string;
  after: string;
  is_better: boolean;
  is_worse: boolean;
}

export interface Comparison {
  before: Measured | null;
  after: Measured | null;
  changes: Change[];
}

export interface Topic {
  intent: string;
  contacts: number;
  contained: number;
  handed_over: number;
  solved: number;
  repeated: number;
  pending: number;
  unsure: number;
}
