"""MessageView: on the path of every message, so it is built by hand and encoded once."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from agent_console.feed.encoding import dump, quote
from hub.domain.letter import Letter
from hub.journey.delivery.plan import FORWARD
from hub.journey.delivery.text import ARTICLES
from hub.journey.messages import MessageRead

FileLink = Callable[[str], str]
"""The short-lived address of a stored file for one viewer."""


def message_view(message: MessageRead, file_link: FileLink | None = None) -> dict[str, Any]:
    """Build the view; a file's address belongs to one viewer."""
    body = message.body
    view: dict[str, Any] = {
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "contact_id": message.contact_id,
        "speaker": message.speaker,
        "agent_id": message.agent_id,
        "name": dict(message.agent_name) if message.agent_name else None,
        "audience": message.audience,
        "kind": message.kind,
        "text": body.get("text", ""),
        "at": message.at,
        "key": message.key,
    }
    if message.delivery is not None:
        view["delivery"] = message.delivery._asdict()
    if secure := message.body.get("secure"):
        view["secure"] = _secure_view(secure, file_link)
    if letter := _letter_of(message):
        view["letter"] = _letter_view(letter, file_link)
    if message.kind == "text":
        return view
    if message.kind == "menu":
        view["choices"] = body.get("choices", [])
    elif message.kind == ARTICLES:
        view["articles"] = body.get("articles", [])
    elif message.kind == "file":
        view["file"] = _file_view(body["file"], file_link)
    elif message.kind == FORWARD:
        view["files"] = [_file_view(one, file_link) for one in body.get("files", ())]
    elif message.kind == "event":
        view["event"], view["data"] = body["event"], body.get("data", {})
    return view


def names_file(message: MessageRead) -> bool:
    """Say whether the view has the address of a file, which each viewer gets for themselves."""
    if message.kind in ("file", FORWARD) or "file" in message.body.get("secure", {}):
        return True
    letter = _letter_of(message)
    return letter is not None and letter.html_file != ""


def encode_message(message: MessageRead, file_link: FileLink | None = None) -> str:
    """Return the view as JSON; `file_link` is None for messages without a link to a file."""
    is_plain = message.kind == "text" and message.delivery is None
    if not is_plain or "channel_data" in message.body:
        return dump(message_view(message, file_link))
    agent = "null" if message.agent_id is None else quote(message.agent_id)
    name = dump(dict(message.agent_name)) if message.agent_name else "null"
    return (
        f'{{"conversation_id":{quote(message.conversation_id)},"seq":{message.seq},'
        f'"contact_id":{quote(message.contact_id)},"speaker":"{message.speaker}",'
        f'"agent_id":{agent},"name":{name},"audience":"{message.audience}","kind":"text",'
        f'"text":{quote(message.body["text"])},"at":{message.at!r},"key":{quote(message.key)}}}'
    )


def _letter_of(message: MessageRead) -> Letter | None:
    channel_data = message.body.get("channel_data")
    return Letter.of(channel_data) if channel_data else None


def _secure_view(secure: dict[str, Any], file_link: FileLink | None) -> dict[str, Any]:
    file = secure.get("file")
    return {
        "text": secure["text"],
        "asks_files": secure["asks_files"],
        "file": _file_view(file, file_link) if file else None,
    }


def _file_view(file: dict[str, Any], file_link: FileLink | None) -> dict[str, Any]:
    return {**file, "href": file_link(file["id"]) if file_link else ""}


def _letter_view(letter: Letter, file_link: FileLink | None) -> dict[str, Any]:
    view = asdict(letter)
    file_id = view.pop("html_file")
    view["original"] = file_link(file_id) if file_id and file_link else None
    return view
