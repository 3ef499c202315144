"""The units of this folder through the real journal, many at once."""

import asyncio

import pytest

from hub.security.audit import entries_of_node, record, verify
from hub.security.audit_anchor import set_anchor
from hub.security.errors import TooMany, WrongKey
from hub.security.key_store import add_data_key, open_key_ring
from hub.security.keyring import Purpose
from hub.security.rotate import refuse_if_held, reseal_chunk
from hub.security.sealed_columns import sealed_columns
from hub.security.sessions import open_session, revoke_sessions_of, session_by_token, touch_session
from hub.security.throttle import PER_ACCOUNT, Attempt, charge_sign_in, forgive_sign_in
from hub.security.tokens import token_hash
from hub.security.vault import Vault
from hub.store import tables
from hub.store.engine import Store
from hub.store.rows import put
from hub.store.unit import Unit

MASTER, OTHER = bytes(range(32)), bytes(range(1, 33))


async def test_the_key_ring_opens_again_and_only_with_its_master_key(store: Store) -> None:
    ring = await store.journal.run(open_key_ring(MASTER, 1.0))
    again = await store.journal.run(open_key_ring(MASTER, 2.0))
    assert again.current(Purpose.SEAL).secret == ring.current(Purpose.SEAL).secret
    with pytest.raises(WrongKey):
        await store.journal.run(open_key_ring(OTHER, 3.0))


async def test_fifty_parallel_guesses_get_no_more_tries_than_one_after_the_other(
    store: Store,
) -> None:
    def guess(number: int) -> Unit[None]:
        return charge_sign_in(Attempt("account", f"address {number}"), at=1.0)

    guesses = (store.journal.run(guess(number)) for number in range(50))
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert outcomes.count(None) == PER_ACCOUNT.tries
    assert sum(isinstance(outcome, TooMany) for outcome in outcomes) == 50 - PER_ACCOUNT.tries
    await store.journal.run(forgive_sign_in(Attempt("account", "address 1")))
    await store.journal.run(guess(99))


async def test_a_session_lives_and_ends(store: Store) -> None:
    opened = await store.journal.run(open_session("ses_1", "usr_1", at=1.0))
    rows = await store.reader.rows(session_by_token(token_hash=token_hash(opened.token)))
    assert rows[0][:2] == ("ses_1", "usr_1")
    assert await store.journal.run(touch_session("ses_1", at=70.0))
    assert await store.journal.run(revoke_sessions_of("usr_1", at=80.0)) == ["ses_1"]
    assert await store.reader.rows(session_by_token(token_hash=token_hash(opened.token))) == []


async def test_entries_written_at_once_make_one_chain(store: Store) -> None:
    def entry(number: int) -> Unit[int]:
        return record(
            MASTER, "node-1", at=1.0 + number / 7, actor="usr_1", action="seen",
            subject=f"cus_{number}"
        )  # fmt: skip

    await store.journal.run(entry(0))
    await asyncio.gather(*(store.journal.run(entry(number)) for number in range(1, 40)))
    anchor = await store.journal.run(set_anchor(MASTER, "node-1", at=10.0))
    rows = await store.reader.rows(entries_of_node(of_node="node-1", after_n=0, most=100))
    verdict = verify(rows, MASTER)
    assert verdict.holds
    assert anchor is not None
    assert (verdict.entries, verdict.last_hash) == (anchor.n, anchor.hash) == (40, rows[-1][-1])


async def test_keys_rotate_under_live_values(store: Store) -> None:
    ring = await store.journal.run(open_key_ring(MASTER, 1.0))
    vault, old = Vault(ring), ring.current(Purpose.SEAL)

    def write(number: int) -> Unit[None]:
        sealed = vault.seal("secret", "effect", "payload", f"eff_{number}")
        yield put(
            tables.Effect, id=f"eff_{number}", kind="mail", subject="con_1", payload_sealed=sealed,
            due_at=0.0, created_at=0.0,
        )  # fmt: skip

    for number in range(25):
        await store.journal.run(write(number))
    ring.add(await store.journal.run(add_data_key(ring, Purpose.SEAL, MASTER, 2.0)))
    vault.use_current_key()
    resealed = 0
    for sealed in sealed_columns():
        step = await store.journal.run(reseal_chunk(vault, sealed, None, limit=10))
        while step is not None:
            resealed += step.resealed
            step = await store.journal.run(reseal_chunk(vault, sealed, step.after, limit=10))
    assert resealed == 25
    await store.journal.run(refuse_if_held(old))
