"""Microphones and ears for people at real pages: each says one tone, and tells which it hears."""

import asyncio
import time
from collections.abc import Sequence

from playwright.async_api import BrowserContext, Page

_SCRIPT = """
(() => {
  const context = new AudioContext();
  const say = async () => {
    await context.resume();
    const voice = new OscillatorNode(context, { frequency: %d });
    const out = new MediaStreamAudioDestinationNode(context);
    voice.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    voice.start();
    return out.stream;
  };
  navigator.mediaDevices.getUserMedia = say;
  let ear = null;
  const listen = (track) => {
    ear = new AnalyserNode(context, { fftSize: 16384, smoothingTimeConstant: 0 });
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(ear);
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      this.addEventListener("track", (event) => listen(event.track));
    }
  };
  window.heardTones = (tones) => {
    if (!ear) return null;
    const levels = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(levels);
    const width = context.sampleRate / ear.fftSize;
    const at = (hz) => {
      const place = Math.round(hz / width);
      return Math.max(...levels.slice(place - 2, place + 3));
    };
    const loudest = Math.max(-70, ...tones.map(at));
    return tones.filter((hz) => at(hz) > Math.max(-70, loudest - 18));
  };
})();
"""


async def give_voice(person: BrowserContext, hz: int) -> None:
    """Every page of this person speaks with this tone."""
    await person.add_init_script(_SCRIPT % hz)


MUSIC = (196, 220, 262, 294, 330, 392)
"""Notes of the hold music; no voice of a test is among them or their overtones."""


async def hears(
    page: Page, wanted: set[int], among: Sequence[int], *, music: bool = False, seconds: float = 20
) -> None:
    """Wait until these voices and no others are heard, with or without music, twice in a row."""
    deadline, run = time.monotonic() + seconds, 0
    found: list[int] | None = None
    while run < 2:
        if time.monotonic() > deadline:
            raise AssertionError(f"heard {found}, not {sorted(wanted)}, music {music}")
        await asyncio.sleep(0.4)  # the window of one look
        found = await page.evaluate("tones => window.heardTones(tones)", [*among, *MUSIC])
        is_so = found is not None and wanted == {hz for hz in found if hz not in MUSIC}
        run = run + 1 if is_so and music == any(hz in MUSIC for hz in found or ()) else 0
