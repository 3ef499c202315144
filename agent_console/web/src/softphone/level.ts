/** How loud a stream is, ten times a second. */

const EVERY_MS = 100;
/** A voice close to the microphone; louder shows as full. */
const FULL = 0.25;

let context: AudioContext | null = null;

export function watchLevel(stream: MediaStream, tell: (level: number) => void): () => void {
  context ??= new AudioContext();
  void context.resume();
  const source = context.createMediaStreamSource(stream);
  const meter = context.createAnalyser();
  meter.fftSize = 512;
  source.connect(meter);
  const samples = new Float32Array(meter.fftSize);
  const timer = setInterval(() => {
    meter.getFloatTimeDomainData(samples);
    tell(loudness(samples));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}

/** Root mean square as a share of a full voice, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const one of samples) sum += one * one;
  return Math.min(1, Math.sqrt(sum / Math.max(1, samples.length)) / FULL);
}
