"""What is under the GPL stays in programs of its own."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.servers


def loaded_by(module: str) -> set[str]:
    program = f"import sys, {module}; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_hub_loads_neither_media_libraries_nor_the_voice() -> None:
    loaded = loaded_by("channels.phone.adapter, channels.phone.embedded.mount")
    assert not loaded & {"av", "aiortc", "aioice", "espeakng_loader", "channels.phone.media.peer"}


def test_the_media_process_does_not_load_the_voice() -> None:
    loaded = loaded_by("channels.phone.media.run")
    assert "aiortc" in loaded
    assert "espeakng_loader" not in loaded
