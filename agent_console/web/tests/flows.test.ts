import { expect, test } from "vitest";
import { at, freshId, put, without } from "../src/admin/flows/document.ts";
import type { Fields } from "../src/admin/flows/types.ts";

const flow: Fields = {
  start: "menu",
  nodes: {
    menu: {
      kind: "menu",
      name: { en: "end", zh: "end" },
      choices: [
        { key: "1", next: "end", words: ["end"] },
        { key: "2", next: "menu" },
      ],
    },
    end: { kind: "hang_up" },
  },
};

test("a value is put in without touching the document before", () => {
  const before = structuredClone(flow);
  const path = ["nodes", "menu", "choices", "1", "next"];
  const next = put(flow, path, "end");
  expect(at(next, path)).toBe("end");
  expect(at(next, ["nodes", "menu", "choices", "0", "next"])).toBe("end");
  expect(flow).toEqual(before);
});

test("what is undefined is taken out, of a list as of a table", () => {
  const shorter = put(flow, ["nodes", "menu", "choices", "0"], undefined);
  expect(at(shorter, ["nodes", "menu", "choices"])).toEqual([{ key: "2", next: "menu" }]);
  expect(at(put(flow, ["start"], undefined), ["start"])).toBeUndefined();
  const begun = put({}, ["nodes", "a", "name", "en"], "Hello");
  expect(begun).toEqual({ nodes: { a: { name: { en: "Hello" } } } });
});

test("a step that goes leaves its links open and words alone", () => {
  const left = without(flow, "end");
  expect(at(left, ["nodes", "end"])).toBeUndefined();
  expect(at(left, ["nodes", "menu", "choices", "0"])).toEqual({
    key: "1",
    next: "",
    words: ["end"],
  });
  expect(at(left, ["nodes", "menu", "name", "en"])).toBe("end");
});

test("a new step gets a name that nobody has", () => {
  expect(freshId(flow, "say")).toBe("say");
  expect(freshId(flow, "menu")).toBe("menu_2");
  expect(freshId(put(flow, ["nodes", "menu_2"], {}) as Fields, "menu")).toBe("menu_3");
});
