"""Examples from a CSV file: `text,category` (or `text,intent`), with or without a language."""

import csv
from pathlib import Path

from bot.engine.train import Example
from hub.domain.errors import Invalid

LABELS = ("category", "intent")


def read_examples(path: Path) -> list[Example]:
    """Return the examples; raise `Invalid` with file, line and remedy."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            header = rows.fieldnames or []
            label = next((name for name in LABELS if name in header), None)
            if label is None or "text" not in header:
                raise Invalid("bad_examples", f"{path}:1: the header needs text,category; add it")
            return [_example(path, rows.line_num, row["text"], row[label]) for row in rows]
    except OSError as error:
        raise Invalid("bad_examples", f"{path}: {error.strerror}; put the file there") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid("bad_examples", f"{path}: no CSV in UTF-8: {error}; save it so") from None


def _example(path: Path, line: int, text: str | None, intent: str | None) -> Example:
    if not (text or "").strip() or not (intent or "").strip():
        raise Invalid("bad_examples", f"{path}:{line}: text or category is empty; fill in both")
    return Example(str(text), str(intent).strip())
