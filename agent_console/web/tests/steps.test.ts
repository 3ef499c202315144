import { expect, it } from "vitest";
import type { Article } from "../src/desk/articles/model.ts";
import { keyOf, stepsOf, tick, ticked, told } from "../src/desk/articles/steps.ts";

const ARTICLE: Article = {
  slug: "fraud",
  language: "en",
  version: 3,
  title: "Fraud",
  html: "",
  team: "",
  tags: [],
  products: [],
  text: null,
  link: null,
  disturbances: [],
};

it("takes the steps of the first numbered list, as words", () => {
  const html = "<p>x</p><ol><li>Ask <b>who</b>\n calls</li><li>Block</li></ol><ol><li>z</li></ol>";
  expect(stepsOf(html)).toEqual(["Ask who calls", "Block"]);
  expect(stepsOf("<ul><li>no order</li></ul>")).toEqual([]);
});

it("keeps what is ticked for one contact and tells it with marks", () => {
  const key = keyOf("con_1", ARTICLE);
  tick(key, 1, true);
  tick(key, 0, true);
  tick(key, 0, false);
  expect(ticked.value[keyOf("con_2", ARTICLE)]).toBeUndefined();
  expect(told(ARTICLE, ["Ask", "Block"], ticked.value[key]!)).toBe(
    "Fraud (fraud, 3)\n[ ] Ask\n[x] Block",
  );
});
