/** One visitor's chat: joins socket, state, outbox and memory. It shows nothing itself. */

import { Errands } from "./errands.ts";
import type { FromHub, Lang, ToHub, Words } from "./frames.ts";
import { Identity, type WordSource } from "./hello.ts";
import { Link } from "./link.ts";
import {
  asMessage,
  change,
  isComplete,
  newIds,
  put,
  sendable,
  without,
  type Outbox,
  type Pending,
} from "./outbox.ts";
import { START, apply, isOpen, place, type State } from "./state.ts";
import type { TextKey } from "./texts.ts";
import { GUEST, openStore } from "./memory.ts";
import { upload } from "./upload.ts";

const BUSY_AGAIN_MS = 2_000;
const TYPING_MOST_MS = 8_000;
const TYPING_EVERY_MS = 3_000;
const ARTICLES_MOST = 8;
/** Refusals that pass by themselves: the same message is sent again. */
const PASSING = new Set(["busy", "unavailable", "internal"]);

export interface ChatOptions {
  widget: string;
  /** Where the hub is, without a slash at the end. */
  base: string;
  lang: Lang;
  word: () => WordSource;
  /** Something is to be shown anew. */
  changed: () => void;
}

export class Chat {
  state: State = START;
  outbox: Outbox = [];
  lang: Lang;
  /** What the customer should know about the chat itself. */
  notice: TextKey | "" = "";
  /** Since when there is no connection, ms; null while there is one. */
  lostAtMs: number | null = null;
  nextTryAtMs = 0;
  /** How the rating went. */
  rated: TextKey | "" = "";

