import { expect, test } from "vitest";
import { wishOf } from "../src/desk/calls/palette.ts";

const nothing = { number: "", words: "" };

test.each([
  ["call +86 138 0000 2716", { number: "+86 138 0000 2716", words: "" }],
  ["拨打9123 4567", { number: "9123 4567", words: "" }],
  ["95588", { number: "95588", words: "" }],
  ["Call Lin Ming", { number: "", words: "Lin Ming" }],
  ["打给林", nothing],
  ["打给林明", { number: "", words: "林明" }],
  ["call", nothing],
  ["call 12", nothing],
  ["hold", nothing],
  ["Lin Ming", nothing],
])("what %s wants to call", (typed, wish) => {
  expect(wishOf(typed)).toEqual(wish);
});
