/** `<bank-chat>`: the element a bank's page holds. See README.md for its attributes. */

import { Chat } from "./chat.ts";
import type { Lang } from "./frames.ts";
import type { WordSource } from "./hello.ts";
import type { Later } from "./later/kit.ts";
import { isKnown, openStore } from "./memory.ts";
import { unread } from "./state.ts";
import frame from "./frame.css?inline";
import talk from "./talk.css?inline";
import { text, type Say } from "./texts.ts";
import { panelOf } from "./view/panel.ts";
import { button, fill, h, hidden, icon, type Spec } from "./view/render.ts";
import type { Shown, Ui } from "./view/shown.ts";

const OPEN = "bank-chat:open";
const NEAR_END = 80;
const SECOND_MS = 1_000;
/** From here up the chat is a panel on the page; below it is the whole screen. */
const WIDE = matchMedia("(min-width: 640px)");
/** Where this script came from is where the hub is. */
const SCRIPT = document.querySelector<HTMLScriptElement>('script[src*="/chat/widget"]')?.src;

export class BankChat extends HTMLElement {
  static readonly observedAttributes = ["lang", "accent", "brand", "assistant", "token"];

  /** The bank's signed word for who is signed in, or a function that fetches a fresh one. */
  get token(): WordSource {
    return this.#token;
  }

  set token(word: WordSource) {
    this.#token = word;
    void this.#chat?.reconsider();
  }

  #token: WordSource = null;

  readonly #root = this.attachShadow({ mode: "open" });
  readonly #brand = new CSSStyleSheet();
  #chat: Chat | null = null;
  #ui: Ui = { isAsked: false, help: "" };
  #later?: Later;
  #isFetching = false;
  #isOpen = false;
  #gone?: AbortController;
  #isDue = false;
  #clock = 0;
  #newest = "";

  constructor() {
    super();
    const house = new CSSStyleSheet();
    house.replaceSync(frame + talk);
    this.#root.adoptedStyleSheets = [house, this.#brand];
  }

