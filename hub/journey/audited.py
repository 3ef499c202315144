"""The audit entry of a step, in the step's own unit: no deed without its entry."""

from collections.abc import Mapping

from hub.journey.context import Hub
from hub.security import audit
from hub.store.unit import Unit


def audited(
    hub: Hub,
    actor: str,
    action: str,
    subject: str,
    *,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> Unit[None]:
    """Add a link to this node's audit chain."""
    yield from audit.record(
        hub.audit_key,
        hub.node,
        at=hub.clock.now(),
        actor=actor,
        action=action,
        subject=subject,
        reason=reason,
        details=details,
    )
