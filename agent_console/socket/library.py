"""python-socketio without the HTTP libraries of its clients, until somebody is such a client.

The package imports them with itself, a tenth of what a start of the hub imports; a server needs
none. They are there as soon as anything of them is used.
"""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Final

CLIENTS_NEED: Final = ("aiohttp", "requests")


def load_when_used(name: str) -> None:
    """Put a module in its place that is read at its first use; one that is missing stays so."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


for needed in CLIENTS_NEED:
    load_when_used(needed)

import socketio  # noqa: E402  only now, with those asleep

__all__ = ["socketio"]
