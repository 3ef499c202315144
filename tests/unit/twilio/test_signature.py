"""Only Twilio's own requests hold, in every spelling that Twilio signs."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from channels._twilio.signature import SHA256, Secrets, holds, signature_of

VECTORS = Path(__file__).parents[4] / "shared/fixtures/twilio/signature_vectors.json"
TOKEN = "12345"
SECRETS = Secrets(tokens=(TOKEN,), shared_keys={"key_1": "shared"})
URL = "https://bank.example/phone/twilio/voice?t=1"
FORM = [("CallSid", "CA1"), ("Digits", "12"), ("From", "+85291234567")]
NEW = "key=key_1,algorithm=HMAC_SHA256"


def vectors() -> list[dict[str, Any]]:
    return json.loads(VECTORS.read_text())["vectors"] if VECTORS.exists() else []


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["name"])
def test_third_party_vectors_are_judged_right(vector: dict[str, Any]) -> None:
    form = list(vector["params"].items()) if "params" in vector else None
    verdict = holds(
        SECRETS, vector["url"], vector["signature"], form=form,
        body=vector.get("body", "").encode(),
    )  # fmt: skip
    assert verdict is vector["valid"]


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)


@given(form=st.dictionaries(TEXT, TEXT, max_size=5), port=st.sampled_from(["", ":443", ":8443"]))
def test_the_official_validator_says_the_same(form: dict[str, str], port: str) -> None:
    url = f"https://bank.example{port}/x?a=1&b=%E4%BD%A0"
    official = RequestValidator(TOKEN)
    pairs = list(form.items())
    assert signature_of(TOKEN, url, pairs) == official.compute_signature(url, form)
    assert signature_of(TOKEN, url, pairs, SHA256) == official.compute_signature(url, form, SHA256)
    for signed in (url, f"https://bank.example{port or ':443'}/x?a=1&b=%E4%BD%A0"):
        signature = signature_of(TOKEN, signed, pairs)
        assert official.validate(url, form, signature)
        assert holds(SECRETS, url, signature, form=pairs)


def test_values_of_one_name_count_once_each_and_sorted() -> None:
    doubled = [("a", "2"), ("a", "1"), ("a", "2")]
    assert signature_of(TOKEN, URL, doubled) == signature_of(TOKEN, URL, [("a", "1"), ("a", "2")])


@pytest.mark.parametrize(
    "signature",
    ["", "WRONG", signature_of(TOKEN, URL, FORM)[:-1], "é" * 28, "\udcff",
     signature_of("other", URL, FORM), signature_of(TOKEN, URL + "0", FORM),
     signature_of(TOKEN, URL.replace("https", "http"), FORM),
     signature_of(TOKEN, URL.replace("bank", "evil"), FORM),
     signature_of(TOKEN, URL, [*FORM[:-1], ("From", "+1")])],
)  # fmt: skip
def test_other_signatures_do_not_hold(signature: str) -> None:
    assert not holds(SECRETS, URL, signature, form=FORM)


def test_during_a_rotation_both_tokens_hold() -> None:
    secrets = Secrets(tokens=("new", TOKEN))
    for token in secrets.tokens:
        assert holds(secrets, URL, signature_of(token, URL, FORM), form=FORM)
    assert not holds(secrets, URL, signature_of("older", URL, FORM), form=FORM)


@pytest.mark.parametrize(
    ("settings", "secret", "algorithm", "verdict"),
    [
        (NEW, "shared", SHA256, True),
        ("algorithm=hmac_sha256 , key=key_1", "shared", SHA256, True),
        (NEW, TOKEN, SHA256, False),
        ("key=key_2,algorithm=HMAC_SHA256", "shared", SHA256, False),
        ("algorithm=HMAC_MD5", TOKEN, SHA256, False),
        (NEW, "shared", "HMAC_SHA1", False),
        ("", TOKEN, SHA256, False),
    ],
)
def test_a_shared_key_holds_where_it_is_named(
    settings: str, secret: str, algorithm: str, *, verdict: bool
) -> None:
    signature = signature_of(secret, URL, FORM, algorithm)
    assert holds(SECRETS, URL, signature, form=FORM, settings=settings) is verdict


def test_a_body_that_is_no_form_needs_its_hash_once() -> None:
    body = '{"名": "x"}'.encode()
    digest = hashlib.sha256(body).hexdigest()
    for query, verdict in (
        (f"&bodySHA256={digest}", True),
        ("", False),
        (f"&bodySHA256={'0' * 64}", False),
        (f"&bodySHA256={digest}&bodySHA256={digest}", False),
    ):
        url = URL + query
        assert holds(SECRETS, url, signature_of(TOKEN, url), form=None, body=body) is verdict
    url = f"{URL}&bodySHA256={digest}"
    assert not holds(SECRETS, url, signature_of(TOKEN, url), form=None, body=body + b" ")


def test_an_address_that_cannot_be_read_does_not_hold() -> None:
    assert not holds(SECRETS, "https://bank.example:x/", "s", form=())
