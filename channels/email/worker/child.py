"""The child: reads one mail after the other from standard input, with little of everything.

Run as `python -m channels.email.worker.child`. A question is a line of JSON and the bytes of the
mail; the answer is a line of JSON and bytes. It ends when its input ends.
"""

import json
import math
import os
import resource
import sys
from typing import Any, BinaryIO

from channels.email.parse.read import part_bytes, read_mail

MEMORY_BYTES = 1024 * 1024 * 1024
"""Of address space, of which the interpreter takes about a tenth before the first mail."""
OPEN_FILES = 8


def main() -> None:
    """Answer until the input ends."""
    cpu_seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    asked, answered = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # Whatever prints must not write between answers.
    _limit_all()
    _say(answered, {"ready": True}, b"")
    while line := asked.readline():
        question = json.loads(line)
        raw = asked.read(question["size"])
        if len(raw) < question["size"]:
            return
        _limit_cpu(cpu_seconds)
        _answer(answered, question, raw)


def _answer(answered: BinaryIO, question: dict[str, Any], raw: bytes) -> None:
    if question["do"] == "part":
        found = part_bytes(raw, question["path"])
        _say(answered, {"found": found is not None}, found or b"")
        return
    mail = read_mail(
        raw,
        relays=question["relays"],
        own_addresses=question["own"],
    )
    _say(answered, {"found": True}, mail.to_json())


def _say(answered: BinaryIO, about: dict[str, bool], data: bytes) -> None:
    answered.write(json.dumps({**about, "size": len(data)}).encode() + b"\n")
    answered.write(data)
    answered.flush()


def _limit_all() -> None:
    """Take what a reader of mails has no use for; what is taken cannot be had back."""
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)


def _limit_cpu(seconds: int) -> None:
    """Let the next mail have so many seconds of processor time, then the kernel ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    so_far = math.ceil(used.ru_utime + used.ru_stime)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (so_far + seconds, most))


def _lower(what: int, to: int) -> None:
    _, most = resource.getrlimit(what)
    wanted = to if most == resource.RLIM_INFINITY else min(to, most)
    resource.setrlimit(what, (wanted, wanted))


if __name__ == "__main__":
    main()
