import base64

import pytest

from channels.web_chat.settings import settings_from
from hub.domain.errors import Invalid

KEY = base64.b64encode(bytes(32)).decode()


def test_the_operators_values_become_settings() -> None:
    found = settings_from(
        {
            "frames_burst": 5,
            "widgets": {
                "demo": {"origins": {"https://Bank.example"}, "algorithm": "HS256", "key": KEY},
                "guests": {
                    "origins": (),
                    "algorithm": "HS256",
                    "key": None,
                    "resume_seconds": 60.0,
                },
            },
        }
    )
    assert found.frames_burst == 5
    assert found.origins == {"https://bank.example"}
    assert found.widgets["demo"].key is not None
    assert (found.widgets["guests"].key, found.widgets["guests"].resume_seconds) == (None, 60.0)


@pytest.mark.parametrize("options", [{"frame_burst": 5}, {"widgets": {"demo": {"origin": "x"}}}])
def test_an_unknown_key_is_named(options: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="unknown_setting"):
        settings_from(options)


def test_a_weak_key_is_refused() -> None:
    with pytest.raises(Invalid, match="bad_widget_key"):
        settings_from({"widgets": {"demo": {"algorithm": "HS256", "key": "c2hvcnQ="}}})
