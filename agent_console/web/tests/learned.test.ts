import { expect, it } from "vitest";
import { learnedWords, triedWords } from "../src/desk/talk/learned.ts";

it("says the assistant's codes in words", () => {
  expect(learnedWords("intent", "block_card")).toEqual(["Matter", "Block a card"]);
  expect(learnedWords("card_tail", "4417")).toEqual(["Card ending", "4417"]);
  expect(triedWords(["balance", "human", "Opening hours"])).toEqual(["Balance", "Opening hours"]);
});

it("leaves out what tells a person nothing and keeps what it does not know", () => {
  expect(learnedWords("intent", "human")).toBeNull();
  expect(learnedWords("confirmed", "yes")).toBeNull();
  expect(learnedWords("intent", "of_another_bot")).toEqual(["Matter", "of_another_bot"]);
});

it("says what the assistant promised and what it could not do", () => {
  expect(learnedWords("promised:complaint", "C-7")).toEqual(["Promised: Complaint", "C-7"]);
  expect(learnedWords("failed:balance", "switched_off")).toEqual([
    "Not done: Balance",
    "Switched off by a supervisor",
  ]);
});
