import { beforeEach, describe, expect, it } from "vitest";
import { Call } from "../src/call.ts";
import type { FromHub, ToHub } from "../src/frames.ts";
import type { Line } from "../src/line.ts";
import type { Link, LinkEvents } from "../src/link.ts";

class FakeLine {
  onBroken = (): void => undefined;
  offers = 0;
  isClosed = false;
  answers: string[] = [];
  hasMicrophone = true;
  open = (): Promise<void> =>
    this.hasMicrophone ? Promise.resolve() : Promise.reject(new Error("refused"));
  offer = (): Promise<string> => Promise.resolve(`offer ${++this.offers}`);
  answered = (sdp: string): Promise<void> => Promise.resolve(void this.answers.push(sdp));
  mute = (): void => undefined;
  close = (): void => void (this.isClosed = true);
}

describe("a call", () => {
  let line: FakeLine;
  let sent: ToHub[];
  let events: LinkEvents;
  let call: Call;
  const hear = async (...frames: FromHub[]): Promise<void> => {
    for (const frame of frames) events.frame(frame);
    await Promise.resolve();
  };

  beforeEach(() => {
    line = new FakeLine();
    sent = [];
    const makeLink = (_: string, given: LinkEvents): Link => {
      events = given;
      const link = {
        start: () => given.opened(),
        stop: () => undefined,
        settled: () => undefined,
        send: (frame: ToHub) => Boolean(sent.push(frame)),
      };
      return link as unknown as Link;
    };
    const word = { widget: "main", token: "jwt" };
    const voice = line as unknown as Line;
    call = new Call("ws://hub", voice, () => "zh", "v".repeat(32), word, makeLink);
  });

  const begin = async (): Promise<void> => {
    await call.begin("95100018", "cards", "", "");
    await hear({ type: "welcome", server_now: 1 });
    await hear({ type: "answer", id: "x", sdp: "answer 1" }, { type: "leg", state: "up" });
  };

  it("says hello with the bank's word once, then calls", async () => {
    await begin();
    expect(sent[0]).toMatchObject({ type: "hello", as: "caller", lang: "zh", token: "jwt" });
    expect(sent[1]).toMatchObject({ type: "call", sdp: "offer 1", number: "95100018" });
    expect(line.answers).toEqual(["answer 1"]);
  });

  it("comes back to its call with a new connection and without the spent word", async () => {
    await begin();
    events.lost();
    expect(call.isBroken.value).toBe(true);
    events.opened();
    await hear({ type: "welcome", server_now: 2 });
    expect(sent[2]).not.toHaveProperty("token");
    const first = sent[1] as ToHub & { type: "call" };
    expect(sent[3]).toEqual({ type: "resume", id: first.id, sdp: "offer 2" });
    expect(call.isBroken.value).toBe(false);
  });

  it("replaces a broken connection on the same call", async () => {
    await begin();
    line.onBroken();
    await Promise.resolve();
    await Promise.resolve();
    expect(sent.at(-1)).toMatchObject({ type: "resume", sdp: "offer 2" });
  });

  it("shows where the caller is, what is said and what is asked", async () => {
    await begin();
    await hear(
      { type: "caption", text: "欢迎", lang: "zh" },
      { type: "state", phase: "ivr" },
      { type: "keys", most: 4, finish_on: "#", sensitive: true, choices: [] },
    );
    call.press("1");
    expect(call.phase.value).toBe("ivr");
    expect(call.captions.value.map((one) => one.text)).toEqual(["欢迎"]);
    expect([call.keys.value.sensitive, call.typed.value]).toEqual([true, 1]);
    await hear({ type: "keys", most: 0, finish_on: "", sensitive: false, choices: [] });
    expect(call.typed.value).toBe(0);
  });

  it("gives each question its own of the keys pressed before, and a secret none", async () => {
    for (const key of "2134") call.pressAhead(key);
    call.takeBack();
    await begin();
    const digits = (): string[] =>
      sent.flatMap((one) => (one.type === "digits" ? [one.digits] : []));
    const ask = (most: number, sensitive = false): Promise<void> =>
      hear({ type: "keys", most, finish_on: "", sensitive, choices: [] });
    await ask(0);
    expect(digits()).toEqual([]);
    await ask(1);
    expect([digits(), call.ahead.value, call.typed.value]).toEqual([["2"], "13", 1]);
    await ask(6, true);
    expect([digits(), call.ahead.value]).toEqual([["2"], ""]);
  });

  it("ends when the bank hangs up, and says when it was cut off", async () => {
    await begin();
    await hear({ type: "state", phase: "ivr" }, { type: "leg", state: "ended", cause: "lost" });
    expect([call.phase.value, call.problem.value, line.isClosed]).toEqual(["ended", "lost", true]);
  });

  it("says that there is no microphone, and calls nobody", async () => {
    line.hasMicrophone = false;
    await call.begin("95100018", "", "", "");
    expect([call.phase.value, call.problem.value]).toEqual(["idle", "no_microphone"]);
    expect(sent).toEqual([]);
  });

  it("says why a call was refused", async () => {
    await call.begin("95100018", "", "", "");
    await hear({ type: "welcome", server_now: 1 });
    await hear({ type: "refused", id: "x", code: "engine_away" });
    expect([call.phase.value, call.problem.value]).toEqual(["idle", "engine_away"]);
  });
});
