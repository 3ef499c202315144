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
  meter.fftSize = 8192; // longer than the pause between two looks: no word falls between them
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

const BLOCK = 512;

/** The loudest moment in it, as a share of a full voice, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let loudest = 0;
  for (let start = 0; start < samples.length; start += BLOCK) {
    const block = samples.subarray(start, start + BLOCK);
    let sum = 0;
    for (const one of block) sum += one * one;
    loudest = Math.max(loudest, sum / block.length);
  }
  return Math.min(1, Math.sqrt(loudest) / FULL);
}
