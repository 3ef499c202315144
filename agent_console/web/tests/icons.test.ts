import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ICON_NAMES } from "../src/ui/icon-names.ts";

it("names exactly the symbols of the sprite", () => {
  const sprite = readFileSync("src/ui/icons.svg", "utf8");
  const symbols = [...sprite.matchAll(/<symbol id="([^"]+)"/g)].map((found) => found[1]);
  expect(symbols.sort()).toEqual([...ICON_NAMES].sort());
});
