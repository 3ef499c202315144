/** Who speaks: the bank's word, a token kept from before, or nobody yet. */

import type { Lang, ToHub } from "./frames.ts";
import { GUEST, Memory, markOf, type Store } from "./memory.ts";

export type Word = string | null;
/** The bank's signed word for who is signed in: a text, or a way to a fresh one. */
export type WordSource = Word | (() => Word | Promise<Word>);

export class Identity {
  memory: Memory;
  readonly #widget: string;
  readonly #source: () => WordSource;
  readonly #store: Store;
  #word: Word = null;
  /** The token of the guest who has just signed in: the talk goes on as the customer's. */
  #guest = "";
  #isGuest = false;
  #isSettled = false;
  #used = "";
  #doubted = "";

  constructor(widget: string, source: () => WordSource, store: Store) {
    this.#widget = widget;
    this.#source = source;
    this.#store = store;
    this.memory = new Memory(store, widget, GUEST);
  }

  /** Ask the bank's page who is there; true when it is somebody else than before. */
  async settle(): Promise<boolean> {
    try {
      const source = this.#source();
      this.#word = typeof source === "function" ? await source() : source;
    } catch {
      // The bank's page could not say; who was known before stays so.
    }
    const who = this.#word && !this.#isGuest ? markOf(this.#word) : GUEST;
    const before = this.memory;
    if (who !== before.who) {
      this.memory = new Memory(this.#store, this.#widget, who);
      if (before.who === GUEST) {
        this.#guest = before.get("resume");
        before.unsent().forEach((one) => this.memory.keep(one));
      }
    }
    // Browsers are shared: of anybody else nothing stays behind. Only who comes or changes says
    // so: a tab that stands open with an older page must not undo what a newer one knows.
    if (!this.#isSettled || who !== before.who) this.memory.forget(true);
    this.#isSettled = true;
    return who !== before.who;
  }

  hello(lang: Lang, conversation: string, cursor: number): ToHub {
    // Read anew each time: another tab may have been given a newer one.
    this.#used = this.memory.get("resume");
    const word = this.#isGuest ? null : this.#word;
    const proof = this.#used
      ? { resume: this.#used }
      : word
        ? { token: word, ...(this.#guest && { resume: this.#guest }) }
        : {};
    return {
      type: "hello",
      widget: this.#widget,
      lang,
      ...proof,
      ...(conversation && { conversation, cursor }),
    };
  }

  /** What to do about a refused hello, after taking back what was refused. */
  refused(code: string): "again" | "guest" | "later" {
    if (code === "bad_resume") {
      // A newer one may be on its way to another tab: only a second no is believed.
      if (this.#doubted !== this.#used) this.#doubted = this.#used;
      else this.memory.set("resume", "");
      return this.memory.get("resume") ? "later" : "again";
    }
    if (this.#isGuest || !/^token_|^guests_/.test(code)) return "later";
    this.#isGuest = true;
    return "guest";
  }
}
