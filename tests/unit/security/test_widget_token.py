import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.security.widget_token import BadToken, WidgetKey

NOW = 1_800_000_000.0
SECRET = bytes(range(40))
KEY = WidgetKey("wgt_1", "HS256", base64.b64encode(SECRET).decode())
GOOD: dict[str, Any] = {
    "sub": "C-1001", "aud": "wgt_1", "iat": int(NOW), "exp": int(NOW) + 120,
    "jti": "0123456789abcdef",
}  # fmt: skip
_PRIVATE = ec.generate_private_key(ec.SECP256R1())
PUBLIC_PEM = _PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
ES_KEY = WidgetKey("wgt_1", "ES256", PUBLIC_PEM.decode())


def part(data: object) -> bytes:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=")


def hs256(claims: object, header: object = None, secret: bytes = SECRET) -> str:
    said = part(header or {"alg": "HS256", "typ": "JWT"}) + b"." + part(claims)
    return (said + b"." + part(hmac.digest(secret, said, hashlib.sha256))).decode()


def es256(claims: object) -> str:
    said = part({"alg": "ES256"}) + b"." + part(claims)
    r, s = decode_dss_signature(_PRIVATE.sign(said, ec.ECDSA(SHA256())))
    return (said + b"." + part(r.to_bytes(32, "big") + s.to_bytes(32, "big"))).decode()


def code_of(token: str, key: WidgetKey = KEY, now: float = NOW) -> str:
    with pytest.raises(BadToken) as refused:
        key.check(token, now=now)
    return refused.value.code


def test_a_good_token_says_who_is_signed_in() -> None:
    claims = KEY.check(hs256(GOOD | {"name": "Lin"}), now=NOW)
    assert (claims.customer_number, claims.jti) == ("C-1001", "0123456789abcdef")
    assert claims.until == NOW + 150
    assert claims.claims["name"] == "Lin"
    assert ES_KEY.check(es256(GOOD | {"aud": ["wgt_1"]}), now=NOW).customer_number == "C-1001"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"aud": "wgt_2"}, "other_widget"),
        ({"aud": ["wgt_1", "wgt_2"]}, "other_widget"),
        ({"aud": None}, "other_widget"),
        ({"exp": int(NOW) - 31, "iat": int(NOW) - 100}, "expired"),
        ({"exp": int(NOW) - 30, "iat": int(NOW) - 100}, "expired"),
        ({"exp": int(NOW) + 301}, "lives_too_long"),
        ({"exp": int(NOW) - 10}, "lives_too_long"),
        ({"iat": int(NOW) + 31}, "not_yet_valid"),
        ({"nbf": int(NOW) + 60}, "not_yet_valid"),
        ({"exp": None}, "incomplete"),
        ({"exp": True}, "incomplete"),
        ({"exp": "never"}, "incomplete"),
        ({"iat": {}}, "incomplete"),
        ({"jti": None}, "incomplete"),
        ({"jti": "short"}, "incomplete"),
        ({"jti": "x" * 129}, "incomplete"),
        ({"sub": ""}, "incomplete"),
        ({"sub": 7}, "incomplete"),
        ({"sub": "a\u0000b"}, "incomplete"),
    ],
)
def test_each_claim_is_checked(change: dict[str, Any], code: str) -> None:
    claims = {k: v for k, v in (GOOD | change).items() if v is not None}
    assert code_of(hs256(claims)) == code


def test_thirty_seconds_of_skew_are_forgiven() -> None:
    KEY.check(hs256(GOOD | {"exp": int(NOW) - 29, "iat": int(NOW) - 100}), now=NOW)
    KEY.check(hs256(GOOD | {"iat": int(NOW) + 30}), now=NOW)


@pytest.mark.parametrize(
    "token",
    [
        "", ".", "..", "a.b.c", "\x00", "é" * 10, "x" * 5000,
        hs256(GOOD, secret=bytes(40)),
        hs256(GOOD)[:-1],
        hs256(GOOD).rpartition(".")[0] + ".",
        hs256(GOOD, {"alg": "none"}).rpartition(".")[0] + ".",
        hs256(GOOD, {"alg": "HS512"}),
        hs256(GOOD, {"alg": "ES256"}),
        hs256(GOOD, {"alg": ["HS256"]}),
        hs256(GOOD, {"alg": "HS256", "crit": ["exp"]}),
        hs256(GOOD, {"alg": "HS256", "b64": False}),
        hs256(GOOD, {"alg": "HS256", "jku": "https://evil.example"}),
        hs256(GOOD, b'{"alg":"none","alg":"HS256"}'),
        hs256(GOOD, b"[" * 2000),
        hs256(b"[" * 2000),
        hs256(b'{"exp":NaN}'),
        hs256(b'{"exp":1e999}'),
        hs256(b'{"sub":"a","sub":"b"}'),
        hs256(b"\xff"),
        hs256(GOOD) + ".x",
        es256(GOOD),
    ],
)  # fmt: skip
def test_forged_tokens_are_refused_alike(token: str) -> None:
    assert code_of(token) == "forged"


def test_a_claim_set_that_is_no_object_is_incomplete() -> None:
    assert code_of(hs256([1])) == "incomplete"


def test_a_public_key_does_not_sign() -> None:
    token = hs256(GOOD, {"alg": "HS256"}, secret=PUBLIC_PEM)
    assert code_of(token, ES_KEY) == "forged"


def test_the_token_of_another_widget_is_refused_under_its_own_key() -> None:
    other = WidgetKey("wgt_2", "HS256", base64.b64encode(bytes(range(50))).decode())
    assert code_of(hs256(GOOD), other) == "forged"


@given(st.data())
def test_every_changed_character_is_found(data: st.DataObject) -> None:
    token = hs256(GOOD)
    at = data.draw(st.integers(0, len(token) - 2))
    new = data.draw(st.sampled_from("AZaz09-_"))
    if new != token[at]:
        with pytest.raises(BadToken):
            KEY.check(token[:at] + new + token[at + 1 :], now=NOW)


@given(st.text(max_size=200))
def test_any_text_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(BadToken):
        KEY.check(text, now=NOW)


def test_weak_and_wrong_keys_are_refused_at_start() -> None:
    private = _PRIVATE.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ).decode()  # fmt: skip
    for key in ("", "secret", base64.b64encode(bytes(31)).decode(), PUBLIC_PEM.decode()):
        with pytest.raises(Invalid):
            WidgetKey("wgt_1", "HS256", key)
    for key in ("", "secret", private):
        with pytest.raises(Invalid):
            WidgetKey("wgt_1", "ES256", key)
