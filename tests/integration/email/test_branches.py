"""Mail threads that staff have split or merged: where later answers are heard."""

from email.message import EmailMessage

from channels.email.out.compose import POLICY
from hub.journey.context import Viewer
from hub.journey.converse import say
from hub.journey.joined import merge, split
from hub.security.roles import Role
from hub.store.rows import change, find, put
from hub.store.tables import Contact, Conversation, Customer
from hub.store.unit import Unit
from tests.integration.email.test_out import talking
from tests.support.mail_room import BANK, CUSTOMER, MailRoom, letter

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
OTHER = "lin.work@mail.example"


async def where(room: MailRoom, contact_id: str) -> str:
    rows = await room.hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
    return str(rows[0][0])


async def answers(room: MailRoom, mail: EmailMessage, text: str, name: str, sender: str) -> str:
    """Somebody answers a mail of ours; returns the Conversation in which it is heard."""
    reply = letter(text, sender=sender, name=f"<{name}@mail.example>",
                   In_Reply_To=str(mail["Message-ID"]))  # fmt: skip
    return (await room.take(reply.as_bytes(policy=POLICY))).conversation_id


async def test_answers_to_a_branch_are_heard_there_and_new_mail_in_the_first_talk(
    mail_room: MailRoom,
) -> None:
    contact_id, talk = await talking(mail_room)
    second = letter("And my mortgage?", subject="Mortgage", name="<m2@mail.example>")
    await mail_room.take(second.as_bytes(policy=POLICY))
    seq = (await mail_room.said(talk))[-1].seq
    _, branch_contact = await split.split(mail_room.hub, AMARA, contact_id=contact_id, seq=seq)
    branch = await where(mail_room, branch_contact)

    await say(mail_room.hub, "amara", contact_id=branch_contact, key="b1", text="It is fixed.")
    await mail_room.deliver()
    ours = mail_room.relay.mails[-1]
    assert (str(ours["To"]), str(ours["In-Reply-To"])) == (CUSTOMER, "<m2@mail.example>")
    assert str(ours["Subject"]).startswith("Re: Mortgage")

    assert await answers(mail_room, ours, "For how long?", "m3", CUSTOMER) == branch
    assert await answers(mail_room, ours, "I am not Lin", "e1", "eve@else.example") != branch
    fresh = letter("Something else", name="<m4@mail.example>")
    assert (await mail_room.take(fresh.as_bytes(policy=POLICY))).conversation_id == talk
    words = [one.body["text"] for one in await mail_room.said(branch) if one.kind == "text"]
    assert words == ["It is fixed.", "For how long?"]


async def test_what_is_merged_is_heard_in_the_kept_talk_and_answered_where_it_came_from(
    mail_room: MailRoom,
) -> None:
    contact_id, talk = await talking(mail_room)
    mail = letter("It is me again", sender=OTHER, name="<w1@mail.example>")
    other = (await mail_room.take(mail.as_bytes(policy=POLICY))).conversation_id
    await mail_room.deliver()
    greeted = mail_room.relay.mails[-1]
    assert str(greeted["To"]) == OTHER

    def one_customer() -> Unit[None]:
        yield put(
            Customer, id="cus_lin", number="90000001", segment="everyday", lifecycle="active",
            language="en", since_year=2019, created_at=0.0,
            profile_sealed=mail_room.hub.vault.seal("{}", "customer", "profile", "cus_lin"),
        )  # fmt: skip
        for of in (talk, other):
            yield change(Conversation, of, customer_id="cus_lin")
            rows = yield find(Conversation, "open_contact_id", id=of)
            yield change(Contact, rows[0][0], customer_id="cus_lin")

    await mail_room.hub.journal.run(one_customer())
    await merge.merge(mail_room.hub, AMARA, contact_id=contact_id, conversation_id=other)
    assert await answers(mail_room, greeted, "When?", "w2", OTHER) == talk
    await say(mail_room.hub, "amara", contact_id=contact_id, key="k1", text="On Friday.")
    await mail_room.deliver()
    ours = mail_room.relay.mails[-1]
    assert (str(ours["To"]), str(ours["From"]).endswith(f"<{BANK}>")) == (OTHER, True)
    assert await answers(mail_room, ours, "Thank you", "w3", OTHER) == talk
    assert await answers(mail_room, ours, "Me too", "m9", CUSTOMER) == talk
