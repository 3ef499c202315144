"""The table from a timer's kind to the step that answers it."""

from collections.abc import Awaitable, Callable

from hub.journey import (
    anchor,
    close,
    customer_page,
    enqueue,
    hours,
    news,
    presence,
    pruning,
    reserve,
    returning,
    self_serve,
    silence,
    survey_link,
    wrap_up,
)
from hub.journey.articles import care, life
from hub.journey.calls import control, ended, retention
from hub.journey.cases import clock
from hub.journey.context import Hub
from hub.journey.floor import announce, assist, hear, switches
from hub.journey.outgoing import leave
from hub.journey.standing import nightly
from hub.journey.waiting import TimerKind
from hub.journey.work import route
from hub.journey.written import approval, aside, held, together

STEPS: dict[TimerKind, Callable[[Hub, str], Awaitable[None]]] = {
    TimerKind.SELF_SERVE: self_serve.turn,
    TimerKind.SILENCE: silence.look_at_silence,
    TimerKind.SILENCE_CLOSE: close.close_silent,
    TimerKind.OPENING: enqueue.open_parked,
    TimerKind.OFFER: reserve.expire,
    TimerKind.WRAP_UP: wrap_up.run_out,
    TimerKind.SURVEY_LINK: survey_link.send_link,
    TimerKind.NEWS: news.send_unseen,
    TimerKind.PRUNE: pruning.prune_some,
    TimerKind.AGENT_GRACE: presence.give_up_agent,
    TimerKind.CUSTOMER_GRACE: customer_page.give_up_customer,
    TimerKind.HOURS: hours.change_hours,
    TimerKind.ANCHOR: anchor.anchor_day,
    TimerKind.TASK_DUE: route.come_due,
    TimerKind.TASK_OVERDUE: route.call_supervisor,
    TimerKind.STANDING: nightly.judge_some,
    TimerKind.CASE_DUE: clock.come_due,
    TimerKind.TRANSFER: returning.come_back_unanswered,
    TimerKind.WAYS: hear.listen,
    TimerKind.ASSIST_END: assist.run_out,
    TimerKind.ANNOUNCE: announce.tell_customers,
    TimerKind.ANNOUNCE_END: announce.run_out,
    TimerKind.SWITCH_END: switches.run_out,
    TimerKind.CALL_CONNECT: ended.not_connected,
    TimerKind.CALL_REDIAL: ended.redial,
    TimerKind.CALL_HOLD: control.remind,
    TimerKind.RECORDINGS: retention.forget_some,
    TimerKind.ARTICLE_BEGINS: life.begin,
    TimerKind.ARTICLE_CARE: care.look,
    TimerKind.ASIDE: aside.end_wait,
    TimerKind.JOINT_CLOSE: together.carry_out_close,
    TimerKind.HELD_LETTER: held.forget_held,
    TimerKind.WAITING_LETTER: approval.end_waiting,
    TimerKind.OUTGOING_LETTER: leave.come_due,
}
"""The second argument is the timer's subject; a step claims the timer inside its unit."""
