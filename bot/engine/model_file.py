"""A model as one file: arrays and JSON, never anything that runs when it is read."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.engine.dense_head import DenseHead
from bot.engine.model import Model
from bot.engine.nearest_head import NearestHead
from bot.engine.sparse_head import SparseHead
from bot.engine.vector_head import VectorHead
from bot.engine.verdict import Verdict
from bot.engine.vocabulary import Vocabulary


def save(model: Model, file: Path) -> None:
    """Write the model; who reads meanwhile finds the whole old one or the whole new one."""
    about = {
        "version": model.version,
        "intents": model.intents,
        "outside": sorted(model.outside),
        "pieces": list(model.vocabulary.columns),
        "verdict": asdict(model.verdict),
        "report": dict(model.report),
        "trust": model.vectors.trust if model.vectors else 0.0,
    }
    arrays: dict[str, Any] = {
        "rarity": model.vocabulary.rarity,
        "gram_weights": model.grams.weights.astype(np.float16),
        "gram_bias": model.grams.bias,
    }
    if model.vectors is not None:
        arrays |= {
            "mean": model.vectors.linear.mean,
            "dense_weights": model.vectors.linear.weights,
            "dense_bias": model.vectors.linear.bias,
            "near_examples": model.vectors.nearest.examples.astype(np.float16),
            "near_members": model.vectors.nearest.members,
        }
    file.parent.mkdir(parents=True, exist_ok=True)
    text = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8)
    half = file.with_name(f"{file.stem}.{os.getpid()}.part.npz")
    np.savez_compressed(half, about=text, **arrays)
    half.replace(file)


def load(file: Path) -> Model | None:
    """Read a model; None when there is none that can be read."""
    try:
        with file.open("rb") as bytes_, np.load(bytes_, allow_pickle=False) as kept:
            found = {name: kept[name] for name in kept.files}
        return _model(json.loads(found["about"].tobytes()), found)
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile):
        return None


def _model(about: dict[str, Any], found: dict[str, Any]) -> Model:
    vectors = None
    if "mean" in found:
        near = found["near_examples"].astype(np.float32)
        vectors = VectorHead(
            DenseHead(found["mean"], found["dense_weights"], found["dense_bias"]),
            NearestHead(found["mean"], near, found["near_members"]),
            about["trust"],
        )
    return Model(
        about["version"],
        tuple(about["intents"]),
        frozenset(about["outside"]),
        Vocabulary.kept(about["pieces"], found["rarity"]),
        SparseHead(found["gram_weights"].astype(np.float32), found["gram_bias"]),
        vectors,
        Verdict(**about["verdict"]),
        about["report"],
    )
