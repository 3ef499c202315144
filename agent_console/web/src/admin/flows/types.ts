/** The JSON of /api/flows, twin of `agent_console/http/flows.py` and `ivr/editor.py`. */
import type { Both } from "../../contract.ts";
import type { Draft as Standing, Version } from "../publishing/types.ts";

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };
export type Fields = { [key: string]: Plain };
export type Path = ReadonlyArray<string>;

export interface FieldSpec {
  field: string;
  name: Both;
  holds: string;
  must: boolean;
  default: string | number | boolean | null;
  least: number;
  most: number;
  options: Array<{ id: string; name: Both }>;
  fields: FieldSpec[];
}

export interface Kind {
  kind: string;
  name: Both;
  fields: FieldSpec[];
}

export interface Vocabulary {
  flow: FieldSpec[];
  kinds: Kind[];
  queues: Array<{ id: string; name: Both }>;
  flows: string[];
  recordings: string[];
  errands: Array<{
    id: string;
    name: Both;
    takes: string[];
    answers: string[];
    is_secret: boolean;
  }>;
}

export interface Problem {
  code: string;
  node: string;
  at: string[];
  what: Both;
  remedy: Both;
}

export interface Way {
  target: string;
  key: string;
  word: Both;
  field: string;
}

export interface Step {
  id: string;
  kind: string;
  name: Both;
  about: Both;
  x: number;
  y: number;
  height: number;
  is_reached: boolean;
  asks: boolean;
  ends: boolean;
  rows: Way[];
}

export interface Line extends Way {
  source: string;
  path: string;
  x: number;
  y: number;
  is_told: boolean;
}

export interface Look {
  problems: Problem[];
  picture: { width: number; height: number; step_width: number; steps: Step[]; lines: Line[] };
}

export interface FlowView {
  name: string;
  document: Fields;
  version: number;
  draft: Draft | null;
  versions: Version[];
  look: Look;
  /** Somebody else publishes what one person wrote. */
  second_person: boolean;
}

export interface Draft extends Standing {
  revision: number;
  based_on: number;
  at: number;
  by: Both | null;
}

export interface FlowRow {
  name: string;
  label: Partial<Both>;
  version: number;
  has_draft: boolean;
  is_handed_in: boolean;
}

export interface FlowList {
  flows: FlowRow[];
  vocabulary: Vocabulary;
}

export interface Change {
  what: "added" | "removed" | "changed";
  node: string;
  at: string[];
  before: string;
  after: string;
}

export interface CallLine {
  who: "flow" | "caller" | "hub" | "end";
  text: string;
  node: string;
}
