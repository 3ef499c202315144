"""What is told of past mail: its subject, and whether ours arrived."""

from hub.journey.close import close
from hub.journey.context import Viewer
from hub.journey.finding.transcript import open_contact
from hub.journey.record_subjects import subjects_of
from hub.security.roles import Role
from tests.support.mail_room import MailRoom

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))


async def test_a_past_mail_is_told_by_its_subject_and_what_failed_is_named(
    mail_room: MailRoom,
) -> None:
    await mail_room.writes("Where is it?", subject="My new card")
    contact_id = await mail_room.accepted()
    mail_room.relay.refuse = lambda step, _: "550 5.1.1 nobody" if step == "RCPT" else None
    await mail_room.answer(contact_id, "On its way.")
    await close(mail_room.hub, contact_id, by="amara", reason="solved")
    await mail_room.writes("Thank you", subject="Re: My new card", name="<m2@mail.example>")
    assert await subjects_of(mail_room.hub, [contact_id, "con_none"]) == {contact_id: "My new card"}
    _, messages = await open_contact(mail_room.hub, AMARA, contact_id=contact_id)
    (ours,) = [one for one in messages if one.speaker == "agent"]
    assert ours.delivery is not None
    assert ours.delivery.state == "failed"
    assert [one.delivery for one in messages if one.speaker == "customer"] == [None]
