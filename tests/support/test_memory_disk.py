"""Where temporary files go."""

import shutil
from pathlib import Path

from tests.support.memory_disk import has_room


def test_a_disk_with_too_little_room_is_left_alone(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    assert has_room(tmp_path, enough_bytes=free // 2)
    assert not has_room(tmp_path, enough_bytes=free * 2)


def test_a_folder_that_is_not_there_is_left_alone(tmp_path: Path) -> None:
    assert not has_room(tmp_path / "nowhere", enough_bytes=0)
