/** The tone of a ringing call, on a loudspeaker of choice. */

type WithSink = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Play it once; resolves when it is over. */
export async function playRing(deviceId: string): Promise<void> {
  const context: WithSink = new AudioContext();
  await context.setSinkId?.(deviceId).catch(() => undefined);
  await context.resume();
  const tone = (hertz: number, start: number): OscillatorNode => {
    const voice = context.createOscillator();
    const gain = context.createGain();
    voice.frequency.value = hertz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.15, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.5);
    voice.connect(gain).connect(context.destination);
    voice.start(start);
    voice.stop(start + 0.5);
    return voice;
  };
  const start = context.currentTime;
  tone(523, start);
  const last = tone(784, start + 0.25);
  await new Promise((done) => last.addEventListener("ended", done));
  await context.close();
}
