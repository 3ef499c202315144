"""Where prompts come from: the bank's recording, else what was said before, else the voice.

Sounds said by the voice are files named by a hash of language and words. Words that hold digits
(balances, card numbers) are customers' data and stay in memory, for a while.
"""

import asyncio
import hashlib
from collections import OrderedDict
from pathlib import Path
from typing import Protocol

import structlog

from channels.phone.media.sounds import Clip
from channels.phone.media.speech.sound_file import from_wav
from channels.phone.media.tune import compose
from hub.domain.calls import Prompt

MOST_CLIPS = 2_000
log = structlog.get_logger(__name__)


class Speaks(Protocol):
    """Makes sound of words."""

    async def say(self, text: str, language: str) -> bytes:
        """Return mu-law; empty when there is no voice for it."""


class PromptLibrary:
    """`Library`: answers at once, and fills clips as their sound comes."""

    def __init__(self, voice: Speaks, *, recordings: Path, cache: Path) -> None:
        self._voice, self._recordings, self._cache = voice, recordings, cache
        self._clips: OrderedDict[tuple[str, str, str | None], Clip] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self.tune = Clip(compose())

    def clip(self, prompt: Prompt) -> Clip:
        """Return the prompt's sound, perhaps not ready yet."""
        key = (prompt.language, prompt.text, prompt.name)
        clip = self._clips.get(key)
        if clip is None:
            clip = self._clips[key] = Clip()
            task = asyncio.ensure_future(self._fill(clip, prompt))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            if len(self._clips) > MOST_CLIPS:
                self._clips.popitem(last=False)
        self._clips.move_to_end(key)
        return clip

    async def _fill(self, clip: Clip, prompt: Prompt) -> None:
        sound = b""
        try:
            sound = await asyncio.to_thread(self._kept, prompt)
            if not sound:
                sound = await self._voice.say(prompt.text, prompt.language)
                if sound and not is_personal(prompt):
                    await asyncio.to_thread(self._keep, prompt, sound)
        except OSError as error:
            log.warning("prompt_not_kept", error=type(error).__name__)
        finally:
            clip.ready(sound)
            if not sound:
                self._clips.pop((prompt.language, prompt.text, prompt.name), None)

    def _kept(self, prompt: Prompt) -> bytes:
        recording = self._recording(prompt)
        if recording is not None and recording.is_file():
            try:
                return from_wav(recording.read_bytes())
            except ValueError as error:
                log.warning("recording_unreadable", name=prompt.name, reason=str(error))
        path = self._path(prompt)
        return path.read_bytes() if path.is_file() else b""

    def _recording(self, prompt: Prompt) -> Path | None:
        name = prompt.name
        is_safe = name and all(c.isalnum() or c in "_-" for c in name + prompt.language)
        return self._recordings / prompt.language / f"{name}.wav" if is_safe else None

    def _keep(self, prompt: Prompt, sound: bytes) -> None:
        path = self._path(prompt)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(sound)
        part.replace(path)

    def _path(self, prompt: Prompt) -> Path:
        said = hashlib.sha256(f"{prompt.language}\n{prompt.text}".encode()).hexdigest()
        return self._cache / f"{said}.ulaw"


def is_personal(prompt: Prompt) -> bool:
    """Whether the words may be about somebody: they hold digits and are no named prompt."""
    return prompt.name is None and any(c.isdigit() for c in prompt.text)
