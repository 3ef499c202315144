import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lang } from "../src/i18n/index.ts";
import { HttpProblem } from "../src/lib/http.ts";
import { load, page, pageOf, send, tokenOf, trouble } from "../src/survey/model.ts";

const OPEN = {
  state: "open",
  language: "zh",
  channel: "web_chat",
  queue: null,
  agent: null,
  tags: [],
};
const ANSWER = { score: 4, tags: ["fast"], comment: "", wishes: [] };

function answerWith(status: number, body: object): void {
  const reply = (): Promise<Response> =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", vi.fn(reply));
}

const noNetwork = (): void => {
  vi.stubGlobal(
    "fetch",
    vi.fn(() => Promise.reject(new TypeError("no network"))),
  );
};

beforeEach(() => {
  page.value = { at: "loading" };
  trouble.value = null;
});
afterEach(() => vi.unstubAllGlobals());

it("reads the token from the end of the address", () => {
  expect(tokenOf("/survey/abc.def")).toBe("abc.def");
  expect(tokenOf("/survey/abc/")).toBe("abc");
});

describe("opening the link", () => {
  it("shows the form in the customer's language", async () => {
    answerWith(200, OPEN);
    await load();
    expect(page.value.at).toBe("form");
    expect(lang.value).toBe("zh");
  });

  it.each(["answered", "expired"] as const)("says that it is %s", async (state) => {
    answerWith(200, { ...OPEN, state });
    await load();
    expect(page.value).toEqual({ at: state });
  });

  it("says when there is no such survey, and when there is no network", async () => {
    answerWith(404, { code: "bad_link" });
    await load();
    expect(page.value).toEqual({ at: "not_found" });
    noNetwork();
    await load();
    expect(page.value).toEqual({ at: "offline" });
  });
});

describe("answering", () => {
  beforeEach(async () => {
    answerWith(200, OPEN);
    await load();
  });

  it("posts the answer and thanks", async () => {
    answerWith(200, {});
    await send(ANSWER);
    const [path, request] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect(path).toMatch(/^\/api\/survey\//);
    expect(JSON.parse(String(request?.body))).toEqual(ANSWER);
    expect(page.value).toEqual({ at: "thanks", score: 4 });
  });

  it("keeps the form when the network or the hub fails", async () => {
    noNetwork();
    await send(ANSWER);
    expect([page.value.at, trouble.value]).toEqual(["form", "offline"]);
    answerWith(503, { code: "unavailable" });
    await send(ANSWER);
    expect([page.value.at, trouble.value]).toEqual(["form", "refused"]);
  });

  it.each([
    [409, "survey_answered", "answered"],
    [410, "survey_expired", "expired"],
  ])("turns %i %s into the page that says so", async (status, code, at) => {
    answerWith(status, { code });
    await send(ANSWER);
    expect(page.value).toEqual({ at });
  });
});

it("does not take another refusal for the end", () => {
  expect(pageOf(new HttpProblem(422, "invalid", null))).toBeNull();
});