  connectedCallback(): void {
    const widget = this.getAttribute("widget") ?? "";
    const given = this.getAttribute("src-base") ?? new URL(SCRIPT ?? "/", location.href).origin;
    this.#chat = new Chat({
      widget,
      base: given.replace(/\/+$/, ""),
      lang: this.#lang(),
      word: () => this.token ?? this.getAttribute("token"),
      changed: () => this.#change(),
    });
    const { signal } = (this.#gone = new AbortController());
    visualViewport?.addEventListener("resize", this.#fit, { signal });
    document.addEventListener("visibilitychange", this.#wake, { signal });
    addEventListener("online", this.#wake, { signal });
    addEventListener("storage", () => this.#chat?.heardTab(), { signal });
    this.#paint();
    this.#draw();
    // A visitor who never asked costs the hub nothing; one who did may have an answer waiting.
    // The page's own script sets `token` right after it made the element.
    queueMicrotask(() => {
      if (sessionStorage.getItem(OPEN)) this.open();
      else if (isKnown(openStore(), widget)) this.#chat?.connect();
    });
  }

  disconnectedCallback(): void {
    this.#chat?.disconnect();
    this.#chat = null;
    clearInterval(this.#clock);
    this.#gone?.abort();
  }

  attributeChangedCallback(name: string): void {
    if (!this.#chat) return;
    if (name === "lang") this.#chat.setLang(this.#lang());
    if (name === "token") void this.#chat.reconsider();
    this.#paint();
    this.#draw();
  }

  /** Open the panel. */
  open(): void {
    if (!this.#chat || this.#isOpen) return;
    sessionStorage.setItem(OPEN, "1");
    this.#isOpen = true;
    if (!this.#ui.help) this.#chat.begin();
    this.#draw();
    this.#showPanel();
    this.#clock = window.setInterval(() => this.#draw(), SECOND_MS);
  }

  /** Open the panel with articles; nobody is asked for before the customer wants to. */
  help(): void {
    this.#set({ help: "?" });
    this.open();
  }

  /** Put the panel away; the talk goes on. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    sessionStorage.removeItem(OPEN);
    clearInterval(this.#clock);
    this.#dialog().close();
    this.#draw();
    this.#root.querySelector<HTMLElement>(".launch")!.focus();
  }

  /** Call at sign-out: the customer's talk is no longer reachable from this browser. */
  async forget(): Promise<void> {
    this.close();
    await this.#chat?.forget();
  }

  #dialog(): HTMLDialogElement {
    return this.#root.querySelector("dialog")!;
  }

  #showPanel(): void {
    const dialog = this.#dialog();
    if (WIDE.matches) dialog.show();
    else dialog.showModal();
    this.#toEnd();
    this.#rest();
    this.#fit();
  }

  /** Where focus belongs; on a phone the keyboard would cover what is to be read. */
  #rest(): void {
    const box = WIDE.matches && this.#root.querySelector<HTMLElement>(".in textarea");
    (box || this.#scroller())?.focus();
  }

  /** What a phone's keyboard leaves of the screen. */
  readonly #fit = (): void => {
    this.#dialog().style.setProperty("--screen", `${visualViewport?.height ?? innerHeight}px`);
  };

  #scroller(): HTMLElement | null {
    return this.#root.querySelector(".scroll");
  }

  #toEnd(): void {
    const log = this.#scroller();
    if (log) log.scrollTop = 1e9;
  }

  #isAtEnd(): boolean {
    const log = this.#scroller();
    return !log || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  }

  /** Tell the hub what the customer has before their eyes. */
  readonly #look = (): void => {
    const last = this.#chat?.state.messages.findLast((message) => message.speaker !== "customer");
    const isShown = this.#isOpen && !this.#ui.help && !document.hidden;
    if (last && isShown && this.#isAtEnd()) this.#chat!.inSight(last.seq);
  };

  /** True when there was one to close; its own button does that by itself. */
  #closeMenu(target: Element): boolean {
    const menu = this.#root.querySelector<HTMLDetailsElement>("details[open]");
    const summary = menu?.querySelector("summary");
    if (!menu || !summary || target.closest("summary")) return false;
    if (menu.contains(this.#root.activeElement)) summary.focus();
    menu.open = false;
    return true;
  }

  readonly #wake = (): void => {
    if (document.hidden) return;
    this.#chat?.wake();
    this.#look();
  };

  #lang(): Lang {
    return (this.getAttribute("lang") ?? document.documentElement.lang).startsWith("zh")
      ? "zh"
      : "en";
  }

  /** The bank's colour; the style sheet derives from it what is readable on and beside it. */
  #paint(): void {
    const accent = this.getAttribute("accent") ?? "";
    this.#brand.replaceSync(CSS.supports("color", accent) ? `:host { --brand: ${accent} }` : "");
  }

  /** Begun once; when it fails, the next drawing tries again. */
  readonly #fetchLater = (): Later | undefined => {
    if (!this.#isFetching) {
      this.#isFetching = true;
      import(/* @vite-ignore */ `${this.#chat!.hub}/chat/later.js`).then(
        (came: Later) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(came.style);
          this.#root.adoptedStyleSheets.push(sheet);
          this.#later = came;
          this.#draw();
        },
        () => {
          this.#isFetching = false;
        },
      );
    }
    return this.#later;
  };

  /** Many changes of one moment are drawn once. */
  #change(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #set(news: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...news };
    this.#draw();
    if (news.isAsked) this.#root.querySelector<HTMLElement>(".ask button")!.focus();
  }

  #draw(): void {
    const chat = this.#chat;
    if (!chat) return;
    const { lang, outbox } = chat;
    const wasAtEnd = this.#isAtEnd();
    const focused = this.#root.activeElement;
    fill(this.#root, this.#view(chat, lang));
    if (focused && !focused.isConnected) this.#rest();
    const newest = outbox.at(-1)?.id ?? this.#newest;
    if (wasAtEnd || newest !== this.#newest) this.#toEnd();
    this.#newest = newest;
    this.#look();
  }

  #view(chat: Chat, lang: Lang): Spec[] {
    const t: Say = (key, values) => text(lang, key, values);
    const assistant = this.getAttribute("assistant") ?? t("assistant");
    const close = (): void => this.close();
    const shown: Shown = {
      chat,
      t,
      lang,
      assistant,
      ui: this.#ui,
      set: (news) => this.#set(news),
      close,
      later: this.#fetchLater,
    };
    const tongue = lang === "zh" ? "zh-Hans" : "en";
    const escape = (event: Event): void => {
      if (event instanceof KeyboardEvent && (event.key !== "Escape" || event.isComposing)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!this.#closeMenu(this.#dialog())) this.close();
    };
    const name = `${this.getAttribute("brand") ?? ""} ${t("title")}`;
    const click = ({ target }: { target: Element }): boolean => this.#closeMenu(target);
    const dialog = { lang: tongue, "aria-label": name, cancel: escape, keydown: escape, click };
    return [
      h("div.corner", { lang: tongue, hidden: this.#isOpen }, this.#launcher(chat, t)),
      h("dialog", dialog, panelOf(shown, this.#look)),
    ];
  }

  #launcher({ state, readSeq }: Chat, t: Say): Spec {
    const n = unread(state, readSeq);
    const badge = n > 0 && h("span.badge", {}, n > 99 ? "99+" : String(n), hidden(t("unread")));
    return button(".launch", () => this.open(), icon("chat"), t("launch"), badge);
  }
}
