"""Signatures: the example of RFC 8463 to the byte, and what a signature is to guard."""

import base64
import hashlib
import re

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from channels.email.out.dkim import Dkim, body_hash, dkim_from, signature, signed
from hub.domain.errors import Invalid

ED25519 = Ed25519PrivateKey.from_private_bytes(
    base64.b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
)
HEADERS = [
    ("from", b" Joe SixPack <joe@football.example.com>"),
    ("to", b" Suzie Q <suzie@shopping.example.net>"),
    ("subject", b" Is dinner ready?"),
    ("date", b" Fri, 11 Jul 2003 21:00:37 -0700 (PDT)"),
    ("message-id", b" <20030712040037.46341.5F8J@football.example.com>"),
]
BODY = b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
BODY_HASH = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
TOLD = (
    b" v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; "
    b"i=@football.example.com;\r\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
    b" subject : date : message-id : from : subject : date;\r\n"
    b" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b="
)
NAMES = ["from", "to", "subject", "date", "message-id", "from", "subject", "date"]
SEAL = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
MAIL = (
    b"From: Bank <service@bank.example>\r\nTo: a@mail.example\r\nSubject: =?utf-8?q?a?=\r\n"
    b"  folded\r\nMessage-ID: <m1@bank.example>\r\n\r\nHello \t there \r\n\r\n\r\n"
)


def test_the_example_of_the_rfc_is_signed_to_the_byte() -> None:
    assert body_hash(BODY) == BODY_HASH
    assert signature(ED25519, HEADERS, NAMES, TOLD) == SEAL


@pytest.mark.parametrize(("body", "plain"), [
    (b"", b""), (b"\r\n\r\n", b""), (b"a", b"a\r\n"),
    (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),
])  # fmt: skip
def test_a_body_is_made_relaxed_as_the_rfc_says(body: bytes, plain: bytes) -> None:
    assert body_hash(body) == base64.b64encode(hashlib.sha256(plain).digest()).decode()


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_what_is_signed_can_be_checked_and_not_be_changed(kind: str) -> None:
    signer = Dkim(domain="bank.example", selector="s1", key=key_of(kind))
    mail = signed(MAIL, signer, 1_700_000_000.0)
    assert mail.endswith(MAIL)
    assert max(len(line) for line in mail.partition(MAIL)[0].split(b"\r\n")) <= 100
    check(mail, signer)
    for old, new in ((b"folded", b"other"), (b"there", b"here"), (b"a@mail", b"b@mail")):
        with pytest.raises((InvalidSignature, AssertionError)):
            check(mail.replace(old, new), signer)
    with pytest.raises(InvalidSignature):
        check(mail.replace(b"Subject:", b"From: evil@x.example\r\nSubject:"), signer)
    check(mail.replace(b"Subject: ", b"subject:   ").replace(b"\r\n  folded", b" folded"), signer)


def test_what_cannot_sign_is_refused_without_its_key() -> None:
    good = pem(ED25519)
    assert dkim_from("bank.example", "s1", good, "x").algorithm == "ed25519-sha256"
    short = pem(generate_private_key(65_537, 1024))
    for domain, selector, data in (
        ("bank.example", "a b", good),
        ("bank.example;", "s1", good),
        ("bank.example", "s1", b"-----BEGIN nonsense"),
        ("bank.example", "s1", short),
    ):
        with pytest.raises(Invalid) as refused:
            dkim_from(domain, selector, data, "mailboxes.x.dkim")
        assert "BEGIN" not in str(refused.value)


def key_of(kind: str) -> Ed25519PrivateKey | RSAPrivateKey:
    return ED25519 if kind == "ed25519" else generate_private_key(65_537, 2048)


def pem(key: Ed25519PrivateKey | RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def check(mail: bytes, signer: Dkim) -> None:
    """Verify as a receiver does, written by the RFC's words and not by ours."""
    text = mail.decode()
    head, body = text.split("\r\n\r\n", 1)
    fields = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
    told = (part.split("=", 1) for part in fields[0].split(":", 1)[1].split(";"))
    tags = {name.strip(): re.sub(r"\s", "", value) for name, value in told}
    lines = [re.sub(r"[ \t]+", " ", line).rstrip() for line in body.split("\r\n")]
    plain = "\r\n".join(lines).rstrip("\r\n") + "\r\n"
    assert tags["bh"] == base64.b64encode(hashlib.sha256(plain.encode()).digest()).decode()
    rest, said = [field.split(":", 1) for field in fields[1:]], []
    for name in tags["h"].split(":"):
        found = [one for one in rest if one[0].lower() == name.lower()]
        if found:
            rest.remove(found[-1])
            said.append(f"{name.lower()}:{' '.join(found[-1][1].split())}\r\n")
    own = fields[0].split(":", 1)[1]
    own = own[: own.rindex("b=") + 2]
    data = ("".join(said) + "dkim-signature:" + " ".join(own.split())).encode()
    seal = base64.b64decode(tags["b"])
    if isinstance(signer.key, RSAPrivateKey):
        signer.key.public_key().verify(seal, data, PKCS1v15(), SHA256())
    else:
        signer.key.public_key().verify(seal, hashlib.sha256(data).digest())
