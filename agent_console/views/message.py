"""MessageView: on the path of every message, so it is built by hand and encoded once."""

from collections.abc import Callable
from typing import Any

from agent_console.feed.encoding import dump, quote
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
    if message.kind == "text":
        return view
    if message.kind == "menu":
        view["choices"] = body.get("choices", [])
    elif message.kind == "file":
        href = file_link(body["file"]["id"]) if file_link else ""
        view["file"] = {**body["file"], "href": href}
    elif message.kind == "event":
        view["event"], view["data"] = body["event"], body.get("data", {})
    return view


def encode_message(message: MessageRead, file_link: FileLink | None = None) -> str:
    """Return the view as JSON; `file_link` is None for messages without a file."""
    if message.kind != "text":
        return dump(message_view(message, file_link))
    agent = "null" if message.agent_id is None else quote(message.agent_id)
    name = dump(dict(message.agent_name)) if message.agent_name else "null"
    return (
        f'{{"conversation_id":{quote(message.conversation_id)},"seq":{message.seq},'
        f'"contact_id":{quote(message.contact_id)},"speaker":"{message.speaker}",'
        f'"agent_id":{agent},"name":{name},"audience":"{message.audience}","kind":"text",'
        f'"text":{quote(message.body["text"])},"at":{message.at!r},"key":{quote(message.key)}}}'
    )
