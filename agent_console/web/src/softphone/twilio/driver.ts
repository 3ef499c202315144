/** The softphone of calls that Twilio carries, on its Voice SDK. Fetched only where it is used. */
import type { Call, Device } from "@twilio/voice-sdk";
import type { SoftphoneGrant } from "../../contract.ts";
import type { MakeSoftphone, PhoneListener, Softphone } from "../softphone.ts";

/** What is used of the SDK's Device; tests give their own. */
export type DeviceLike = Pick<
  Device,
  "register" | "destroy" | "updateToken" | "on" | "audio" | "disconnectAll"
>;
export type MakeDevice = (token: string) => Promise<DeviceLike>;

const makeDevice: MakeDevice = async (token) => {
  const { Device: Made } = await import("@twilio/voice-sdk");
  return new Made(token, {
    closeProtection: true,
    // one call at a time: the hub decides who is called
    allowIncomingWhileBusy: false,
    disableAudioContextSounds: true,
  });
};

class TwilioSoftphone implements Softphone {
  private device: DeviceLike | null = null;
  private call: Call | null = null;
  private muted = false;

  constructor(
    private readonly tell: PhoneListener,
    private readonly make: MakeDevice,
  ) {}

  async up(grant: SoftphoneGrant, microphone: MediaStream): Promise<void> {
    const device = await this.make(grant.token);
    this.device = device;
    device.audio?.incoming(false);
    device.audio?.outgoing(false);
    device.audio?.disconnect(false);
    device.on("registered", () => this.tell.state(this.call ? "in_call" : "up"));
    device.on("registering", () => this.tell.state(this.call ? "in_call" : "connecting"));
    device.on("incoming", (call: Call) => this.take(call));
    // an error of the device that does not end a call is mended by the SDK itself
    device.on("destroyed", () => this.tell.lost());
    device.on("unregistered", () => !this.call && this.tell.lost());
    await this.useMicrophone(microphone);
    await device.register();
  }

  down(): void {
    const { device } = this;
    this.device = null;
    this.call = null;
    device?.disconnectAll();
    device?.destroy();
  }

  async useMicrophone(stream: MediaStream): Promise<void> {
    const id = stream.getAudioTracks()[0]?.getSettings().deviceId;
    if (id) await this.device?.audio?.setInputDevice(id);
  }

  async useSpeaker(deviceId: string): Promise<void> {
    await this.device?.audio?.speakerDevices.set(deviceId || "default");
  }

  setMuted(on: boolean): void {
    this.muted = on;
    this.call?.mute(on);
  }

  renew(grant: SoftphoneGrant): void {
    this.device?.updateToken(grant.token);
  }

  /** The agent has accepted on the desk, or has been asked to join: the line opens at once. */
  private take(call: Call): void {
    this.call = call;
    const over = (): void => {
      if (this.call !== call) return;
      this.call = null;
      if (this.device) this.tell.state("up");
    };
    call.on("accept", () => this.tell.state("in_call"));
    for (const end of ["disconnect", "cancel", "reject", "error"]) call.on(end, over);
    call.on("volume", (_mine: number, theirs: number) => this.tell.heard(theirs));
    call.on("sample", (sample) => {
      if (sample.mos === null) return;
      this.tell.quality({
        mos: sample.mos,
        loss_ratio: sample.packetsLostFraction / 100,
        jitter_seconds: sample.jitter / 1000,
      });
    });
    call.accept();
    call.mute(this.muted);
  }
}

export const twilioWith =
  (make: MakeDevice): MakeSoftphone =>
  (listener) =>
    new TwilioSoftphone(listener, make);

export const twilioSoftphone: MakeSoftphone = twilioWith(makeDevice);
