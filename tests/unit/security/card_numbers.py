"""Card numbers and ordinary numbers in many shapes, made from a seed."""

from collections.abc import Callable, Iterator
from random import Random

ISSUERS = [
    ("4", 16), ("4", 16), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16),
    ("34", 15), ("37", 15), ("6011", 16), ("65", 16), ("3528", 16), ("3589", 16), ("62", 16),
    ("62", 19), ("622848", 19), ("36", 14), ("301", 14), ("2202", 16), ("6212", 17),
]  # fmt: skip

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
BANKING = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")


def check_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card(rng: Random) -> str:
    prefix, size = rng.choice(ISSUERS)
    body = prefix + "".join(rng.choices("0123456789", k=size - 1 - len(prefix)))
    return body + check_digit(body)


def grouped(number: str, separator: str) -> str:
    sizes = {15: (4, 6, 5), 14: (4, 6, 4)}.get(len(number), (4,) * 5)
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return separator.join(part for part in parts if part)


def mixed(number: str, rng: Random) -> str:
    groups = grouped(number, " ").split(" ")
    return (
        "".join(g + rng.choice([" ", "-", ".", " - ", "/", "\u00a0", ""]) for g in groups[:-1])
        + (groups[-1])
    )


SHAPES: dict[str, Callable[[str, Random], str]] = {
    "solid": lambda n, _: n,
    "spaces": lambda n, _: grouped(n, " "),
    "dashes": lambda n, _: grouped(n, "-"),
    "dots": lambda n, _: grouped(n, "."),
    "double spaces": lambda n, _: grouped(n, "  "),
    "full width": lambda n, _: n.translate(FULL_WIDTH),
    "full width in groups": lambda n, _: grouped(n.translate(FULL_WIDTH), "　"),
    "Arabic": lambda n, _: grouped(n.translate(ARABIC), " "),
    "Chinese": lambda n, _: n.translate(CHINESE),
    "Chinese banking digits": lambda n, _: grouped(n.translate(BANKING), "、"),
    "digit by digit": lambda n, rng: rng.choice([" ", "-", "\u200b", ", "]).join(n),
    "mixed separators": mixed,
    "lines": lambda n, _: grouped(n, "\n"),
    "brackets": lambda n, _: "(" + grouped(n, ") (") + ")",
    "key caps": lambda n, _: "".join(f"{digit}\ufe0f\u20e3" for digit in n),
    "circled": lambda n, _: n.translate(CIRCLED),
}

AROUND = [
    "{}", "my card is {} thanks", "我的卡号是{}请查一下", "card:{}", "({})", "{} 12/29", "1. {}",
    "it's{}ok", "{}。", "No {}, code 12", "\n{}\n",
]  # fmt: skip


def chinese_id(rng: Random) -> str:
    region = rng.choice(["310101", "110105", "440301", "620102", "510107", "370102", "360103"])
    birth = f"{rng.randint(1950, 2006)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"{region}{birth}{rng.randint(0, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def iban(rng: Random) -> str:
    country, size = rng.choice([("DE", 22), ("GB", 22), ("FR", 27), ("NL", 18), ("ES", 24)])
    bank = "".join(rng.choices("ABCDEFGH", k=4)) if country in ("GB", "NL") else ""
    body = bank + "".join(rng.choices("0123456789", k=size - 4 - len(bank)))
    checks = 98 - int("".join(str(int(c, 36)) for c in body + country + "00")) % 97
    whole = f"{country}{checks:02}{body}"
    if rng.random() < 0.5:
        return whole
    return " ".join(whole[i : i + 4] for i in range(0, size, 4))


def ordinary(rng: Random) -> Iterator[str]:
    """Yield, for ever, numbers a bank's customers write that are no cards."""

    def digits(count: int) -> str:
        return "".join(rng.choices("0123456789", k=count))

    def day() -> str:
        return f"20{rng.randint(10, 29)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"

    def amount() -> str:
        return f"{rng.randint(1, 9_999_999) / 100:,.2f}"

    kinds: list[Callable[[], str]] = [
        lambda: digits(rng.randint(6, 12)),
        lambda: "ORD-" + digits(10),
        lambda: day().replace("-", "") + digits(rng.randint(6, 10)),
        lambda: day().replace("-", "") + digits(20),
        lambda: iban(rng),
        lambda: chinese_id(rng),
        lambda: "+86 1" + rng.choice("35789") + digits(1) + " " + digits(4) + " " + digits(4),
        lambda: "1" + rng.choice("35789") + digits(9) + ", 1" + rng.choice("35789") + digits(9),
        lambda: "+44 7" + digits(3) + " " + digits(6),
        lambda: "+49 1" + digits(2) + " " + digits(7) + digits(1),
        lambda: f"{amount()} {amount()} {amount()}",
        lambda: f"{amount()}, {amount()}",
        lambda: f"{day()} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}",
        lambda: f"{day()} - {day()}",
        lambda: "17" + digits(11),
    ]
    while True:
        yield rng.choice(kinds)()
