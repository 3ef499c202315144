"""Vectors kept in a file by a hash of their sentence: training again costs only what is new."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.engine.vocabulary import Floats
from hub.ports import Embedder


class KeptVectors:
    """An `Embedder` that remembers; only for sentences of training, never for customers' words."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self._embedder, self._file = embedder, file

    @property
    def name(self) -> str:
        """The model behind it."""
        return self._embedder.name

    def missing(self, sentences: Sequence[str]) -> list[str]:
        """Return the sentences whose vectors are not kept yet, each once."""
        known = self._read()
        return [one for one in dict.fromkeys(sentences) if _key(self.name, one) not in known]

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """Return vectors, computing those that are not kept."""
        known = self._read()
        keys = [_key(self.name, one) for one in sentences]
        new = {key: at for at, key in enumerate(keys) if key not in known}
        if new:
            found = self._embedder.vectors([sentences[at] for at in new.values()])
            known |= dict(zip(new, found, strict=True))
            self._write({key: known[key] for key in known})
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[str, Floats]:
        try:
            with self._file.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            return {}  # a broken cache is no loss but time

    def _write(self, known: dict[str, Floats]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half = self._file.with_name(self._file.name + ".part.npz")
        np.savez(half, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
        half.replace(self._file)


def _key(model: str, sentence: str) -> str:
    return hashlib.sha256(f"{model}\n{sentence}".encode("utf-8", "replace")).hexdigest()[:32]
