"""The process that reads one document from standard input and says its words; then it ends.

Run as `python -m hub.adapters.documents.child`: 0 and the words, or 3 for what cannot be read.
"""

import os
import resource
import sys

from hub.adapters.documents.words import Unreadable, words_of

UNREADABLE = 3
CPU_SECONDS = 5
MEMORY_BYTES = 512 * 1024 * 1024
OPEN_FILES = 8


def main() -> int:
    """Read, say, end."""
    asked, answered = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        words = words_of(asked.read())
    except (Unreadable, MemoryError):
        return UNREADABLE
    answered.write(words.encode("utf-8", "replace"))
    answered.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
