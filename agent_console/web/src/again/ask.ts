/** The hub wants a fresh code before a grave act: the act waits, the person is asked, then it is
 * sent once more. */
import { signal } from "@preact/signals";
import { askForCodeWith, http, HttpProblem } from "../lib/http.ts";

type Answer = (given: boolean) => void;

/** Who waits for the answer; several acts share one question. */
export const waiting = signal<readonly Answer[]>([]);

export function answer(given: boolean): void {
  const asked = waiting.value;
  waiting.value = [];
  for (const one of asked) one(given);
}

export function listenForQuestions(): void {
  askForCodeWith(
    () => new Promise<boolean>((resolve) => (waiting.value = [...waiting.value, resolve])),
  );
}

/** False when the code was wrong; throws what else went wrong. */
export async function giveCode(code: string): Promise<boolean> {
  try {
    await http("POST", "/api/account/code", { code });
    return true;
  } catch (problem) {
    if (problem instanceof HttpProblem && problem.code === "wrong_code") return false;
    throw problem;
  }
}
