/** Grave acts ask for a fresh code of the authenticator: the act waits for it, then is repeated. */
import { signal } from "@preact/signals";
import { http, HttpProblem } from "../../lib/http.ts";

interface Question {
  answer: (given: boolean) => void;
}

export const question = signal<Question | null>(null);

/** Run an act; when the hub wants a code first, ask for it and run the act again. */
export async function grave<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (problem) {
    if (!(problem instanceof HttpProblem) || problem.code !== "code_again") throw problem;
    const given = await new Promise<boolean>((answer) => (question.value = { answer }));
    question.value = null;
    if (!given) throw problem;
    return await act();
  }
}

/** True when the code was right; throws what else went wrong. */
export async function giveCode(code: string): Promise<boolean> {
  try {
    await http("POST", "/api/account/code", { code });
    return true;
  } catch (problem) {
    if (problem instanceof HttpProblem && problem.code === "wrong_code") return false;
    throw problem;
  }
}
