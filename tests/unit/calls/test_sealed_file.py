"""A long file opens anywhere, and nowhere else."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.errors import NotFound
from hub.journey.calls.sealed_file import PIECE_BYTES, read_sealed, write_sealed
from hub.security.errors import Tampered
from hub.security.keyring import fresh_key_ring
from hub.security.vault import OVERHEAD_BYTES, Vault

DATA = os.urandom(2 * PIECE_BYTES + 1000)
VAULT = Vault(fresh_key_ring())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sound") / "ab" / "rec_1"
    write_sealed(VAULT, made, "call_recording", "rec_1", DATA)
    return made


def read(path: Path, start: int, end: int, row: str = "rec_1") -> bytes:
    return b"".join(read_sealed(VAULT, path, "call_recording", row, start, end))


@settings(max_examples=40)
@given(st.data())
def test_any_range_is_what_was_written(path: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DATA)))
    end = data.draw(st.integers(start, len(DATA)))
    assert read(path, start, end) == DATA[start:end]


def test_nothing_of_it_lies_open(path: Path) -> None:
    lies = path.read_bytes()
    assert DATA[:64] not in lies
    assert len(lies) == len(DATA) + 3 * OVERHEAD_BYTES


def test_pieces_cannot_be_swapped_nor_taken_for_another_recording(path: Path) -> None:
    stride, lies = PIECE_BYTES + OVERHEAD_BYTES, path.read_bytes()
    swapped = path.with_name("swapped")
    swapped.write_bytes(lies[stride : 2 * stride] + lies[:stride] + lies[2 * stride :])
    with pytest.raises(Tampered):
        read(swapped, 0, 10)
    with pytest.raises(Tampered):
        read(path, 0, 10, row="rec_2")


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "none", 0, 1)
