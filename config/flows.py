"""The operator's phone flows: read from `config/ivr`, checked against queues and recordings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.problems import CannotStart, ExitCode
from config.set_up import HubSetUp
from ivr.check.check import check_document
from ivr.flow.known import Known
from ivr.flow.nodes import Flow
from ivr.flow.source import FlowFile, Source
from routing.hours import never_closes

FLOWS_FOLDER = Path("ivr")
RECORDINGS = "prompts"


def known_to_flows(folder: Path, set_up: HubSetUp) -> Known:
    """Return what a flow may name."""
    flows = folder / FLOWS_FOLDER
    recordings = (folder / RECORDINGS).rglob("*.wav")
    return Known(
        queues={name: queue.names for name, queue in set_up.queues.items()},
        always_open=frozenset(
            name for name, queue in set_up.files.queues.items() if never_closes(queue.hours)
        ),
        flows=frozenset(path.stem for path in flows.glob("*.yaml")),
        recordings=frozenset(path.name.split(".")[0] for path in recordings),
    )


def load_flows(folder: Path, known: Known) -> Mapping[str, Any]:
    """Return the document of every file; raise `CannotStart` with every mistake of all of them."""
    found, mistakes = {}, []
    for path in sorted(folder.glob("*.yaml")):
        try:
            source = Source(path)
        except FlowFile as error:
            mistakes.append(error.detail)
            continue
        _, problems = check_document(path.stem, source.document, known)
        mistakes += [source.told(one) for one in problems]
        found[path.stem] = source.document
    if mistakes:
        raise CannotStart(ExitCode.SET_UP, "\n".join(mistakes))
    return found


def read_flow_file(folder: Path, name: str, known: Known) -> tuple[Flow, list[str]]:
    """Return one flow and its mistakes; raise `CannotStart` when the file cannot be read."""
    try:
        source = Source(folder / FLOWS_FOLDER / f"{name}.yaml")
    except FlowFile as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None
    flow, problems = check_document(name, source.document, known)
    return flow, [source.told(one) for one in problems]
