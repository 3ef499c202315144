"""Find customers, open a record, make a prospect, merge. Words travel in bodies, never in URLs."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from hub.journey.context import Hub
from hub.journey.finding import merge as merging
from hub.journey.finding import prospect, search
from hub.journey.finding.open_record import open_record
from hub.journey.standing.history import standing_of
from hub.security.errors import TooMany
from hub.security.rate_limit import RateLimits
from hub.security.roles import Right

SEARCHES_PER_SECOND, SEARCHES_AT_ONCE = 2.0, 20
Id = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]
Reason = Annotated[str, StringConstraints(strict=True, max_length=200)]
Line = Annotated[str, StringConstraints(strict=True, max_length=200)]


class SearchBody(Strict):
    """What was typed."""

    words: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]


class Candidate(Strict):
    """A Customer in a list: outline of the name, tail of the number, why it matched."""

    id: str
    name: str
    name_zh: str
    number: str
    segment: str
    lifecycle: str
    language: str
    why: list[str]
    contact_id: str | None
    """A Contact of this Customer that the viewer has in hand."""


class Candidates(Strict):
    """Who may be meant; several are listed, none is guessed."""

    customers: list[Candidate]
    more: bool
    too_common: bool


class OpenBody(Strict):
    """Which record; a reason for one that no Contact in hand brought."""

    customer_id: Id
    reason: Reason = ""


class OneRecord(Strict):
    """A record as the viewer may see it (`ScreenPop` of the page)."""

    record: dict[str, Any]
    standing: list[dict[str, Any]]
    """Where the customer stood, the newest change first."""


class ProspectBody(Strict):
    """A new record; `anyway` when somebody with this phone or mail is known already."""

    name: Line = ""
    name_zh: Line = ""
    phone: Line = ""
    email: Line = ""
    language: Literal["en", "zh"] = "en"
    anyway: bool = False


class ProspectMade(Strict):
    """The new record, or those who look the same."""

    customer_id: str | None
    known: list[str]


class PairBody(Strict):
    """Two records; `merged_id` becomes part of `kept_id`."""

    kept_id: Id
    merged_id: Id


class ComparedField(Strict):
    """A field of both, and whose value stays."""

    field: str
    kept: str
    merged: str
    same: bool
    takes: Literal["kept", "merged"]


class Preview(Strict):
    """What a merge would keep."""

    kept: dict[str, str]
    merged: dict[str, str]
    fields: list[ComparedField]


class MergeBody(PairBody):
    """Merge them."""

    choices: dict[Line, Literal["kept", "merged"]] = Field(default={}, max_length=40)
    reason: Reason


class MergeDone(Strict):
    """Its id, for the undo."""

    merge_id: str


class UndoBody(Strict):
    """Which merge to undo, and why."""

    merge_id: Id
    reason: Reason


class OfCustomer(Strict):
    """Which record."""

    customer_id: Id


class Merges(Strict):
    """Merges into a record that stand, the newest first."""

    merges: list[dict[str, Any]]


class Done(Strict):
    """It is done."""


class CustomerRoutes:
    """`/api/customers/...`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._limits = RateLimits(hub.clock, SEARCHES_PER_SECOND, SEARCHES_AT_ONCE)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        see, handle, both = Right.SEE_CUSTOMERS, Right.HANDLE_CONTACTS, Right.MERGE_CUSTOMERS
        for path, handler, body, answer, right in (
            ("search", self.search, SearchBody, Candidates, see),
            ("open", self.open, OpenBody, OneRecord, see),
            ("prospect", self.prospect, ProspectBody, ProspectMade, handle),
            ("merge/preview", self.preview, PairBody, Preview, both),
            ("merge", self.merge, MergeBody, MergeDone, both),
            ("merge/undo", self.undo, UndoBody, Done, both),
            ("merges", self.merges, OfCustomer, Merges, both),
        ):
            api.add(
                Endpoint(
                    method="POST", path=f"/api/customers/{path}", handler=handler, body=body,
                    answer=answer, right=right, tag="customers",
                )
            )  # fmt: skip

    async def search(self, call: Call) -> Candidates:
        """Find customers by words."""
        if not self._limits.allow(call.user.viewer.user_id):
            raise TooMany("too_many_searches", 1 / SEARCHES_PER_SECOND)
        found = await search.search(self._hub, call.user.viewer, call.body.words)
        return Candidates(**found)

    async def open(self, call: Call) -> OneRecord:
        """Open a record; audited with its reason."""
        body: OpenBody = call.body
        pop = await open_record(self._hub, call.user.viewer, body.customer_id, reason=body.reason)
        standing = await standing_of(self._hub, pop["customer"]["id"])
        return OneRecord(record=pop, standing=standing)

    async def prospect(self, call: Call) -> ProspectMade:
        """Make a record for somebody who is no customer yet."""
        body: ProspectBody = call.body
        fields = body.model_dump(include={"name", "name_zh", "phone", "email"})
        made, known = await prospect.create_prospect(
            self._hub, call.user.viewer, fields, language=body.language, anyway=body.anyway
        )
        return ProspectMade(customer_id=made, known=known)

    async def preview(self, call: Call) -> Preview:
        """Compare two records."""
        pair: PairBody = call.body
        found = await merging.preview(
            self._hub, call.user.viewer, kept_id=pair.kept_id, merged_id=pair.merged_id
        )
        return Preview(**found)

    async def merge(self, call: Call) -> MergeDone:
        """Make two records one."""
        body: MergeBody = call.body
        merge_id = await merging.merge(
            self._hub, call.user.viewer, kept_id=body.kept_id, merged_id=body.merged_id,
            choices=dict(body.choices), reason=body.reason,
        )  # fmt: skip
        return MergeDone(merge_id=merge_id)

    async def undo(self, call: Call) -> Done:
        """Make them two again."""
        body: UndoBody = call.body
        viewer = call.user.viewer
        await merging.undo_merge(self._hub, viewer, merge_id=body.merge_id, reason=body.reason)
        return Done()

    async def merges(self, call: Call) -> Merges:
        """List merges that can be undone."""
        viewer = call.user.viewer
        found = await merging.merges_of(self._hub, viewer, call.body.customer_id)
        return Merges(merges=found)
