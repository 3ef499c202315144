import pytest

from channels.web_chat.settings import settings_from
from hub.domain.errors import Invalid


def test_the_operators_values_become_settings() -> None:
    found = settings_from(
        {
            "frames_burst": 5,
            "widgets": {
                "demo": {"origins": {"https://Bank.example"}, "algorithm": "ES256"},
                "guests": {"origins": (), "resume_seconds": 60.0},
            },
        }
    )
    assert found.frames_burst == 5
    assert found.origins == {"https://bank.example"}
    assert found.widgets["demo"].algorithm == "ES256"
    assert found.widgets["guests"].resume_seconds == 60.0


@pytest.mark.parametrize("options", [{"frame_burst": 5}, {"widgets": {"demo": {"origin": "x"}}}])
def test_an_unknown_key_is_named(options: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="unknown_setting"):
        settings_from(options)
