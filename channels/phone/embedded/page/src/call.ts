/** One caller and their call: what the hub tells becomes what the page shows. */
import { batch, signal } from "@preact/signals";
import type { Both, Choice, FromHub, Lang, State } from "./frames.ts";
import type { Line } from "./line.ts";
import { Link } from "./link.ts";

export type Phase = "idle" | "connecting" | State["phase"];

export interface Caption {
  id: number;
  text: string;
  lang: Lang;
}

export interface Keys {
  most: number;
  sensitive: boolean;
  choices: readonly Choice[];
}

export interface Facts {
  number: string;
  may_name_number: boolean;
  /** Key that asks for a callback while waiting; empty: none does. */
  callback_key: string;
  waits: readonly Wait[];
}

/** How it is with a matter before the call. */
export interface Wait {
  queue: string;
  name: Both;
  is_open: boolean;
  /** Whether somebody is at the phone for it. */
  is_staffed: boolean;
  /** UTC epoch seconds; null: open, or it never opens. */
  opens_at: number | null;
  /** null: nobody can tell. */
  wait_seconds: number | null;
}

/** The bank's word for who is signed in, given in the address behind `#`. */
export interface Word {
  widget: string;
  token: string;
}

const CAPTIONS_KEPT = 30;
const AHEAD_MOST = 12;
const NO_KEYS: Keys = { most: 0, sensitive: false, choices: [] };

export class Call {
  readonly phase = signal<Phase>("idle");
  readonly state = signal<State | null>(null);
  readonly captions = signal<readonly Caption[]>([]);
  readonly music = signal(false);
  readonly keys = signal<Keys>(NO_KEYS);
  /** How many keys were pressed for what is asked now. */
  readonly typed = signal(0);
  /** Keys pressed before the call: each question takes its own; a secret is never among them. */
  readonly ahead = signal("");
  readonly muted = signal(false);
  readonly isWeak = signal(false);
  readonly isBroken = signal(false);
  /** Code of what went wrong, until the next try. */
  readonly problem = signal("");
  readonly since = signal(0);
  readonly seconds = signal(0);
  private id = "";
  private number = "";
  private wants = "";
  private from = "";
  private answerTo: "call" | "resume" = "call";
  private readonly link: Link;

  constructor(
    url: string,
    private readonly line: Line,
    private readonly lang: () => Lang,
    private readonly visitor: string,
    private word: Word | null,
    makeLink: (url: string, events: ConstructorParameters<typeof Link>[1]) => Link = (u, e) =>
      new Link(u, e),
  ) {
    this.link = makeLink(url, {
      opened: () => this.hello(),
      frame: (frame) => this.hear(frame),
      lost: () => (this.isBroken.value = true),
    });
    line.onBroken = () => void this.mend();
  }

  /** Call the bank; the browser asks for the microphone first. */
  async begin(number: string, wants: string, from: string, deviceId: string): Promise<void> {
    batch(() => {
      this.phase.value = "connecting";
      this.problem.value = "";
      this.captions.value = [];
      this.state.value = null;
      this.isWeak.value = this.isBroken.value = this.music.value = false;
    });
    this.number = number;
    this.wants = wants;
    this.from = from;
    this.id = newId();
    this.answerTo = "call";
    try {
      await this.line.open(deviceId);
    } catch {
      this.fail("no_microphone");
      return;
    }
    this.link.start();
  }

  pressAhead(key: string): void {
    this.ahead.value = (this.ahead.value + key).slice(0, AHEAD_MOST);
  }

  takeBack(): void {
    this.ahead.value = this.ahead.value.slice(0, -1);
  }

  press(key: string): void {
    if (this.link.send({ type: "digits", digits: key })) this.typed.value += 1;
  }

  mute(on: boolean): void {
    this.muted.value = on;
    this.line.mute(on);
  }

  hangUp(): void {
    this.link.send({ type: "hang_up" });
    this.end();
  }

  private hello(): void {
    const { word } = this;
    this.word = null; // good for one hello
    this.link.send({
      type: "hello",
      as: "caller",
      lang: this.lang(),
      visitor: this.visitor,
      ...(word ?? {}),
      ...(this.from ? { from: this.from } : {}),
    });
  }

  private hear(frame: FromHub): void {
    switch (frame.type) {
      case "welcome":
        this.link.settled();
        this.isBroken.value = false;
        return void this.offer();
      case "answer":
        this.answerTo = "resume";
        return void this.line.answered(frame.sdp);
      case "leg":
        if (frame.state === "ended") return this.end(frame.cause);
        if (!this.since.value) this.since.value = Date.now();
        return;
      case "state":
        return this.moved(frame);
      case "caption":
        this.music.value = false;
        return this.caption(frame.text, frame.lang);
      case "music":
        this.music.value = frame.on;
        return;
      case "keys":
        return this.ask(frame);
      case "quality":
        this.isWeak.value = frame.mos < 3.2;
        return;
      case "refused":
        return this.refused(frame.code);
    }
  }

  private moved(frame: FromHub & { type: "state" }): void {
    if (frame.phase === "ended") return this.end();
    batch(() => {
      // A person answers: what the menu said is over.
      if (frame.phase === "call" && this.phase.value !== "call") this.captions.value = [];
      this.state.value = frame;
      this.phase.value = frame.phase;
    });
  }

  private ask(keys: Keys): void {
    batch(() => {
      this.keys.value = keys;
      this.typed.value = 0;
    });
    this.sendAhead(keys);
  }

  private sendAhead({ most, sensitive }: Keys): void {
    if (most === 0) return;
    const [now, later] = [this.ahead.value.slice(0, most), this.ahead.value.slice(most)];
    this.ahead.value = sensitive ? "" : later;
    if (!sensitive) for (const key of now) this.press(key);
  }

  private caption(text: string, lang: Lang): void {
    const last = this.captions.value.at(-1);
    const next = { id: (last?.id ?? 0) + 1, text, lang };
    this.captions.value = [...this.captions.value, next].slice(-CAPTIONS_KEPT);
  }

  private async offer(): Promise<void> {
    const sdp = await this.line.offer();
    const { id, number, wants } = this;
    if (this.answerTo === "call") this.link.send({ type: "call", id, sdp, number, wants });
    else this.link.send({ type: "resume", id, sdp });
  }

  /** The network changed: a new connection on the same call. */
  private async mend(): Promise<void> {
    if (this.phase.value === "idle" || this.phase.value === "ended") return;
    this.isBroken.value = true;
    await this.offer();
    this.isBroken.value = false;
  }

  private refused(code: string): void {
    if (code === "no_call" && this.phase.value !== "connecting") this.end("lost");
    else if (this.phase.value === "connecting") this.fail(code);
  }

  private fail(code: string): void {
    this.close();
    batch(() => {
      this.problem.value = code;
      this.phase.value = "idle";
    });
  }

  private end(cause = "hung_up"): void {
    if (this.phase.value === "ended" || this.phase.value === "idle") return;
    const began = this.since.value;
    this.close();
    batch(() => {
      this.seconds.value = began ? Math.round((Date.now() - began) / 1000) : 0;
      this.problem.value = cause === "hung_up" ? "" : cause;
      this.phase.value = "ended";
    });
  }

  private close(): void {
    this.line.close();
    this.link.stop();
    batch(() => {
      this.since.value = 0;
      this.keys.value = NO_KEYS;
      this.ahead.value = "";
      this.muted.value = false;
    });
    this.line.mute(false);
  }
}

export function newId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
