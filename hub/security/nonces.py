"""Random 96-bit nonces, drawn from the system in blocks: one call per 256 seals."""

import os

NONCE_BYTES = 12
_BLOCK_NONCES = 256
_pool: list[bytes] = []


def nonce() -> bytes:
    """Return twelve random bytes that no other call, thread or process of ours gets."""
    try:
        return _pool.pop()
    except IndexError:
        block = os.urandom(NONCE_BYTES * _BLOCK_NONCES)
        fresh = [block[i : i + NONCE_BYTES] for i in range(0, len(block), NONCE_BYTES)]
        mine = fresh.pop()
        _pool.extend(fresh)
        return mine


# A child that inherited the pool would seal with its parent's nonces, which breaks AES-GCM.
os.register_at_fork(after_in_child=_pool.clear)
