"""Our own values as JSON text, by an encoder that is built once.

`JSONEncoder.encode` builds one for every call, which costs more than a small value does.
"""

import json
from collections.abc import Callable
from json import encoder
from typing import Any, Final

quote: Final = encoder.encode_basestring
"""A text as JSON."""


def dumper(default: Callable[[Any], Any] | None = None) -> Callable[[Any], str]:
    """Return a function that writes compact JSON; `default` makes something of what JSON lacks."""
    plain = json.JSONEncoder(
        ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=default
    )
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:  # a Python without the C accelerator
        return plain.encode
    # No cycle check: our values are fresh trees.
    encode = make(None, plain.default, quote, None, ":", ",", False, False, False)
    return lambda value: "".join(encode(value, 0))
