import { describe, expect, it, vi } from "vitest";
import type { SoftphoneGrant } from "../src/contract.ts";
import type { PhoneListener, Softphone } from "../src/softphone/softphone.ts";
import { StandingPhone, type PhoneWorld } from "../src/softphone/standing.ts";

const grant: SoftphoneGrant = { driver: "fake", token: "t", expires_at: 1000, endpoints: [] };

class Track extends EventTarget {
  readyState: "live" | "ended" = "live";
  stop(): void {
    this.readyState = "ended";
  }
  unplug(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }
}

function world() {
  const tracks: Track[] = [];
  const timers: Array<{ seconds: number; run: () => void }> = [];
  const made: Array<Softphone & { tell: PhoneListener }> = [];
  const state = { refuses: false, up: () => Promise.resolve() };
  const it: PhoneWorld = {
    grant: vi.fn(() => Promise.resolve(grant)),
    driver: () =>
      Promise.resolve((tell) => {
        const one = {
          tell,
          up: vi.fn(() => state.up()),
          down: vi.fn(),
          useMicrophone: vi.fn(() => Promise.resolve()),
          useSpeaker: () => Promise.resolve(),
          setMuted: vi.fn(),
          renew: vi.fn(),
        };
        made.push(one);
        return one;
      }),
    microphone: () => {
      if (state.refuses) return Promise.reject(new Error("refused"));
      const track = new Track();
      tracks.push(track);
      const all = [track];
      return Promise.resolve({
        getAudioTracks: () => all,
        getTracks: () => all,
      } as unknown as MediaStream);
    },
    isRefused: (error) => (error as Error).message === "refused",
    watchDevices: () => () => undefined,
    watchLevel: () => () => undefined,
    now: () => 0,
    later: (seconds, run) => {
      const one = { seconds, run };
      timers.push(one);
      return () => void timers.splice(timers.indexOf(one), 1);
    },
  };
  return { it, tracks, timers, made, state };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

describe("the standing softphone", () => {
  it("connects, follows its driver and renews its token in time", async () => {
    const { it: here, made, timers } = world();
    const phone = new StandingPhone(here);
    phone.start();
    expect(phone.state.value).toBe("connecting");
    await settled();
    made[0]?.tell.state("up");
    expect(phone.state.value).toBe("up");
    expect(phone.driver.value).toBe("fake");
    expect(timers.map((one) => one.seconds)).toEqual([940]);
    timers[0]?.run();
    await settled();
    expect(made[0]?.renew).toHaveBeenCalledWith(grant);
  });

  it("tries again after pauses that grow, and starts small after it was up", async () => {
    const { it: here, made, timers, state } = world();
    const phone = new StandingPhone(here);
    state.up = () => Promise.reject(new Error("away"));
    phone.start();
    const pauses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      await settled();
      const one = timers.at(-1);
      pauses.push(one?.seconds ?? 0);
      one?.run();
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
    state.up = () => Promise.resolve();
    timers.at(-1)?.run();
    await settled();
    made.at(-1)?.tell.state("up");
    made.at(-1)?.tell.lost();
    expect(phone.state.value).toBe("connecting");
    expect(timers.at(-1)?.seconds).toBe(1);
  });

  it("goes on with another microphone, still muted, when the headset is unplugged", async () => {
    const { it: here, made, tracks } = world();
    const phone = new StandingPhone(here);
    phone.start();
    await settled();
    phone.setMuted(true);
    tracks[0]?.unplug();
    await settled();
    expect(made[0]?.useMicrophone).toHaveBeenCalledOnce();
    expect(made[0]?.setMuted).toHaveBeenLastCalledWith(true);
    expect(phone.switched.value).toBe(1);
    expect(made).toHaveLength(1);
  });

  it("says that the microphone is refused and does not try for ever", async () => {
    const { it: here, timers, state } = world();
    state.refuses = true;
    const phone = new StandingPhone(here);
    phone.start();
    await settled();
    expect(phone.state.value).toBe("blocked");
    expect(timers).toHaveLength(0);
  });

  it("is silent after its end, whatever its driver still says", async () => {
    const { it: here, made } = world();
    const phone = new StandingPhone(here);
    phone.start();
    await settled();
    phone.stop();
    made[0]?.tell.state("in_call");
    made[0]?.tell.lost();
    expect(phone.state.value).toBe("down");
    expect(made[0]?.down).toHaveBeenCalled();
  });
});
