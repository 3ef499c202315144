/** One soft two-tone: it is the customer's turn. The event line is its visible twin. */

let context: AudioContext | undefined;

/** Browsers let a page make a sound only after a click: call this in one. */
export function allowSound(): void {
  context ??= new AudioContext();
}

export function ring(): void {
  if (!context) return;
  const volume = context.createGain();
  volume.gain.value = 0.08;
  volume.connect(context.destination);
  [660, 880].forEach((hertz, index) => {
    const tone = context!.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(context!.currentTime + index * 0.2);
    tone.stop(context!.currentTime + index * 0.2 + 0.18);
  });
}
