"""Settings: three sources in order, strict keys, secrets hidden."""

from pathlib import Path

import pytest

from config.problems import CannotStart, ExitCode
from config.settings import Settings, is_loopback, shown
from config.settings_file import line_of, load_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("HUB_PORT", raising=False)
    path = tmp_path / "hub.toml"
    path.write_text("")
    monkeypatch.setenv("HUB_CONFIG", str(path))
    return path


def refusal(file: Path, text: str) -> str:
    file.write_text(text)
    with pytest.raises(CannotStart) as caught:
        load_settings()
    assert caught.value.code is ExitCode.SETTINGS
    return caught.value.message


def test_defaults_are_loopback_and_embedded(file: Path) -> None:
    settings = load_settings()
    assert is_loopback(settings.host)
    assert settings.store_url == "sqlite:///var/hub.db"
    assert settings.origins == ("http://127.0.0.1:8000", "http://localhost:8000")


def test_environment_overrides_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("port = 8100\n[sessions]\nidle_minutes = 10\nabsolute_minutes = 60\n")
    monkeypatch.setenv("HUB_PORT", "8200")
    monkeypatch.setenv("HUB_SESSIONS__IDLE_MINUTES", "20")
    settings = load_settings()
    assert settings.port == 8200
    assert (settings.sessions.idle_minutes, settings.sessions.absolute_minutes) == (20, 60)


def test_an_unknown_key_names_file_line_and_nearest(file: Path) -> None:
    message = refusal(file, 'host = "127.0.0.1"\n\n[sessions]\nidle_minuts = 10\n')
    assert message == f"{file}:4: unknown key 'idle_minuts'; did you mean 'idle_minutes'?"


def test_an_unknown_key_of_a_widget_is_refused(file: Path) -> None:
    message = refusal(file, '[widgets.main]\norigns = ["https://bank.example"]\n')
    assert message == f"{file}:2: unknown key 'origns'; did you mean 'origins'?"


def test_an_unknown_variable_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PROT", "8100")
    assert "HUB_PROT: unknown key 'prot'; did you mean 'port'?" in refusal(file, "")


def test_a_wrong_value_is_told_without_quoting_it(file: Path) -> None:
    message = refusal(file, 'port = "very secret"\n')
    assert message.startswith(f"{file}:1: port (or HUB_PORT):")
    assert "very secret" not in message


def test_a_wrong_origin_and_zone_are_told(file: Path) -> None:
    message = refusal(file, 'time_zone = "Mars/Base"\n[widgets.main]\norigins = ["bank"]\n')
    assert "is not a time zone" in message
    assert f"{file}:3: widgets.main.origins" in message


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ('master_key = "x"\n', "HUB_MASTER_KEY"),
        ('database_url = "postgresql://u:p@h/d"\n', "HUB_DATABASE_URL"),
        ('[widgets.main]\nkey = "x"\n', "HUB_WIDGETS__MAIN__KEY"),
    ],
)
def test_secrets_may_not_lie_in_the_file(file: Path, text: str, variable: str) -> None:
    assert f"set {variable}" in refusal(file, text)


def test_a_secret_has_one_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_MASTER_KEY", "x")
    assert "keep one" in refusal(file, 'master_key_file = "/run/key"\n')


def test_a_widget_key_comes_from_environment_or_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key").write_text("from-a-file\n")
    file.write_text(f'[widgets.main]\norigins = []\n[widgets.b]\nkey_file = "{tmp_path / "key"}"\n')
    monkeypatch.setenv("HUB_WIDGETS__MAIN__KEY", "from-environment")
    settings = load_settings()
    assert settings.widgets["main"].key_text() == "from-environment"
    assert settings.widgets["b"].key_text() == "from-a-file"


def test_printed_settings_hide_secrets(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_MASTER_KEY", "c2VjcmV0")
    monkeypatch.setenv("HUB_WIDGETS__MAIN__KEY", "c2VjcmV0")
    text = str(shown(load_settings()))
    assert "c2VjcmV0" not in text
    assert "***" in text


def test_a_broken_file_is_told_with_its_line(file: Path) -> None:
    assert "line 1" in refusal(file, "port == 1\n")


def test_lines_are_found_in_tables() -> None:
    text = 'a = 1\n[widgets.main]\nkey_file = "x"\n[widgets."b"]\nkey_file = "y"\n'
    assert line_of(text, ("widgets", "b", "key_file")) == 5
    assert line_of(text, ("a",)) == 1


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("hub", False)],
)
def test_loopback_is_told_from_the_rest(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_secrets_of_channels_are_hidden_too() -> None:
    relay = {"host": "smtp.bank.example", "password": "open sesame"}
    settings = Settings(channels={"email": {"mailboxes": {"a@bank.example": {"relay": relay}}}})
    assert "open sesame" not in str(shown(settings))
    assert "smtp.bank.example" in str(shown(settings))
