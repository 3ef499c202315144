"""Files looked at on the desk: words of documents, what is locked, and files saved to a Case."""

import json
from typing import Any

from hub.journey.cases.cases import open_case
from hub.journey.context import Viewer
from hub.journey.files import store_file
from hub.security.roles import Role
from hub.store.rows import change, find, put
from hub.store.tables import AuditEntry, Contact, Customer
from hub.store.unit import Unit
from tests.integration.console.served import Person, Served
from tests.integration.console.test_http import in_talk
from tests.support.office import LOCKED_PDF, docx


class Table:
    """An agent with a talk, and files in it."""

    def __init__(self, served: Served, person: Person, contact_id: str, talk: str) -> None:
        self.served, self.person = served, person
        self.contact_id, self.conversation_id = contact_id, talk
        self.hub = served.console.hub

    async def file(self, name: str, data: bytes) -> str:
        """Store a file in the talk."""
        return await store_file(
            self.hub, conversation_id=self.conversation_id, uploaded_by="customer", name=name,
            data=data, takes_office=True,
        )  # fmt: skip

    async def words(self, file_id: str) -> dict[str, Any]:
        """What the desk shows of it."""
        viewer = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
        path, query = self.served.console.tickets.href(viewer, file_id).split("?")
        answer = await self.person.http.get(f"{path}/words?{query}")
        found: dict[str, Any] = answer.json()
        return found

    async def customer(self, number: str) -> str:
        """A customer with an open Case."""
        hub, customer_id = self.hub, f"cus_{number}"
        contact_id = self.contact_id

        def unit() -> Unit[None]:
            profile = hub.vault.seal(
                json.dumps({"name": number}), "customer", "profile", customer_id
            )
            yield put(
                Customer, id=customer_id, number=f"9000000{number}", segment="everyday",
                lifecycle="active", language="en", since_year=2020, profile_sealed=profile,
                created_at=0.0,
            )  # fmt: skip
            yield change(Contact, contact_id, customer_id=customer_id, identity_level=1)

        await hub.journal.run(unit)
        return await open_case(hub, contact_id=contact_id, kind="other", words="", by="amara")

    async def save(self, case_id: str, file_id: str, **more: str) -> dict[str, Any]:
        """Save a file to a Case."""
        ids = {"contact_id": self.contact_id, "case_id": case_id, "file_id": file_id, **more}
        return await self.person.do("file_into_case", **ids)


async def at_a_table(served: Served) -> Table:
    person, contact_id, conversation_id = await in_talk(served)
    await person.connect()
    await person.hello()
    return Table(served, person, contact_id, conversation_id)


async def test_words_are_shown_and_what_is_locked_is_said(served: Served) -> None:
    table = await at_a_table(served)
    letter = await table.file("信.docx", docx("Dear bank,", "我的卡丢了。"))
    text = {"state": "text", "text": "Dear bank,\n我的卡丢了。", "is_cut": False}
    assert await table.words(letter) == text
    plain = await table.file("note.txt", b"Hello <b>")
    assert (await table.words(plain))["text"] == "Hello <b>"
    locked = await table.file("a.pdf", LOCKED_PDF)
    assert (await table.words(locked))["state"] == "protected"
    assert (await table.words(await table.file("b.pdf", b"%PDF-1.7\n")))["state"] == "none"


async def test_a_file_in_a_case_is_for_who_may_see_the_case(served: Served) -> None:
    table = await at_a_table(served)
    written = docx("Dear bank,")
    letter = await table.file("letter.docx", written)
    other_case, case_id = await table.customer("1"), await table.customer("2")
    wrong = await table.save(other_case, letter)
    assert (wrong["ok"], wrong["code"]) == (False, "other_customer")
    assert (await table.save(case_id, "fil_unknown"))["code"] == "no_file"
    assert (await table.save(case_id, letter))["result"] == {"is_new": True}
    assert (await table.save(case_id, letter))["result"] == {"is_new": False}
    rows = await table.hub.reader.rows(find(AuditEntry, "subject", action="file_into_case"))
    assert rows == [(case_id,)]

    rosa = await served.signed_in("rosa", "supervisor")
    case = (await rosa.http.get(f"/api/cases/{case_id}")).json()["case"]
    entry = next(one for one in case["entries"] if one["what"] == "filed")
    assert entry["words"] == "letter.docx"
    assert (await rosa.http.get(entry["href"])).content == written
    assert (await rosa.http.get(entry["href"].replace(case_id, other_case))).status_code == 404
    bo = await served.signed_in("bo")
    assert (await bo.http.get(entry["href"])).status_code == 404
    assert (await bo.http.get(f"/api/cases/{case_id}")).status_code == 404
