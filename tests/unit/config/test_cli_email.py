"""`hub email`: the JSON that scripts and operators read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.cli_email import app

RAW = (
    "From: 李雷 <li@client.example>\r\nTo: service@bank.example\r\nCc: Service@bank.example\r\n"
    "Subject: 卡\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n好的。\r\n\r\n"
    "在 2024年3月5日，北岸 <a@bank.example> 写道：\r\n> 旧\r\n--b\r\n"
    "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--b--\r\n"
)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))


def test_a_mail_is_told_as_json(tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(RAW.encode())
    done = CliRunner().invoke(app, ["parse", str(file)])
    assert done.exit_code == 0
    quoted = "在 2024年3月5日，北岸 <a@bank.example> 写道：\n> 旧"
    assert json.loads(done.stdout_bytes) == {
        "sender": "li@client.example",
        "sender_certainty": "claimed",
        "recipients": ["service@bank.example", "Service@bank.example"],
        "subject": "卡",
        "language": "zh",
        "text": f"好的。\n\n{quoted}",
        "visible_reply": "好的。",
        "quoted": quoted,
        "attachments": [{"name": "a.pdf", "type": "application/pdf", "size": 4}],
        "thread_proof": "none",
        "automatic": None,
        "flags": [],
    }


@pytest.mark.parametrize(
    ("options", "body"),
    [
        ([], "New\n\n-- \nJoe\n\nOn 5 Mar 2024 x wrote:\n> Old".encode("utf-16")),
        (["--html"], b"<p>New</p><p>--<br>Joe</p><div class=gmail_quote>On 5 Mar: Old</div>"),
    ],
)
def test_a_body_is_told_in_three(tmp_path: Path, options: list[str], body: bytes) -> None:
    file = tmp_path / "body"
    file.write_bytes(body)
    done = CliRunner().invoke(app, ["reply", str(file), *options])
    assert done.exit_code == 0
    told = json.loads(done.stdout_bytes)
    assert list(told) == ["visible_reply", "quoted", "signature"]
    assert told["visible_reply"] == "New"
    assert told["signature"].endswith("Joe")
    assert "Old" in told["quoted"]


def test_what_comes_through_a_pipe_is_read_too() -> None:
    done = CliRunner().invoke(
        app, ["reply", "-"], input=b"\xc4\xfa\xba\xc3\xa3\xac\xd0\xbb\xd0\xbb"
    )
    assert json.loads(done.stdout_bytes)["visible_reply"] == "您好，谢谢"
