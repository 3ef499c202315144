/** The softphone of a shift: connected once and kept so. It connects again by itself, takes a new
 * token in time, and goes on with another microphone when the headset is unplugged. */
import { signal } from "@preact/signals";
import type { LineQuality, SoftphoneGrant } from "../contract.ts";
import type { MakeSoftphone, PhoneState, Softphone } from "./softphone.ts";

/** What it needs of the page; tests give their own. */
export interface PhoneWorld {
  grant(): Promise<SoftphoneGrant>;
  driver(name: string): Promise<MakeSoftphone>;
  microphone(): Promise<MediaStream>;
  isRefused(error: unknown): boolean;
  /** Hear that devices came or went. */
  watchDevices(changed: () => void): () => void;
  watchLevel(stream: MediaStream, tell: (level: number) => void): () => void;
  now(): number;
  later(seconds: number, run: () => void): () => void;
}

const FIRST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 15;
/** So long before its end a token is renewed. */
const RENEW_BEFORE_SECONDS = 60;

export class StandingPhone {
  readonly state = signal<PhoneState>("down");
  readonly quality = signal<LineQuality | null>(null);
  /** How loud, 0 to 1. */
  readonly mine = signal(0);
  readonly theirs = signal(0);
  /** Name of the driver in use; empty when none is. */
  readonly driver = signal("");
  /** Counts the times another microphone took over. */
  readonly switched = signal(0);

  private phone: Softphone | null = null;
  private stream: MediaStream | null = null;
  private wanted = false;
  /** Another start makes what an older one still waits for void. */
  private turn = 0;
  private pause = FIRST_PAUSE_SECONDS;
  private muted = false;
  private readonly ends = new Map<string, () => void>();

  constructor(private readonly world: PhoneWorld) {}

  /** The shift begins: connect, and stay connected until `stop`. */
  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.pause = FIRST_PAUSE_SECONDS;
    this.keep(
      "devices",
      this.world.watchDevices(() => void this.changeMicrophone(false)),
    );
    void this.connect();
  }

  stop(): void {
    this.wanted = false;
    this.turn += 1;
    for (const end of this.ends.values()) end();
    this.ends.clear();
    this.hangUp();
    this.state.value = "down";
  }

  /** Silence the microphone of this page. */
  setMuted(on: boolean): void {
    this.muted = on;
    this.phone?.setMuted(on);
  }

  async useSpeaker(deviceId: string): Promise<void> {
    await this.phone?.useSpeaker(deviceId);
  }

  /** Take the chosen microphone; without `force` only when the present one has ended. */
  async changeMicrophone(force: boolean): Promise<void> {
    const isAlive = this.stream?.getAudioTracks().some((one) => one.readyState === "live");
    if (!this.wanted || (isAlive && !force)) return;
    if (!this.phone) return this.again();
    const turn = this.turn;
    try {
      const stream = await this.world.microphone();
      if (turn !== this.turn || !this.phone) return stopTracks(stream);
      await this.phone.useMicrophone(stream);
      this.hold(stream);
      this.phone.setMuted(this.muted);
      this.switched.value += 1;
      if (this.state.value === "blocked") this.state.value = "up";
    } catch (error) {
      if (this.world.isRefused(error)) this.state.value = "blocked";
    }
  }

  private async connect(): Promise<void> {
    const turn = (this.turn += 1);
    this.state.value = "connecting";
    try {
      const stream = await this.world.microphone();
      if (turn !== this.turn) return stopTracks(stream);
      this.hold(stream);
      const grant = await this.world.grant();
      const make = await this.world.driver(grant.driver);
      if (turn !== this.turn) return;
      const phone = make({
        state: (now) => turn === this.turn && this.told(now),
        quality: (now) => (this.quality.value = now),
        heard: (level) => (this.theirs.value = level),
        lost: () => turn === this.turn && this.wait(),
      });
      this.phone = phone;
      this.driver.value = grant.driver;
      await phone.up(grant, stream);
      if (turn !== this.turn) return;
      phone.setMuted(this.muted);
      this.renewBefore(grant);
    } catch (error) {
      if (turn === this.turn) this.failed(error);
    }
  }

  private told(now: PhoneState): void {
    this.state.value = now;
    if (now === "up") this.pause = FIRST_PAUSE_SECONDS;
    if (now !== "in_call") this.quality.value = null;
  }

  private failed(error: unknown): void {
    if (!this.world.isRefused(error)) return this.wait();
    this.hangUp();
    this.state.value = "blocked";
  }

  /** Try again after a pause that grows. */
  private wait(): void {
    this.turn += 1;
    this.hangUp();
    this.state.value = "connecting";
    const seconds = this.pause;
    this.pause = Math.min(LONGEST_PAUSE_SECONDS, this.pause * 2);
    this.keep(
      "again",
      this.world.later(seconds, () => this.again()),
    );
  }

  private again(): void {
    if (this.wanted) void this.connect();
  }

  private renewBefore(grant: SoftphoneGrant): void {
    const seconds = Math.max(5, grant.expires_at - this.world.now() - RENEW_BEFORE_SECONDS);
    this.keep(
      "renew",
      this.world.later(seconds, () => void this.renew()),
    );
  }

  private async renew(): Promise<void> {
    const turn = this.turn;
    try {
      const grant = await this.world.grant();
      if (turn !== this.turn) return;
      this.phone?.renew(grant);
      this.renewBefore(grant);
    } catch {
      this.keep(
        "renew",
        this.world.later(LONGEST_PAUSE_SECONDS, () => void this.renew()),
      );
    }
  }

  private hold(stream: MediaStream): void {
    if (this.stream && this.stream !== stream) stopTracks(this.stream);
    this.stream = stream;
    this.keep(
      "level",
      this.world.watchLevel(stream, (level) => (this.mine.value = level)),
    );
    const ended = (): void => void this.changeMicrophone(false);
    for (const track of stream.getAudioTracks()) track.addEventListener("ended", ended);
  }

  private hangUp(): void {
    this.phone?.down();
    this.phone = null;
    this.quality.value = null;
    this.mine.value = 0;
    this.theirs.value = 0;
    this.driver.value = "";
    this.ends.get("renew")?.();
    this.ends.get("level")?.();
    if (this.stream) stopTracks(this.stream);
    this.stream = null;
  }

  private keep(what: string, end: () => void): void {
    this.ends.get(what)?.();
    this.ends.set(what, end);
  }
}

const stopTracks = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};
