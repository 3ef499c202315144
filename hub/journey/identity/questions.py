"""Proof by two questions from the record: the page gets the questions, never the answers."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from hub.customers import questions as rules_of
from hub.domain.errors import Invalid, Refused
from hub.domain.events import ProofAsked
from hub.domain.proof import ProofMethod
from hub.domain.states import IdentityLevel
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.journey.identity.code import end_open
from hub.journey.identity.code_check import Checked
from hub.journey.identity.level import raise_level
from hub.journey.identity.misses import add_miss, forget_misses, hold_misses
from hub.journey.identity.subject import load_known, load_subject, load_talk
from hub.store.rows import change_if, put, table_of
from hub.store.tables import Verification
from hub.store.unit import Append, Prepared, Unit

_METHOD = ProofMethod.QUESTIONS.value
_v = table_of(Verification).c
_open_set = Prepared(
    select(_v.id, _v.customer_id, _v.party_id, _v.questions, _v.expires_at)
    .where(_v.state == "open", _v.contact_id == bindparam("of"), _v.method == _METHOD)
    .with_for_update()
)


class Asked(NamedTuple):
    """Codes of the questions; the page has the sentences."""

    questions: Sequence[str]
    expires_at: float


async def ask_questions(hub: Hub, viewer: Viewer, *, contact_id: str) -> Asked:
    """Choose two questions; asked again they are the same ones.

    Raises `Refused`: proof_locked, too_little_known, already_proved (the record is open, so its
    answers would be read off the screen), no_customer, speaker_unknown, deceased.
    """
    return await hub.journal.run(lambda: _ask(hub, viewer, contact_id))


def _ask(hub: Hub, viewer: Viewer, contact_id: str) -> Unit[Asked]:
    contact = yield from load_talk(hub, viewer, contact_id)
    if contact.identity_level >= IdentityLevel.PROVED:
        raise Refused("already_proved", "the record is open: a second proof is a code")
    at = hub.clock.now()
    subject = yield from load_subject(hub, contact)
    yield from hold_misses(hub, contact.customer_id or "", at)
    known = yield from load_known(hub, subject)
    order = hub.lookup.of("questions", f"{contact.id}/{contact.speaker_party_id}")
    chosen = rules_of.choose(known, order)
    if len(chosen) < rules_of.ASKED:
        raise Refused("too_little_known", "the record holds too little to ask about")
    expires_at = at + hub.settings.proof.answer_seconds
    yield end_open(of=contact.id, by_method=_METHOD, at=at)
    yield put(
        Verification, id=hub.new_id("prf"), contact_id=contact.id, customer_id=contact.customer_id,
        party_id=contact.speaker_party_id, method=_METHOD, questions=json.dumps(chosen),
        asked_by=viewer.user_id, asked_at=at, expires_at=expires_at,
    )  # fmt: skip
    details = {"method": _METHOD, "questions": chosen}
    yield from audited(hub, viewer.user_id, "proof_asked", contact.id, details=details)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ProofAsked(at=at, method=_METHOD, by=viewer.user_id, **ids))
    return Asked(chosen, expires_at)


async def check_answers(
    hub: Hub, viewer: Viewer, *, contact_id: str, answers: Mapping[str, str]
) -> Checked:
    """Check what the customer said, by code of question; all must be right.

    Which one was wrong nobody learns. Raises `Refused`: no_questions, proof_locked.
    """
    if not answers or not all(said.strip() for said in answers.values()):
        raise Invalid("answer_missing", "type what the customer said to each question")
    return await hub.journal.run(lambda: _check(hub, viewer, contact_id, answers))


def _check(hub: Hub, viewer: Viewer, contact_id: str, answers: Mapping[str, str]) -> Unit[Checked]:
    contact = yield from load_talk(hub, viewer, contact_id)
    at, by = hub.clock.now(), viewer.user_id
    misses = yield from hold_misses(hub, contact.customer_id or "", at)
    rows = yield _open_set(of=contact.id)
    if not rows or rows[0][1:3] != (contact.customer_id, contact.speaker_party_id):
        raise Refused("no_questions", "ask first")
    proof_id, _, _, asked, expires_at = rows[0]
    if at >= expires_at:
        raise Refused("no_questions", "the questions are too old: ask again")
    subject = yield from load_subject(hub, contact)
    known = yield from load_known(hub, subject)
    is_right = rules_of.all_right(known, json.loads(asked), answers)
    state = "proved" if is_right else "missed"
    yield change_if(
        Verification, proof_id, {"state": "open"}, state=state, decided_at=at, decided_by=by
    )
    if not is_right:
        left = yield from add_miss(hub, contact, misses, method=_METHOD, by=by, at=at)
        return Checked(proved=False, level=contact.identity_level, tries_left=left)
    yield from forget_misses(contact.customer_id or "", at)
    level = yield from raise_level(hub, contact, method=_METHOD, by=by, at=at)
    return Checked(proved=True, level=level, tries_left=hub.settings.proof.misses_allowed)
