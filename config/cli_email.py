"""`hub email`: what the hub makes of a mail, without a running hub.

Commands import what they need when they are called (noqa: PLC0415), as in `cli.py`.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from config.problems import CannotStart, ExitCode

app = typer.Typer(help="Mails: see what the hub reads in one.", no_args_is_help=True)
MailFile = Annotated[Path, typer.Argument(help="The raw mail; - for standard input.")]
BodyFile = Annotated[Path, typer.Argument(help="A body without its head; - for standard input.")]


@app.command("parse")
def parse(file: MailFile) -> None:
    """Print as JSON what the hub makes of a raw mail: sender, text, new text, files, flags.

    A mail that cannot be read is no failure: `flags` say what is wrong with it. Whether the
    sender is verified depends on `relay_names` in the settings of the channel; whether it
    belongs to a thread is proved with the keys of the embedded database, where there is one.
    """
    from channels.email.parse.read import read_mail  # noqa: PLC0415
    from channels.email.settings import settings_from  # noqa: PLC0415
    from config.channels import options_of  # noqa: PLC0415
    from config.email_proof import thread_proof  # noqa: PLC0415
    from config.settings_file import load_settings  # noqa: PLC0415

    settings = load_settings()
    options = settings_from(options_of("email", settings))
    mail = read_mail(
        _bytes(file),
        relays=[name.lower() for name in options.relay_names],
        own_addresses=frozenset(options.mailboxes),
    )
    _print(
        {
            "sender": mail.sender or None,
            "sender_certainty": mail.sender_certainty,
            "recipients": [*dict.fromkeys((*mail.to, *mail.cc))],
            "subject": mail.subject,
            "language": mail.language,
            "text": mail.text,
            "visible_reply": mail.visible_reply,
            "quoted": mail.quoted,
            "attachments": [
                {"name": one.name, "type": one.media_type, "size": one.size_bytes}
                for one in mail.attachments
            ],
            "thread_proof": asyncio.run(thread_proof(settings, mail)),
            "automatic": mail.automatic,
            "flags": mail.flags,
        }
    )


@app.command("reply")
def reply(
    file: BodyFile,
    *,
    html: Annotated[bool, typer.Option("--html", help="The body is HTML.")] = False,
) -> None:
    """Print as JSON the new text of a bare body, what it quotes, and its signature."""
    from channels.email.parse.charsets import decode  # noqa: PLC0415
    from channels.email.parse.flags import Flags  # noqa: PLC0415
    from channels.email.parse.html import split_html  # noqa: PLC0415
    from channels.email.parse.reply import split_reply  # noqa: PLC0415

    body = decode(_bytes(file), "", Flags())
    split = split_html(body) if html else split_reply(body)
    _print({"visible_reply": split.visible, "quoted": split.quoted, "signature": split.signature})


def _bytes(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotStart(ExitCode.SETTINGS, f"{file}: {error.strerror or 'unreadable'}") from None


def _print(found: dict[str, Any]) -> None:
    """Write UTF-8 whatever the terminal's locale says, for scripts read it."""
    line = json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    sys.stdout.buffer.write(line + b"\n")
