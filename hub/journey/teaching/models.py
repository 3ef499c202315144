"""Models that were trained, and how each did on the sentences kept apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.domain.errors import Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.store.rows import find, table_of
from hub.store.tables import BotModel
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

_new = upsert(table_of(BotModel))
_NAMES = ("sentences", "figures", "train_seconds", "trained_at", "trained_by")
_keep = Prepared(
    _new.on_conflict_do_update(
        index_elements=["version"], set_={name: _new.excluded[name] for name in _NAMES}
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModel:
    """A model that was trained."""

    version: str
    sentences: int
    figures: Mapping[str, Any]
    train_seconds: float
    trained_at: float
    trained_by: str


async def keep_model(
    hub: Hub, by: str, version: str, *, sentences: int, figures: Mapping[str, Any], seconds: float
) -> None:
    """Write down how a model did; trained again it is written anew."""
    text = json.dumps(figures, ensure_ascii=False)
    known = {"version": version, "sentences": sentences, "figures": text, "train_seconds": seconds}

    def unit() -> Unit[None]:
        yield _keep(**known, trained_at=hub.clock.now(), trained_by=by)
        details = {"version": version, "sentences": sentences}
        yield from audited(hub, by, "assistant_trained", "assistant/taught", details=details)

    await hub.journal.run(unit)


async def model_of(hub: Hub, version: str) -> TrainedModel | None:
    """Return what is known of a model; None when it was never measured."""
    rows = await hub.reader.rows(find(BotModel, *_NAMES, version=version))
    if not rows:
        return None
    known = dict(zip(_NAMES, rows[0], strict=True))
    return TrainedModel(version=version, **{**known, "figures": json.loads(known["figures"])})


async def require_measured(hub: Hub, version: str) -> TrainedModel:
    """Return a model that was trained and compared; raise `Refused("not_trained")`."""
    found = await model_of(hub, version)
    if found is None:
        raise Refused("not_trained", "train it first, so that it can be compared")
    return found
