import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { made } from "../src/later/article.ts";
import { help } from "../src/later/help.ts";
import type { Kit } from "../src/later/kit.ts";
import { rating } from "../src/later/rating.ts";
import { button, fill, h, icon, iconButton } from "../src/view/render.ts";

let root: HTMLElement;
let talked: string[] | null;
let wanted: string;
const asked: [string, unknown][] = [];
const answers: Record<string, [number, unknown]> = {};

const kit: Kit = { h, button, icon, iconButton, lang: "en", hub: "https://hub", draw };

function draw(): void {
  fill(root, [help(kit, { wanted, talk: (read) => (talked = read) })]);
}

const settled = (): Promise<void> =>
  vi.waitFor(() => expect(root.textContent).not.toContain("Looking"));
const press = (words: string): void =>
  [...root.querySelectorAll("button")].find((one) => one.textContent === words)!.click();

async function find(words: string): Promise<void> {
  const box = root.querySelector("input")!;
  box.value = words;
  box.dispatchEvent(new Event("input"));
  root.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();
}

beforeEach(() => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  talked = null;
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string, sent?: RequestInit) => {
    asked.push([url, sent?.body ? JSON.parse(String(sent.body)) : undefined]);
    const [status, body] = answers[new URL(url).pathname] ?? [404, {}];
    return new Response(JSON.stringify(body), { status });
  });
  answers["/chat/articles/search"] = [
    200,
    {
      hits: [
        { slug: "lost", language: "en", title: "Lost", passage: [["a ", false], ["card", true]] },
      ],
    },
  ];
  answers["/chat/articles/lost/en"] = [
    200,
    { slug: "lost", language: "en", title: "Lost", blocks: [["p", ["Call ", ["b", ["x"]], "us"]]] },
  ];
  answers["/chat/articles/lost/en/verdict"] = [200, {}];
  wanted = wanted === "?" ? "??" : "?";
  draw();
});
afterEach(() => vi.unstubAllGlobals());

describe("articles in the chat", () => {
  it("are found, read, judged and told to who is asked next", async () => {
    await find(" lost card ");
    expect(asked.at(-1)![1]).toEqual({ words: "lost card", language: "en" });
    expect(root.querySelector("mark")!.textContent).toBe("card");
    press("Lost");
    await settled();
    expect(root.querySelector("article p")!.textContent).toBe("Call us");
    press("Yes");
    expect(root.textContent).toContain("Good to hear");
    expect(asked.at(-1)).toEqual([
      "https://hub/chat/articles/lost/en/verdict",
      { helped: true },
    ]);
    press("Talk to us");
    expect(talked).toEqual(["lost"]);
  });

  it("say what went wrong", async () => {
    answers["/chat/articles/search"] = [429, {}];
    await find("x");
    expect(root.querySelector("[role=status]")!.textContent).toContain("wait");
    answers["/chat/articles/search"] = [200, { hits: [] }];
    await find("y");
    expect(root.querySelector("[role=status]")!.textContent).toContain("Nothing found");
    wanted = "gone/en";
    draw();
    await settled();
    expect(root.textContent).toContain("not there any more");
  });

  it("make no element and no address that is not allowed", () => {
    const blocks = [
      ["script", ["alert(1)"]],
      ["img", []],
      ["p", ["<b>words</b>"]],
      ["a", ["bad"], "javascript:alert(1)"],
      ["a", ["good"], "https://bank.example"],
    ] as Parameters<typeof made>[1];
    fill(root, made(kit, blocks));
    expect(root.querySelector("script, img, b")).toBeNull();
    expect([...root.querySelectorAll("a")].map((one) => one.getAttribute("href"))).toEqual([
      null,
      "https://bank.example",
    ]);
  });
});

describe("the rating", () => {
  it("is sent with what was chosen", () => {
    const send = vi.fn();
    const drawn: Kit = { ...kit, draw: () => fill(root, [rating(drawn, form)]) };
    const form = { survey: "s1", isConnected: true, send, skip: vi.fn() };
    drawn.draw();
    expect(root.querySelector<HTMLButtonElement>("button.main")!.disabled).toBe(true);
    root.querySelectorAll("input")[3]!.dispatchEvent(new Event("change"));
    press("Friendly");
    root.querySelector("textarea")!.value = " fine ";
    root.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(send).toHaveBeenCalledWith(4, ["friendly"], "fine");
  });
});