  readonly #options: ChatOptions;
  readonly #identity: Identity;
  readonly #link: Link;
  readonly #errands = new Errands((command) => void this.#send(command));
  readonly #files = new Map<string, File>();
  readonly #newId = newIds();
  #isLive = false;
  #wantsGreeting = false;
  #read: string[] = []; // articles, until the hub has been told
  #seenTold = 0;
  #typingTold = 0;
  #agentTyping = 0;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.lang = options.lang;
    this.#identity = new Identity(options.widget, options.word, openStore());
    const url = `${options.base.replace(/^http/, "ws")}/chat/socket`;
    this.#link = new Link(url, {
      opened: () => void this.#hello(),
      frame: (frame) => this.#heard(frame),
      lost: (nextAtMs) => this.#lost(nextAtMs),
    });
  }

  get hub(): string {
    return this.#options.base;
  }

  get memory(): Identity["memory"] {
    return this.#identity.memory;
  }

  /** The last message the customer had before their eyes. */
  get readSeq(): number {
    return Number(this.memory.get("read"));
  }

  /** The survey that stands open was answered or skipped. */
  get isRated(): boolean {
    const { phase } = this.state;
    return (
      phase.phase === "rate" && (this.rated !== "" || this.memory.get("skipped") === phase.survey)
    );
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  /** The hub's clock, epoch seconds. */
  get now(): number {
    return Date.now() / 1000 + this.state.skewSeconds;
  }

  connect(): void {
    this.#link.start();
  }

  /** The page or the network is back. */
  wake(): void {
    this.#link.wake();
  }

  disconnect(): void {
    this.#link.stop();
    this.#isLive = false;
  }

  /** The panel was opened: connect, and let self-service greet where nobody talks yet. */
  begin(): void {
    this.connect();
    this.#wantsGreeting = true;
    this.#greetIfNew();
  }

  /** After these articles somebody is wanted who answers. */
  talk(read: string[]): void {
    this.#read = read;
    this.begin();
  }

  /** After the end: a new Contact in the same Conversation. */
  again(): void {
    this.rated = "";
    const articles = this.#read.splice(0, ARTICLES_MOST);
    void this.#command({ type: "begin", id: this.#newId(), ...(articles[0] && { articles }) });
  }

  say(text: string): void {
    this.#post({ type: "say", text });
  }

  choose(value: string, label: string): void {
    this.#post({ type: "choose", value, text: label });
  }

  attach(files: FileList | null | undefined): void {
    for (const file of files ?? []) this.#attach(file);
  }

  retry(id: string): void {
    const pending = this.outbox.find((one) => one.id === id);
    if (!pending) return;
    this.#update(id, { failed: "" });
    const file = this.#files.get(id);
    if (!isComplete(pending)) void this.#upload(id, file!);
    else {
      this.memory.keep(pending);
      if (this.#isLive) this.#send({ ...pending.words, id });
    }
  }

  remove(id: string): void {
    this.#settle(id);
    this.#options.changed();
  }

  leave(): void {
    void this.#command({ type: "leave", id: this.#newId() });
  }

  async rate(survey: string, score: number, tags: string[], comment: string): Promise<void> {
    try {
      await this.#errands.run({ type: "rate", id: this.#newId(), survey, score, tags, comment });
      this.rated = "thanks";
    } catch (error) {
      // Asked twice, or too late; else the form stays.
      if ((error as Error).message.startsWith("survey_")) this.rated = "rated_before";
      else this.notice = "failed";
    }
    this.#options.changed();
  }

  skip(survey: string): void {
    this.memory.set("skipped", survey);
    this.#options.changed();
  }

  older(): void {
    const first = this.state.messages[0];
    if (first) this.#send({ type: "more", before: first.seq });
  }

  /** Open a file, or the transcript, by a link made for this moment. */
  async openFile(fileId: string): Promise<void> {
    const ask = { type: "open" as const, id: this.#newId(), file_id: fileId };
    try {
      const { href } = await this.#errands.run<Extract<FromHub, { type: "link" }>>(ask);
      open(this.#options.base + href, "_blank", "noopener,noreferrer");
    } catch {
      this.notice = "failed";
      this.#options.changed();
    }
  }

  setLang(lang: Lang): void {
    this.lang = lang;
    if (this.#isLive) this.#send({ type: "language", lang });
    this.#options.changed();
  }

  /** The customer types; a "stopped" that is not told ends by itself. */
  typed(on: boolean): void {
    const now = Date.now();
    if (now - this.#typingTold < TYPING_EVERY_MS === on) return;
    this.#typingTold = on ? now : 0;
    if (this.#isLive && this.state.phase.phase === "agent") this.#send({ type: "typing", on });
  }

  /** The customer has this message before their eyes. */
  inSight(seq: number): void {
    if (seq > this.readSeq) this.memory.set("read", String(seq));
    if (seq <= this.#seenTold || !this.#isLive) return;
    this.#seenTold = seq;
    this.#send({ type: "seen", seq });
  }

  /** Sign-out: the tokens of this browser become worthless, its words vanish from it. */
  async forget(): Promise<void> {
    const told = this.#isLive
      ? this.#errands.run({ type: "forget", id: this.#newId() }).catch(() => undefined)
      : null;
    this.memory.forget();
    await told;
    this.disconnect();
    this.#clear();
  }

  /** The bank's page says who is there now: somebody else sees nothing of the talk before. */
  async reconsider(): Promise<void> {
    if (this.#isLive && (await this.#identity.settle())) this.#again();
  }

  /** Another tab wrote down what it did; signed out there is signed out here. */
  heardTab(): void {
    if (this.#isLive && !this.memory.get("resume")) this.#again();
    else this.#options.changed();
  }

  #again(): void {
    this.#isLive = false;
    this.#clear();
    this.#link.again();
  }

  #clear(): void {
    this.state = START;
    this.outbox = [];
    this.#options.changed();
  }

  async #hello(): Promise<void> {
    const before = this.memory;
    if (await this.#identity.settle()) {
      this.state = { ...START, files: this.state.files };
      // Words that were written before it was clear who speaks go along; a customer's do not.
      if (before.who !== GUEST) this.outbox = [];
    }
    this.#send(this.#identity.hello(this.lang, this.state.conversation, this.state.cursor));
  }

  #heard(frame: FromHub): void {
    this.state = apply(this.state, frame, Date.now() / 1000);
    if (frame.type === "welcome") this.#welcomed(frame.resume);
    else if (frame.type === "ack") this.#acknowledged(frame.id, frame.seq, frame.at);
    else if (frame.type === "msg" && frame.key) this.#settle(frame.key);
    else if (frame.type === "typing") this.#watchTyping(frame.on);
    else if (frame.type === "resync") this.#link.again();
    else if (!this.#errands.heard(frame) && frame.type === "refused")
      this.#refused(frame.id, frame.code);
    if (isOpen(this.state)) this.rated = "";
    this.#options.changed();
  }

  #welcomed(resume: string): void {
    this.memory.set("resume", resume);
    this.#link.settled();
    this.#isLive = true;
    this.lostAtMs = null;
    this.#seenTold = 0;
    for (const { key } of this.state.messages) if (key) this.#settle(key);
    for (const pending of this.memory.unsent())
      if (!this.outbox.some((one) => one.id === pending.id))
        this.outbox = put(this.outbox, pending);
    for (const { id, words } of sendable(this.outbox)) this.#send({ ...words, id });
    this.#greetIfNew();
  }

  #greetIfNew(): void {
    if (!this.#wantsGreeting || !this.#isLive) return;
    const isNew = this.state.phase.phase === "new" && !this.outbox.length;
    if (isNew || this.#read[0]) this.again();
  }

  #acknowledged(id: string, seq: number, at: number): void {
    const pending = this.outbox.find((one) => one.id === id);
    if (pending) this.state = place(this.state, asMessage(pending, seq, at));
    this.#settle(id);
  }

  #refused(id: string | null, code: string): void {
    const pending = this.outbox.find((one) => one.id === id);
    if (pending && PASSING.has(code)) setTimeout(() => this.retry(pending.id), BUSY_AGAIN_MS);
    else if (pending) this.#update(pending.id, { failed: code });
    else if (!this.#isLive) this.#refusedHello(code);
  }

  #refusedHello(code: string): void {
    const verdict = this.#identity.refused(code);
    if (verdict === "guest") this.notice = "guest";
    if (verdict === "later") this.#link.again();
    else void this.#hello();
  }

  #lost(nextAtMs: number): void {
    this.#isLive = false;
    this.lostAtMs ??= Date.now();
    this.nextTryAtMs = nextAtMs;
    this.#errands.lost();
    this.state = { ...this.state, typing: false };
    this.#options.changed();
  }

  #watchTyping(on: boolean): void {
    clearTimeout(this.#agentTyping);
    if (!on) return;
    this.#agentTyping = window.setTimeout(() => {
      this.state = { ...this.state, typing: false };
      this.#options.changed();
    }, TYPING_MOST_MS);
  }

  #attach(file: File): void {
    const failed = file.size > this.state.files.max_bytes ? "file_too_large" : "";
    const id = this.#newId();
    this.#files.set(id, file);
    const shown = { name: file.name, size: file.size };
    this.#keep({ id, at: this.now, words: { type: "file", file_id: "" }, file: shown, failed });
    if (!failed) this.retry(id);
  }

  async #upload(id: string, file: File): Promise<void> {
    this.#update(id, { progress: 0 });
    try {
      const ask = { type: "upload" as const, id: this.#newId() };
      const { ticket } = await this.#errands.run<Extract<FromHub, { type: "ticket" }>>(ask);
      const share = (progress: number): void => this.#update(id, { progress });
      const fileId = await upload(this.#options.base, ticket, file, share);
      this.#update(id, { words: { type: "file", file_id: fileId }, progress: undefined });
      this.retry(id);
    } catch (error) {
      this.#update(id, { failed: (error as Error).message, progress: undefined });
    }
  }

  #post(words: Words): void {
    this.connect();
    this.typed(false);
    const pending = { id: this.#newId(), at: this.now, words };
    this.#keep(pending);
    this.retry(pending.id);
  }

  #keep(pending: Pending): void {
    this.outbox = put(this.outbox, pending);
    this.#options.changed();
  }

  #update(id: string, news: Partial<Pending>): void {
    this.outbox = change(this.outbox, id, news);
    this.#options.changed();
  }

  #settle(id: string): void {
    this.outbox = without(this.outbox, id);
    this.memory.set(`out:${id}`, "");
    this.#files.delete(id);
  }

  async #command(command: Extract<ToHub, { id: string }>): Promise<void> {
    // What a lost or late command was to bring shows in the state that follows.
    await this.#errands.run(command).catch(() => undefined);
  }

  #send(frame: ToHub): boolean {
    return this.#link.send(frame);
  }
}
