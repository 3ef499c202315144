"""Lists of callers to call: who gave up waiting and who left a message, until they are served.

They are Tasks of two kinds, so claiming and finishing is what it is for every Task.
"""

from typing import Final

from sqlalchemy import bindparam, select

from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.work.settle import settle_task
from hub.journey.work.task_row import OPEN, TASK_COLUMNS, TaskRow
from hub.store.rows import table_of
from hub.store.tables import Contact, Task
from hub.store.unit import Prepared, Unit

VOICEMAIL: Final = "voicemail"
ABANDONED: Final = "abandoned_call"
SERVED: Final = "served_since"
"""The outcome of a Task whose caller was served before anybody called."""

_t, _c = table_of(Task).c, table_of(Contact).c
_waiting = Prepared(
    select(*(_t[name] for name in TASK_COLUMNS))
    .join_from(table_of(Task), table_of(Contact), _c.id == _t.contact_id)
    .where(_c.conversation_id == bindparam("of"), _t.state == OPEN)
    .where(_t.kind.in_((VOICEMAIL, ABANDONED)))
    .with_for_update(of=table_of(Task))
)


def drop_from_lists(hub: Hub, contact: ContactRow) -> Unit[None]:
    """The caller has an agent now: nobody need call them for what they rang about before."""
    for row in (yield _waiting(of=contact.conversation_id)):
        yield from settle_task(hub, TaskRow(*row), by="system", outcome=SERVED)
