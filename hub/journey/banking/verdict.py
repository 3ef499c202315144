"""A person's word about an unusual payment, and its way back to the core: once.

The check's Task is its key on both sides. The core keeps a verdict under its key, so one whose
answer was lost is simply said again.
"""

from collections.abc import Callable

from hub.customers.merge_accounts import number_in_core
from hub.domain.banking import CoreVerdict, Verdict
from hub.domain.errors import Forbidden, NotFound, Refused
from hub.domain.events import PaymentJudged
from hub.domain.states import ContactState
from hub.domain.work import PAYMENT_CHECK
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.messages import add_message, event_draft
from hub.journey.work.route import withdraw_work
from hub.journey.work.settle import settle_task
from hub.journey.work.task_row import TaskRow, load_task, require_hand_in
from hub.ports import CoreAway, CoreBanking, OutcomeUnknown, SendLater
from hub.security.roles import Right, may
from hub.store.outbox import DueEffect, emit
from hub.store.outbox_runner import EffectHandler
from hub.store.rows import change, find
from hub.store.tables import Payment, PaymentCheck
from hub.store.unit import Append, Unit

EFFECT_KIND = "payment_verdict"
ATTEMPTS = 300
"""At ten minutes' pauses: two days of a core that is away."""


async def judge_payment(hub: Hub, viewer: Viewer, *, task_id: str, verdict: Verdict) -> None:
    """Settle the check. Raise `Refused` when it is done already or in another's hand."""
    await hub.journal.run(lambda: _judge(hub, viewer, task_id, verdict))


def _judge(hub: Hub, viewer: Viewer, task_id: str, verdict: Verdict) -> Unit[None]:
    task = yield from load_task(task_id)
    if task.kind != PAYMENT_CHECK:
        raise Refused("no_payment_check", "this task is not about a payment")
    require_hand_in(hub, task, viewer)
    in_hand = yield from _require_work(task, viewer)
    at = hub.clock.now()
    payment_id = yield from _keep(task_id, verdict, viewer.user_id, at)
    yield from settle_task(hub, task, by=viewer.user_id, outcome=verdict.value)
    if task.work_contact_id is not None:
        yield from _tell_in(hub, task.work_contact_id, verdict)
        # After fraud the agent keeps the Contact: the card may have to be blocked.
        if not (in_hand and verdict is Verdict.FRAUD):
            yield from withdraw_work(hub, task.work_contact_id, by=viewer.user_id)
    yield emit(
        effect_id=task_id, kind=EFFECT_KIND, subject=payment_id, payload_sealed=b"", created_at=at
    )
    yield from audited(
        hub, viewer.user_id, "payment_judged", payment_id, details={"verdict": verdict.value}
    )
    yield Append(
        PaymentJudged(
            at=at,
            task_id=task_id,
            owner_id=task.owner_id,
            payment_id=payment_id,
            customer_id=str(task.customer_id),
            verdict=verdict.value,
            by=viewer.user_id,
        )
    )


def _keep(task_id: str, verdict: Verdict, by: str, at: float) -> Unit[str]:
    rows = yield find(PaymentCheck, "id", task_id=task_id)
    if not rows:
        raise NotFound("no_payment")
    payment_id = str(rows[0][0])
    yield change(PaymentCheck, payment_id, verdict=verdict.value, judged_by=by, judged_at=at)
    return payment_id


def _tell_in(hub: Hub, contact_id: str, verdict: Verdict) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    draft = event_draft(hub, "payment_judged", {"verdict": verdict.value}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact_id, draft, hub.clock.now())


def _require_work(task: TaskRow, viewer: Viewer) -> Unit[bool]:
    """Tell whether the viewer has the routed check in hand; raise when a colleague has."""
    if task.work_contact_id is None:
        return False
    contact = yield from load_contact(task.work_contact_id)
    if contact.state != ContactState.ASSIGNED:
        return False
    if contact.owner_agent_id == viewer.user_id:
        return True
    if not may(viewer.roles, Right.STEER_CONTACTS):
        raise Forbidden("task_in_hand", "a colleague works on it now")
    return False


def handler(hub: Hub, core: CoreBanking, *, lost: Callable[[], None]) -> EffectHandler:
    """Return what acts on effects of the kind `payment_verdict`."""

    async def act(effect: DueEffect) -> None:
        rows = await hub.reader.rows(
            find(PaymentCheck, "customer_id", "verdict", id=effect.subject)
        )
        customer_id, verdict = rows[0]
        paid = await hub.reader.rows(find(Payment, "account_id", id=effect.subject))
        account_id = paid[0][0] if paid else None
        told = CoreVerdict(
            key=effect.id,
            number=await number_in_core(hub.reader, customer_id, account_id),
            payment_id=effect.subject,
            verdict=Verdict(verdict),
        )
        try:
            await core.take_verdict(told)
        except (CoreAway, OutcomeUnknown) as away:
            lost()
            raise SendLater(str(away)) from None

    def on_done(effect: DueEffect) -> Unit[None]:
        yield change(PaymentCheck, effect.subject, told_at=hub.clock.now())

    return EffectHandler(act, repeatable=True, attempts=ATTEMPTS, on_done=on_done)
