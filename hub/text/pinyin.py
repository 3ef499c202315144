"""How Han characters are spoken, in letters without tones: 林薇 is `lin wei`.

Only the table of single characters of pypinyin is read; importing the package would load its
phrases too, 50 MB that names have no use for.
"""

import importlib.util
import json
import unicodedata
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Final

READINGS_MOST: Final = 3
"""Of one character; the rarer ones are in old books only."""
SPELLINGS_MOST: Final = 8
"""Of one name, so that a name of many-voiced characters stays small."""

_FAMILY: Final = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "任": "ren",
    "缪": "miao", "翟": "zhai", "区": "ou", "朴": "piao", "覃": "qin", "乐": "yue", "种": "chong",
    "召": "shao", "员": "yun", "繁": "po", "折": "she", "尉": "yu", "长": "zhang", "万": "mo",
    "俟": "qi", "冼": "xian", "秘": "bi", "牟": "mu", "宓": "fu", "谌": "chen", "隗": "kui",
}  # fmt: skip
"""How these sound in names, where the table has it late or not at all."""


def syllables(character: str) -> tuple[str, ...]:
    """Return the readings of one Han character, the commonest first; none for an unknown one.

    ü is written both `v` and `u`, since people type either.
    """
    said = [_FAMILY[character]] if character in _FAMILY else []
    said += _table().get(character, "").split(",")
    plain: dict[str, None] = {}
    for one in said:
        plain |= dict.fromkeys(_without_tone(one))
    return tuple(islice((one for one in plain if one), READINGS_MOST))


def spellings(run: str) -> list[tuple[str, ...]]:
    """Return the ways a run of Han characters may be spoken, a syllable for each character."""
    readings = [known for known in map(syllables, run) if known]
    return list(islice(product(*readings), SPELLINGS_MOST)) if readings else []


def _without_tone(syllable: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFD", syllable)
    letters = "".join(c for c in apart if c.isascii() and c.isalpha())
    if "\u0308" in apart:
        return (letters.replace("u", "v"), letters)
    return (letters,)


@cache
def _table() -> dict[str, str]:
    spec = importlib.util.find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed; run make install")
    raw = json.loads((Path(spec.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    return {chr(int(number)): said for number, said in raw.items()}
