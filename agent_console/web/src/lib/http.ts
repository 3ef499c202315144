/** The staff's HTTP API: JSON in, JSON out, problem+json for errors. */
import type { Both, Role } from "../contract.ts";

export interface Me {
  user: { id: string; login?: string; name: Both };
  csrf: string;
  roles: Role[];
  rights: string[];
  /** When the session ends without an act of the person (UTC epoch seconds). */
  session?: { idle_until: number };
  /** What is still to be done at the door before anything else opens. */
  owes?: "code" | "password" | "authenticator" | null;
  has_second_factor?: boolean;
}

export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfterSeconds: number | null,
    /** What is wrong with what was sent, in English; never a value of it. */
    readonly detail = "",
  ) {
    super(`${status} ${code}`);
  }
}

let csrf = "";

export function learnCsrf(token: string): void {
  csrf = token;
}

export const csrfHeader = (): Record<string, string> => ({ "X-CSRF": csrf });

let askForCode: () => Promise<boolean> = () => Promise.resolve(false);

/** How a person is asked for a fresh code of the authenticator; resolves to true once given. */
export function askForCodeWith(ask: () => Promise<boolean>): void {
  askForCode = ask;
}

/** Ask the person for a fresh code; true once it was given. */
export const freshCode = (): Promise<boolean> => askForCode();

/**
 * Send and read JSON; throws HttpProblem for a refusal and TypeError without a network. What
 * needs a fresh code is sent once more when the person has given one.
 */
export async function http<T>(method: string, path: string, body?: unknown): Promise<T> {
  const text = await (await ask(method, path, body)).text();
  return (text ? JSON.parse(text) : null) as T;
}

/** As `http`, for an answer that is a file. */
export async function httpFile(path: string, body: unknown): Promise<Blob> {
  return await (await ask("POST", path, body)).blob();
}

async function ask(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await send(method, path, body);
  } catch (problem) {
    const isGrave = problem instanceof HttpProblem && problem.code === "code_again";
    if (!isGrave || !(await askForCode())) throw problem;
    return await send(method, path, body);
  }
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") Object.assign(headers, csrfHeader());
  const answer = await fetch(path, {
    method,
    headers,
    credentials: "same-origin",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function problemOf(answer: Response): Promise<HttpProblem> {
  const body: unknown = await answer.json().catch(() => null);
  const told = (body !== null && typeof body === "object" ? body : {}) as Record<string, unknown>;
  const after = Number(answer.headers.get("Retry-After"));
  return new HttpProblem(
    answer.status,
    String(told["code"] ?? "other"),
    after > 0 ? after : null,
    String(told["detail"] ?? ""),
  );
}

/** Who is signed in, or null. Keeps the CSRF token for later calls. */
export async function whoAmI(): Promise<Me | null> {
  try {
    const me = await http<Me>("GET", "/api/me");
    learnCsrf(me.csrf);
    return me;
  } catch (problem) {
    if (problem instanceof HttpProblem && problem.status === 401) return null;
    throw problem;
  }
}

/** The first page of a person: who answers starts at the desk, who watches at the wallboard. */
export function homeOf(me: Pick<Me, "roles">): string {
  if (me.roles.includes("supervisor")) return "/console/wallboard";
  if (me.roles.includes("agent")) return "/console";
  if (me.roles.includes("administrator")) return "/console/users";
  return me.roles.includes("auditor") ? "/console/audit" : "/console";
}

/** Leave; false when contacts are still in hand and the hub refuses. */
export async function signOut(): Promise<boolean> {
  try {
    await http("POST", "/api/sign-out");
  } catch (problem) {
    if (problem instanceof HttpProblem && problem.code === "work_in_hand") return false;
  }
  location.assign("/sign-in");
  return true;
}
