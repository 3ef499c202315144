"""Customers of the demo bank: who they are. The same number gives the same person every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from config.demo import words

SEED = "northmere-1"
SEGMENTS = ("everyday", "premier", "business", "student")
_SEGMENT_WEIGHTS = (62, 12, 10, 16)
LIFECYCLES = ("active", "new", "dormant", "leaving")
_LIFECYCLE_WEIGHTS = (82, 9, 6, 3)
FIRST_NUMBER = 30_000_000
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One customer's profile."""

    number: str
    """The bank's customer number."""
    name: str
    name_zh: str
    language: str
    segment: str
    lifecycle: str
    since_year: int
    phone: str
    email: str
    id_number: str
    birth_date: str
    address: str
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The record's identifier."""
        return f"cus_demo{self.number}"


def luck_of(*parts: object) -> Random:
    """Return the dice of one thing; independent of how many others there are."""
    return Random("/".join(map(str, (SEED, *parts))))


def person(n: int) -> Person:
    """Return the n-th invented customer."""
    dice = luck_of("person", n)
    is_chinese = dice.random() < 0.6
    if is_chinese:
        (family, family_zh), (given, given_zh) = (
            dice.choice(words.FAMILY_ZH),
            dice.choice(words.GIVEN_ZH),
        )
        name, name_zh = f"{family} {given}", family_zh + given_zh
    else:
        family, given = dice.choice(words.FAMILY_EN), dice.choice(words.GIVEN_EN)
        name, name_zh = f"{given} {family}", ""
    born = dice.randint(1950, 2006)
    birth_date = f"{born}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    number = str(FIRST_NUMBER + n)
    return Person(
        number=number,
        name=name,
        name_zh=name_zh,
        language="zh" if is_chinese and dice.random() < 0.85 else "en",
        segment=_one_of(dice, SEGMENTS, _SEGMENT_WEIGHTS),
        lifecycle=_one_of(dice, LIFECYCLES, _LIFECYCLE_WEIGHTS),
        since_year=dice.randint(max(1998, born + 16), 2025),
        phone=f"+8613800{dice.randint(0, 999_999):06}",
        email=f"{given}.{family}.{n}@mail.example".lower(),
        id_number=invalid_id_number(birth_date, dice.randint(0, 999)),
        birth_date=birth_date,
        address=_address(dice, chinese=is_chinese),
    )


def invalid_id_number(birth_date: str, serial: int) -> str:
    """Return a number in the form of a Chinese identity number whose check digit is wrong."""
    body = f"310199{birth_date.replace('-', '')}{serial:03}"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True)) % 11]
    # Nobody can have it: it looks right and fails every check.
    return body + ("0" if check != "0" else "1")


def _one_of(dice: Random, values: Sequence[str], weights: Sequence[int]) -> str:
    return dice.choices(values, weights)[0]


def _address(dice: Random, *, chinese: bool) -> str:
    house, street = dice.randint(1, 280), dice.randrange(len(words.STREETS_EN))
    city, city_zh = dice.choice(words.CITIES)
    if chinese:
        return f"{city_zh}{words.STREETS_ZH[street]}{house}号"
    return f"{house} {words.STREETS_EN[street]}, {city}"
