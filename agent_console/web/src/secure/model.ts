/** A secure message: closed, opened by a code, answered. Nothing of it is kept in the browser. */
import { signal } from "@preact/signals";
import type { Both, Lang } from "../contract.ts";
import { lang } from "../i18n/index.ts";
import { http, HttpProblem } from "../lib/http.ts";
import { tokenOf } from "../survey/model.ts";

/** `GET /api/secure/{token}`; the twin is `agent_console/http/secure.py`. */
export interface SecureView {
  state: "closed" | "expired" | "locked";
  language: Lang;
  via: "sms" | "email";
  to: string;
  asks_files: boolean;
  expires_at: number;
}

export interface OpenedView {
  opened: boolean;
  tries_left: number;
  grant: string;
  text: string;
  file: { name: string; size_bytes: number } | null;
  sender: Both | null;
  sent_at: number;
  asks_files: boolean;
  media_types: string[];
  file_max_bytes: number;
}

export type Gone = "expired" | "locked" | "not_found" | "offline";
export type Page =
  | { at: "loading" }
  | { at: "closed"; view: SecureView }
  | { at: "opened"; opened: OpenedView }
  | { at: Gone };

export const page = signal<Page>({ at: "loading" });

const address = (rest = ""): string => `/api/secure/${tokenOf(location.pathname)}${rest}`;

/** Where a refusal leads; null when the page may stay as it is. */
export function goneFor(problem: unknown): Gone | null {
  if (!(problem instanceof HttpProblem)) return null;
  if (problem.code === "secure_locked") return "locked";
  if (problem.status === 410) return "expired";
  return problem.status === 404 ? "not_found" : null;
}

export async function load(): Promise<void> {
  page.value = { at: "loading" };
  try {
    const view = await http<SecureView>("GET", address());
    lang.value = view.language;
    page.value = view.state === "closed" ? { at: "closed", view } : { at: view.state };
    if (view.state === "closed") await openSignedIn();
  } catch (problem) {
    page.value = { at: goneFor(problem) ?? "offline" };
  }
}

/** The code of a refusal that the page puts into words; empty when all went well. */
export type Trouble = string;

async function tried(act: () => Promise<void>): Promise<Trouble> {
  try {
    await act();
    return "";
  } catch (problem) {
    const gone = goneFor(problem);
    if (gone) page.value = { at: gone };
    return problem instanceof HttpProblem ? problem.code : "offline";
  }
}

/** Have a code sent; `told` hears in how many seconds another one can be asked for. */
export const sendCode = (told: (seconds: number) => void): Promise<Trouble> =>
  tried(async () => {
    const sent = await http<{ resend_at: number; expires_at: number }>(
      "POST",
      address("/code"),
    );
    told(Math.max(1, Math.round(sent.resend_at - Date.now() / 1000)));
  });

/** The bank's signed-in page leads here with its word behind `#`, which no server logs. */
export function takeSignedIn(): { widget: string; token: string } | null {
  const [, widget, token] = /^#signed-in=([^:]+):(.+)$/.exec(location.hash) ?? [];
  if (!widget || !token) return null;
  history.replaceState(null, "", location.pathname);
  return { widget: decodeURIComponent(widget), token };
}

/** Open it with the bank's word; anything but success leaves the page to the code. */
async function openSignedIn(): Promise<void> {
  const signedIn = takeSignedIn();
  if (!signedIn) return;
  await tried(async () => {
    const opened = await http<OpenedView>("POST", address("/open"), { signed_in: signedIn });
    page.value = { at: "opened", opened };
  });
}

/** Open it; `missed` hears how many tries are left. */
export const open = (code: string, missed: (left: number) => void): Promise<Trouble> =>
  tried(async () => {
    const opened = await http<OpenedView>("POST", address("/open"), { code });
    if (opened.opened) page.value = { at: "opened", opened };
    else if (opened.tries_left > 0) missed(opened.tries_left);
    else page.value = { at: "locked" };
  });

export const answer = (grant: string, key: string, text: string): Promise<Trouble> =>
  tried(async () => {
    await http("POST", address("/answer"), { grant, key, text });
  });

export const upload = (grant: string, key: string, file: File): Promise<Trouble> =>
  tried(async () => {
    const headers = { "X-Secure": grant, "X-File-Name": encodeURIComponent(file.name) };
    const to = address(`/file?key=${key}`);
    const reply = await fetch(to, { method: "POST", headers, body: file });
    if (!reply.ok) throw new HttpProblem(reply.status, await codeOf(reply), null);
  });

const codeOf = async (reply: Response): Promise<string> => {
  const body = (await reply.json().catch(() => ({}))) as { code?: string };
  return body.code ?? "other";
};

/** The file behind the proof, given to the browser under its own name. */
export const download = (grant: string, name: string): Promise<Trouble> =>
  tried(async () => {
    const reply = await fetch(address("/file"), { headers: { "X-Secure": grant } });
    if (!reply.ok) throw new HttpProblem(reply.status, await codeOf(reply), null);
    const href = URL.createObjectURL(await reply.blob());
    const link = Object.assign(document.createElement("a"), { href, download: name });
    link.click();
    URL.revokeObjectURL(href);
  });
