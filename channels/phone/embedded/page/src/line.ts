/** The sound: a microphone out, the bank in. A broken connection is replaced, never repaired. */

const GATHER_MS = 2_000;
const MEND_MS = 2_000;

export class Line {
  /** The connection broke: a new one is wanted. */
  onBroken: () => void = () => undefined;
  private connection: RTCPeerConnection | null = null;
  private readonly speaker = new Audio();
  private microphone: MediaStream | null = null;
  private isMuted = false;
  private timer = 0;

  /** Ask for the microphone; rejects when there is none or it is refused. */
  async open(deviceId: string): Promise<void> {
    const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true };
    if (deviceId) audio.deviceId = { ideal: deviceId };
    this.microphone = await navigator.mediaDevices.getUserMedia({ audio });
    this.mute(this.isMuted);
  }

  /** An offer of a new connection, with all its candidates. */
  async offer(): Promise<string> {
    const track = this.microphone?.getAudioTracks()[0];
    if (!track || !this.microphone) throw new Error("no microphone");
    this.connection?.close();
    const connection = new RTCPeerConnection();
    this.connection = connection;
    connection.addTransceiver(track, { direction: "sendrecv", streams: [this.microphone] });
    connection.addEventListener("track", (event) => this.listen(event.track));
    connection.addEventListener("connectionstatechange", () => this.look(connection));
    await connection.setLocalDescription();
    await gathered(connection);
    return connection.localDescription?.sdp ?? "";
  }

  async answered(sdp: string): Promise<void> {
    if (this.connection?.signalingState !== "have-local-offer") return;
    await this.connection.setRemoteDescription({ type: "answer", sdp });
  }

  mute(on: boolean): void {
    this.isMuted = on;
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !on;
  }

  /** How loud the bank is, 0 to 1. */
  volume(level: number): void {
    this.speaker.volume = level;
  }

  async useMicrophone(deviceId: string): Promise<void> {
    if (!this.microphone) return;
    const before = this.microphone;
    await this.open(deviceId);
    const track = this.microphone.getAudioTracks()[0];
    if (track) await this.connection?.getSenders()[0]?.replaceTrack(track);
    for (const old of before.getTracks()) old.stop();
  }

  close(): void {
    clearTimeout(this.timer);
    this.connection?.close();
    this.connection = null;
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
    this.microphone = null;
    this.speaker.srcObject = null;
  }

  private listen(track: MediaStreamTrack): void {
    this.speaker.srcObject = new MediaStream([track]);
    void this.speaker.play().catch(() => undefined);
  }

  private look(connection: RTCPeerConnection): void {
    if (connection !== this.connection) return;
    clearTimeout(this.timer);
    const now = connection.connectionState;
    if (now === "failed") this.onBroken();
    else if (now === "disconnected") {
      this.timer = window.setTimeout(() => this.onBroken(), MEND_MS);
    }
  }
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (connection.iceGatheringState === "complete") done();
    };
    connection.addEventListener("icegatheringstatechange", look);
    setTimeout(done, GATHER_MS);
    look();
  });
}
