"""Lines and boards keep the order of a plain sorted list, also when lines are long."""

import random

from routing.board import Board, Line, Rank


def test_a_long_line_stays_in_order() -> None:
    rng = random.Random(3)
    line, plain = Line(), []
    for number in range(6_000):
        rank: Rank = (rng.randrange(3), rng.random(), f"c{number}", 0, None)
        line.add(rank)
        plain.append(rank)
    plain.sort()
    for rank in rng.sample(plain, 3_000):
        plain.remove(rank)
        line.remove(rank)
    assert list(line) == plain
    assert [line.before(plain[i]) for i in (0, 700, 2_999)] == [0, 700, 2_999]
    while plain:
        assert line.first == plain.pop(0)
        assert line.drop_first() == (plain[0] if plain else None)


def test_the_best_is_the_first_that_suits_and_is_not_passed_over() -> None:
    rng = random.Random(4)
    lines = [Line() for _ in range(12)]
    board = Board(lines)
    ranks: list[Rank] = [(0, rng.random(), f"c{n}", rng.randrange(12), None) for n in range(300)]
    for rank in ranks:
        board.add(rank)
    for _ in range(300):
        row = bytearray(rng.randrange(2) for _ in lines)
        suits = sum(bit << place for place, bit in enumerate(row))
        skip = set(rng.sample([rank[2] for rank in ranks], len(ranks) // 2))
        fitting = sorted(rank for rank in ranks if row[rank[3]])
        assert board.best(suits, row) == (fitting[0] if fitting else None)
        left = [rank for rank in fitting if rank[2] not in skip]
        assert board.best_outside(suits, row, skip) == (left[0] if left else None)
        board.remove(ranks.pop(rng.randrange(len(ranks))))
    assert board.occupied == 0
