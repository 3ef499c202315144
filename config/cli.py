"""`hub`: the one command line. Every command says what it does, what it needs and how it ends.

Commands import what they need when they are called (noqa: PLC0415): `hub --help` answers at once,
and a wrong setting is told before anything heavy loads.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from config import cli_bot, cli_carrier, cli_email, cli_ivr, cli_kb, cli_rasa, collector
from config.problems import MEANING, CannotStart, ExitCode
from config.settings import Settings
from hub.adapters.clock import SystemClock

EXITS = "\n\n".join(f"{int(code)}  {meaning}" for code, meaning in MEANING.items())
app = typer.Typer(
    name="hub",
    help="Omnichannel contact-centre hub. Settings come from defaults, then config/hub.toml "
    "(or the file that HUB_CONFIG names), then HUB_... variables.",
    epilog=f"Exit codes:\n\n{EXITS}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
keys = typer.Typer(help="Keys that seal customers' data.", no_args_is_help=True)
app.add_typer(keys, name="keys")
imports = typer.Typer(help="Bring records in from files.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.add_typer(cli_ivr.app, name="ivr")
app.add_typer(cli_email.app, name="email")
app.add_typer(cli_kb.app, name="kb")
app.add_typer(cli_bot.app, name="bot")
app.add_typer(cli_rasa.app, name="rasa")
app.command("carrier")(cli_carrier.carrier)


def main() -> None:
    """Run the command line; a reason not to start becomes a message and an exit code."""
    collector.be_calm()
    try:
        app()
    except CannotStart as problem:
        for line in problem.message.splitlines():
            typer.secho(f"hub: {line}", err=True, fg="red")
        sys.exit(int(problem.code))


@app.command()
def serve() -> None:
    """Serve customers and staff until SIGTERM or Ctrl+C.

    Open contacts survive a stop: they are where they were after the next start.
    """
    settings = _settings()
    from config import server, wiring  # noqa: PLC0415  a wrong setting is told before they load

    server.run(server.serve(settings, lambda: wiring.build(settings), ready=_say_ready))


@app.command()
def demo(
    agents: Annotated[
        int | None,
        typer.Option(
            help="So many agents (8 unless told, 400 for a large floor), with one queue for each "
            "ten of them, 6 to 40. A data folder keeps the number of its first start.",
            min=8,
            max=2_000,
        ),
    ] = None,
) -> None:
    """Start Northmere Bank, invented: fills an empty data folder, then serves it on loopback.

    Everything is as in `hub serve`, plus a landing page at /, the bank's site at /bank and a
    switch for robot customers and agents. HUB_PORT chooses the port, HUB_DATA_DIR the folder.
    """
    settings = _settings()
    from config import server, wiring  # noqa: PLC0415
    from config.demo import run as bank  # noqa: PLC0415

    size = bank.demo_size(settings, agents)
    settings = bank.demo_settings(settings, size.agents)

    async def make() -> wiring.Application:
        prepare = bank.prepare_demo(_progress("demo: inventing customers"), size)
        built = await wiring.build(settings, prepare=prepare, carrier=bank.demo_carrier)
        return bank.add_demo(built, size)

    server.run(server.serve(settings, make, ready=lambda built: _say_demo(built, size.agents)))


@app.command("demo-core")
def demo_core(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8010,
    folder: Annotated[Path, typer.Option(help="Folder of its book and secrets.")] = Path("var"),
    hub_url: Annotated[str, typer.Option(help="The hub that is told of changes.")] = (
        "http://127.0.0.1:8000"
    ),
    seeded_at: Annotated[
        float | None, typer.Option(help="When the hub was filled, in epoch seconds.")
    ] = None,
    customers: Annotated[int, typer.Option(help="So many invented customers.", min=0)] = 2_000,
    payments: Annotated[int, typer.Option(help="At most so many payments each.", min=0)] = 36,
    with_parent: Annotated[bool, typer.Option(help="End when standard input ends.")] = False,
) -> None:
    """Run the demo bank's own system: accounts, cards, orders, in a file of its own.

    `hub demo` starts one by itself. For `hub serve`: start it with a folder, then set
    HUB_CORE__URL, HUB_CORE__TOKEN_FILE and HUB_CORE__CHANGE_KEY_FILE to its address and files.
    """
    from config.demo.core.run import run_core  # noqa: PLC0415

    _run(
        run_core(
            folder, port, hub_url=hub_url, seeded_at=seeded_at, size=(customers, payments),
            with_parent=with_parent,
        )
    )  # fmt: skip


@app.command()
def media(
    folder: Annotated[
        Path | None, typer.Option(help="Data folder of the hub; else that of the settings.")
    ] = None,
    stays: Annotated[bool, typer.Option(help="Wait for a hub for ever, under a manager.")] = False,
) -> None:
    """Carry the sound of calls by browser, in a process beside the hub.

    `hub demo` starts one by itself. It listens in the data folder for this machine's hub, goes on
    with its calls while the hub restarts, and ends when nobody has needed it for a while.
    """
    settings = _settings()
    from channels.phone.embedded.settings import settings_from  # noqa: PLC0415
    from channels.phone.media.run import run_media  # noqa: PLC0415
    from config.channels import options_of  # noqa: PLC0415
    from config.logs import set_up_logs  # noqa: PLC0415

    set_up_logs(settings.log)
    chosen = settings_from(options_of("phone", settings)["embedded"])
    folder = folder or settings.data_dir
    is_first = run_media(
        folder,
        prompts=settings.set_up_dir / "prompts",
        addresses=chosen.addresses,
        most_legs=2 * chosen.calls_most,
        stays=stays,
    )
    if not is_first:
        typer.echo(f"media: another process serves {folder} already")


@app.command()
def check() -> None:
    """Check settings and set-up files (queues, skills, hours, routing, console, bot).

    Every mistake is told with its file, line and remedy. With a database in the data folder also
    that somebody on the staff list can serve each queue; the hub may serve meanwhile.
    """
    from config.assistant import definition_in  # noqa: PLC0415
    from config.banking import load_banking  # noqa: PLC0415
    from config.self_service import self_service  # noqa: PLC0415
    from config.set_up import load_desk, load_set_up  # noqa: PLC0415
    from config.staff_check import refuse_unserved  # noqa: PLC0415

    settings = _settings()
    folder = settings.set_up_dir
    set_up = load_set_up(folder)
    low_score = settings.survey.low_score
    load_desk(folder, set_up, time_zone=settings.time_zone, low_score=low_score)
    load_banking(folder, time_zone=settings.time_zone)
    self_service(folder, set_up)
    definition_in(folder, set_up.queues)
    staff = "" if _run(refuse_unserved(settings)) else " (no staff list here to compare with)"
    queues = ", ".join(sorted(set_up.queues))
    typer.echo(f"{folder}: {len(set_up.queues)} queues ({queues}), nothing to mend{staff}")


@app.command()
def config() -> None:
    """Print the settings in force as JSON; secrets are hidden."""
    from config.settings import shown  # noqa: PLC0415

    typer.echo(json.dumps(shown(_settings()), indent=2, ensure_ascii=False))


@app.command("verify-audit")
def verify_audit() -> None:
    """Check the audit chain of every node against its keys and daily anchors.

    The hub must be stopped. Exit code 9 names the first entry that does not hold.
    """
    from config.maintenance import verify_chains  # noqa: PLC0415

    broken = False
    for node, verdict in _run(verify_chains(_settings())):
        if verdict.holds:
            typer.echo(f"{node}: {verdict.entries} entries, the chain holds")
        else:
            broken = True
            typer.secho(f"{node}: {verdict.fault} at entry {verdict.at_n}", err=True, fg="red")
    if broken:
        raise typer.Exit(int(ExitCode.AUDIT_BROKEN))


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="File to write; must not exist yet.")],
) -> None:
    """Copy the embedded database while the hub runs or not; the copy is whole and checked.

    The master key is not in it: keep a copy of master.key (or HUB_MASTER_KEY) elsewhere.
    """
    from config.maintenance import back_up  # noqa: PLC0415

    size = back_up(_settings(), target, _progress("backup"))
    typer.echo(f"{target}: {size / 1_048_576:.1f} MiB, checked; keep the master key apart from it")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A file that `hub backup` wrote.")],
) -> None:
    """Put a backup in place of the database; the hub must be stopped.

    The database that was there is kept beside it, with the ending `.before-restore`.
    """
    from config.maintenance import put_back  # noqa: PLC0415

    kept = put_back(_settings(), source)
    typer.echo("restored" + (f"; the database before it is {kept}" if kept else ""))


@keys.command("rotate")
def rotate() -> None:
    """Make a new data key and seal every value under it; the hub must be stopped.

    Cut short, it goes on where it was the next time. The old key stays, for backups need it.
    """
    from config.maintenance import rotate_data_key  # noqa: PLC0415

    key_id, count = _run(rotate_data_key(_settings(), _progress("keys rotate")))
    typer.echo(f"{key_id} is in use, {count} values were sealed anew")


@keys.command("rotate-search")
def rotate_search() -> None:
    """Make a new key for the word index of customers and index all anew; the hub must be stopped.

    Cut short, run it again: customers are found under the old and the new key meanwhile.
    """
    from config.indexing import index_anew  # noqa: PLC0415

    key_id, count = _run(index_anew(_settings(), _progress("keys rotate-search")))
    typer.echo(f"{key_id} is in use, {count} customers were indexed")


@imports.command("customers")
def import_customers(
    source: Annotated[Path, typer.Argument(help="CSV with a header; any usual encoding.")],
    mapping: Annotated[
        Path | None, typer.Option(help='TOML file: a table "columns" with lines field = "header".')
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="What became of each row; FILE.report.csv otherwise.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge and write nothing.")] = False,
) -> None:
    """Import customers: new numbers are created, known ones brought up to the file.

    Works on a stopped hub and on a live one. Empty cells take nothing away; the same file again
    changes nothing. Exit code 10 says that rows were refused; the report names line and reason.
    """
    from config.importing import import_customers as run  # noqa: PLC0415

    written = report or source.with_name(source.name + ".report.csv")
    counts = _run(
        run(
            _settings(), source, written, mapping=mapping, dry=dry_run,
            told=_progress("import customers"),
        )
    )  # fmt: skip
    would = "would be " if dry_run else ""
    told = ", ".join(f"{count:,} {would}{what}" for what, count in counts.items())
    typer.echo(f"{told}; row by row in {written}")
    if counts["refused"]:
        raise typer.Exit(int(ExitCode.ROWS_REFUSED))


@app.command("init")
def init(
    login: Annotated[str, typer.Option(help="Name to sign in with.")] = "admin",
    name: Annotated[str, typer.Option(help="Name that colleagues see.")] = "",
    password_file: Annotated[
        Path | None, typer.Option(help="File whose first line is the password.")
    ] = None,
) -> None:
    """Begin an empty bank: database, keys, and a first administrator who adds everybody else.

    The password is asked for, or taken from the file, from HUB_INIT_PASSWORD, or from standard
    input. Refused (code 7) where anybody is known already: nothing is written then.
    """
    from config.maintenance import begin_bank  # noqa: PLC0415

    given = os.environ.pop("HUB_INIT_PASSWORD", None)
    settings = _settings()
    if password_file is not None:
        given = password_file.read_text(encoding="utf-8").partition("\n")[0]
    _run(begin_bank(settings, login, name or login, given or _asked_password()))
    typer.echo(f"{login} may sign in; start with `hub serve` and add users at /console/users")


@app.command("add-user")
def add_user(
    login: Annotated[str, typer.Argument(help="Name to sign in with, in small letters.")],
    role: Annotated[list[str], typer.Option(help="agent, supervisor, administrator or auditor")],
    name: Annotated[str, typer.Option(help="Name that colleagues see.")] = "",
) -> None:
    """Add a user, such as the first administrator; the hub must be stopped.

    The password is asked for, or read from standard input when that is not a terminal.
    """
    from config.maintenance import add_staff  # noqa: PLC0415

    user_id = _run(add_staff(_settings(), login, name or login, role, _asked_password()))
    typer.echo(f"{login} may sign in ({user_id})")


# -- what commands share -----------------------------------------------------------------------


def _asked_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _settings() -> Settings:
    from config.logs import set_up_logs  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    settings = load_settings()
    set_up_logs(settings.log)
    return settings


def _run(work: Any) -> Any:
    return asyncio.run(work)


def _progress(title: str) -> Callable[[int, int], None]:
    """Return what prints progress on one line of a terminal, and now and then elsewhere."""
    is_terminal = sys.stderr.isatty()
    clock, last = SystemClock(), 0.0

    def told(done: int, of: int) -> None:
        nonlocal last
        now = clock.monotonic()
        if now - last < (0.1 if is_terminal else 2.0) and done < of:
            return
        last = now
        end = "\r" if is_terminal and done < of else "\n"
        typer.echo(f"{title} {done:,} of {of:,}{end}", err=True, nl=False)

    return told


def _say_ready(application: Any) -> None:
    typer.echo(f"hub: ready on {', '.join(application.settings.origins)}", err=True)


def _say_demo(application: Any, agents: int) -> None:
    from config.demo.guide import guide  # noqa: PLC0415

    typer.echo(guide(application.settings.origins[0], agents))
