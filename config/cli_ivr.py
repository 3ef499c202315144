"""`hub ivr`: check, draw and rehearse the operator's phone flows, without a running hub.

Commands import what they need when they are called (noqa: PLC0415), as in `cli.py`.
"""

from pathlib import Path
from typing import Annotated

import typer

from config.problems import CannotStart, ExitCode
from ivr.flow.known import Known

app = typer.Typer(help="Phone flows: check, draw, call as text.", no_args_is_help=True)
FlowName = Annotated[str, typer.Argument(help="Name of the file, without .yaml.")]


@app.command("check")
def check() -> None:
    """Tell every mistake in the flows of the set-up folder, with file, line and remedy.

    Exit code 4 says that there are some.
    """
    from config.flows import FLOWS_FOLDER, load_flows  # noqa: PLC0415

    folder, known, _ = _set_up()
    found = load_flows(folder / FLOWS_FOLDER, known)
    steps = ", ".join(f"{name} ({len(one['nodes'])} steps)" for name, one in found.items())
    typer.echo(f"{folder / FLOWS_FOLDER}: {steps or 'no flows'}, nothing to mend")


@app.command("draw")
def draw(
    flow: FlowName = "main",
    language: Annotated[str, typer.Option(help="en or zh")] = "en",
    out: Annotated[Path | None, typer.Option(help="File to write; standard output otherwise.")] = (
        None
    ),
) -> None:
    """Draw a flow as SVG, mistakes and all."""
    from config.flows import read_flow_file  # noqa: PLC0415
    from ivr.draw.svg import draw as svg  # noqa: PLC0415

    folder, known, _ = _set_up()
    drawn, mistakes = read_flow_file(folder, flow, known)
    text = svg(drawn, known, "zh" if language == "zh" else "en")
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        typer.echo(f"{out}: {len(drawn.nodes)} steps, {len(mistakes)} mistakes")


@app.command("call")
def call(
    flow: FlowName = "main",
    caller: Annotated[str, typer.Option("--from", help="Calling number; empty: withheld.")] = "",
    keys: Annotated[
        str, typer.Option(help="What is pressed or said, by commas; nothing between two: silence.")
    ] = "",
    language: Annotated[str, typer.Option(help="en or zh")] = "en",
    answer: Annotated[
        list[str] | None, typer.Option(help="ERRAND=ok or ERRAND=CODE, e.g. check_pin=locked")
    ] = None,
    *,
    closed: Annotated[bool, typer.Option("--closed", help="All hours are over.")] = False,
) -> None:
    """Walk through a flow as text; what the hub would look up is invented and says so."""
    from config.flows import read_flow_file  # noqa: PLC0415
    from ivr.rehearse import Script, rehearse  # noqa: PLC0415

    folder, known, open_now = _set_up()
    script = Script(
        caller=caller,
        keys=keys.split(",") if keys else (),
        language="zh" if language == "zh" else "en",
        open_queues=known.always_open if closed else open_now,
        answers=_answers(answer or []),
    )
    found, mistakes = read_flow_file(folder, flow, known)
    if mistakes:
        raise CannotStart(ExitCode.SET_UP, "\n".join(mistakes))
    for line in rehearse(found, script):
        mark = {"flow": "  ", "caller": "> ", "hub": "  ~ ", "end": "= "}[line.who]
        typer.echo("\n".join(mark + part for part in (line.text or "...").splitlines()))


def _set_up() -> tuple[Path, Known, frozenset[str]]:
    """Return the set-up folder, what flows may name, and which queues are open now."""
    from config.flows import known_to_flows  # noqa: PLC0415
    from config.set_up import load_set_up  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415
    from hub.adapters.clock import SystemClock  # noqa: PLC0415

    folder = load_settings().set_up_dir
    set_up, now = load_set_up(folder), SystemClock().now()
    open_now = frozenset(queue for queue in set_up.queues if set_up.is_open(queue, now))
    return folder, known_to_flows(folder, set_up), open_now


def _answers(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if not all(name and code for name, _, code in pairs):
        raise CannotStart(ExitCode.SETTINGS, "--answer takes ERRAND=ok or ERRAND=CODE")
    return {name: code for name, _, code in pairs}
