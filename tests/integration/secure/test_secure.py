"""A secure message: nothing in plain, opened after a code by another way, answered in the talk."""

import base64

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from hub.domain.errors import Refused
from hub.journey.converse import say
from hub.journey.guarding import Guard
from hub.journey.secure.answer import answer_secure, file_of_secure, upload_secure
from hub.journey.secure.opening import look, open_by_code, send_secure_code
from hub.journey.secure.row import GOOD_SECONDS, MISSES_ALLOWED
from hub.journey.secure.send import NewSecure, send_secure
from hub.journey.secure.signed_in import open_signed_in
from hub.journey.widget_keys import WidgetKeys
from hub.store.rows import put
from hub.store.tables import WidgetKeyRow
from tests.support.identity import PROFILE, wrong
from tests.support.secure import PAGE, WORDS, Secure

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


async def test_protected_words_never_leave_and_nobody_can_insist(secure: Secure) -> None:
    talk = await secure.talk()
    for sure in ((), tuple(Guard)):
        with pytest.raises(Refused) as refused:
            await say(
                secure.post.hub, "amara", contact_id=talk.contact_id, key="key-plain-1",
                text=WORDS, sure=sure,
            )  # fmt: skip
        assert (refused.value.code, refused.value.detail) == ("protected_in_text", "balance")
    await secure.post.deliver()
    assert secure.post.writer.texts == []


async def test_the_link_leaves_and_the_words_open_after_a_code_by_mail(secure: Secure) -> None:
    talk = await secure.talk()
    secure_id = await secure.sent(talk)
    await secure.post.deliver()
    (plain,) = secure.post.writer.texts
    assert PAGE in plain
    assert "1,204.50" not in plain
    seen = await look(secure.post.hub, secure_id)
    assert (seen.state, seen.via, seen.to) == ("closed", "email", "m•••@mail.example")

    await send_secure_code(secure.post.hub, secure_id)
    code = await secure.code()
    assert (secure.notice.to_kind, secure.notice.to) == ("email", PROFILE["email"])
    missed = await open_by_code(secure.post.hub, secure_id, wrong(code))
    assert (missed.words, missed.tries_left) == (None, MISSES_ALLOWED - 1)
    opened = await open_by_code(secure.post.hub, secure_id, code)
    assert opened.words is not None
    assert opened.words["text"] == WORDS
    with pytest.raises(Refused) as refused:
        await open_by_code(secure.post.hub, secure_id, code)
    assert refused.value.code == "no_code"
    events = [one.body.get("event") for one in await secure.post.said(talk.conversation_id)]
    assert events.count("secure_read") == 1
    assert await secure.audited("secure_opened") == 1


async def test_too_many_misses_lock_it_for_good(secure: Secure) -> None:
    secure_id = await secure.sent(await secure.talk())
    await send_secure_code(secure.post.hub, secure_id)
    code = await secure.code()
    for _ in range(MISSES_ALLOWED):
        await open_by_code(secure.post.hub, secure_id, wrong(code))
    with pytest.raises(Refused) as refused:
        await open_by_code(secure.post.hub, secure_id, code)
    assert refused.value.code == "secure_locked"
    assert (await look(secure.post.hub, secure_id)).state == "locked"


async def test_it_expires(secure: Secure) -> None:
    secure_id = await secure.sent(await secure.talk())
    await secure.post.world.clock.advance(GOOD_SECONDS)
    with pytest.raises(Refused) as refused:
        await send_secure_code(secure.post.hub, secure_id)
    assert refused.value.code == "secure_expired"


async def test_the_answer_is_in_the_talk_at_its_level_until_the_address_speaks_again(
    secure: Secure,
) -> None:
    talk = await secure.talk()
    secure_id = await secure.sent(talk)
    answered = await answer_secure(secure.post.hub, secure_id, key="a-1", text="Thank you")
    assert answered.contact_id == talk.contact_id
    columns = ("customer_id", "identity_level", "identity_proof")
    assert await secure.post.contact(talk.contact_id, *columns) == ("cus_1", 2, "secure_page")
    await secure.post.writes("and from my phone")
    (level,) = await secure.post.contact(talk.contact_id, "identity_level")
    assert level == 1


async def test_documents_come_only_where_they_were_asked_for(secure: Secure) -> None:
    talk = await secure.talk()
    plain = await secure.sent(talk)
    with pytest.raises(Refused) as refused:
        await upload_secure(secure.post.hub, plain, key="f-1", name="a.pdf", data=PDF)
    assert refused.value.code == "not_asked"
    asking = NewSecure(
        contact_id=talk.contact_id, key="key-secure-2", text="Your passport", asks_files=True
    )
    await send_secure(secure.post.hub, "amara", asking)
    said = await secure.post.said(talk.conversation_id)
    second = said[-1].body["secure"]["id"]
    await upload_secure(secure.post.hub, second, key="f-1", name="passport.pdf", data=PDF)
    newest = (await secure.post.said(talk.conversation_id))[-1]
    assert newest.body["file"]["name"] == "passport.pdf"
    with pytest.raises(Refused) as refused:
        await file_of_secure(secure.post.hub, second)
    assert refused.value.code == "no_file"


async def test_cards_and_passwords_go_nowhere(secure: Secure) -> None:
    talk = await secure.talk()
    with pytest.raises(Refused) as refused:
        await secure.sent(talk, text="Card 4111 1111 1111 1111")
    assert refused.value.code == "secret_in_text"


async def _bank_page(secure: Secure) -> str:
    """The demo widget has a key; returns its secret."""
    secret = base64.b64encode(bytes(range(32))).decode()
    hub = secure.post.hub
    sealed = hub.vault.seal(secret, "widget_key", "secret", "key_1")
    await secure.talks.write(
        put(
            WidgetKeyRow, id="key_1", widget_id="demo", algorithm="HS256", secret_sealed=sealed,
            made_at=0.0,
        )
    )  # fmt: skip
    return secret


def _word(secret: str, number: str, at: float) -> str:
    claims = {"aud": "demo", "sub": number, "iat": at, "exp": at + 60, "jti": f"jti-{number}-1"}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(base64.b64decode(secret)))


async def test_the_banks_signed_in_page_opens_it_once_for_its_customer(secure: Secure) -> None:
    secure_id = await secure.sent(await secure.talk())
    secret, hub = await _bank_page(secure), secure.post.hub
    await secure.talks.add_customer("cus_2", PROFILE, accounts=())
    at = int(hub.clock.now())
    ids = {"widget": "demo", "algorithm": "HS256"}
    for number in ("ncus_2", "nobody"):
        token = _word(secret, number, at)
        with pytest.raises(Refused) as refused:
            await open_signed_in(hub, WidgetKeys(hub), secure_id, token=token, **ids)
        assert refused.value.code == "not_yours"
    token = _word(secret, "ncus_1", at)
    opened = await open_signed_in(hub, WidgetKeys(hub), secure_id, token=token, **ids)
    assert opened.words is not None
    with pytest.raises(Refused) as refused:
        await open_signed_in(hub, WidgetKeys(hub), secure_id, token=token, **ids)
    assert refused.value.code == "not_signed_in"
