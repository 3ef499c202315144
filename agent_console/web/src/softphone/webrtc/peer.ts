/** One WebRTC connection: our microphone out, the far end to the loudspeaker. */
import { chosenDevice } from "../microphone.ts";

/** Candidates that take longer are not waited for. */
const GATHER_MS = 2_000;
/** A network that is gone so long is looked for anew. */
const MEND_MS = 2_000;

export class AgentPeer {
  onBroken: () => void = () => undefined;
  onSound: (stream: MediaStream) => void = () => undefined;
  private readonly connection = new RTCPeerConnection();
  private readonly speaker = new Audio();
  private timer = 0;

  open(microphone: MediaStream): void {
    const [track] = microphone.getAudioTracks();
    if (!track) throw new Error("no microphone");
    this.connection.addTransceiver(track, { direction: "sendrecv", streams: [microphone] });
    this.connection.addEventListener("track", (event) => this.listen(event));
    this.connection.addEventListener("connectionstatechange", () => this.look());
    void this.useSpeaker(chosenDevice.speaker.peek());
  }

  /** An offer with all its candidates, or null when there is none to make. */
  async offer(restart: boolean): Promise<string | null> {
    if (this.connection.signalingState === "closed") return null;
    if (restart) this.connection.restartIce();
    await this.connection.setLocalDescription();
    await this.gathered();
    return this.connection.localDescription?.sdp ?? null;
  }

  async answered(sdp: string): Promise<void> {
    if (this.connection.signalingState !== "have-local-offer") return;
    await this.connection.setRemoteDescription({ type: "answer", sdp });
  }

  async useMicrophone(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    const before = this.connection.getSenders()[0];
    if (track && before) await before.replaceTrack(track);
  }

  /** A browser that cannot choose the loudspeaker uses the system's. */
  async useSpeaker(deviceId: string): Promise<void> {
    if ("setSinkId" in this.speaker) await this.speaker.setSinkId(deviceId).catch(() => undefined);
  }

  setMuted(on: boolean): void {
    for (const sender of this.connection.getSenders()) if (sender.track) sender.track.enabled = !on;
  }

  close(): void {
    clearTimeout(this.timer);
    this.connection.close();
    this.speaker.srcObject = null;
  }

  private listen(event: RTCTrackEvent): void {
    const stream = event.streams[0] ?? new MediaStream([event.track]);
    this.speaker.srcObject = stream;
    void this.speaker.play().catch(() => this.playLater());
    this.onSound(stream);
  }

  /** Browsers let sound play after the person's first act on the page. */
  private playLater(): void {
    const play = (): void => void this.speaker.play().catch(() => undefined);
    addEventListener("pointerup", play, { once: true });
    addEventListener("keyup", play, { once: true });
  }

  private look(): void {
    clearTimeout(this.timer);
    const now = this.connection.connectionState;
    if (now === "failed") this.onBroken();
    else if (now === "disconnected") {
      this.timer = window.setTimeout(() => this.onBroken(), MEND_MS);
    }
  }

  private gathered(): Promise<void> {
    return new Promise((done) => {
      const look = (): void => {
        if (this.connection.iceGatheringState !== "complete") return;
        this.connection.removeEventListener("icegatheringstatechange", look);
        done();
      };
      this.connection.addEventListener("icegatheringstatechange", look);
      setTimeout(done, GATHER_MS);
      look();
    });
  }
}
