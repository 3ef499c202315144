"""What agents say is wrong in an article, and what the authors answer."""

from functools import partial
from typing import Annotated

from pydantic import StringConstraints

from agent_console.http.article_shapes import CorrectionRow, Reason
from agent_console.http.articles import correction_row
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done
from hub.journey.articles.correct import corrections_of, decide_correction, propose_correction
from hub.journey.articles.name import Name
from hub.journey.context import Hub
from hub.security.roles import Right


class WrongBody(Strict):
    """What is wrong."""

    words: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500)]


class CorrectionMade(Strict):
    """Its id."""

    correction_id: str


class Corrections(Strict):
    """What the viewer proposed, the newest first."""

    corrections: list[CorrectionRow]


class Decision(Strict):
    """Whether it is taken up, and the answer to who proposed it."""

    take: bool
    answer: Reason


class CorrectionRoutes:
    """`/api/corrections/...`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        desk = partial(Endpoint, right=Right.HANDLE_CONTACTS, tag="articles")
        edit = partial(Endpoint, right=Right.EDIT_ARTICLES, tag="articles")
        for endpoint in (
            desk(method="GET", path="/api/corrections", handler=self.mine, answer=Corrections),
            desk(method="POST", path="/api/articles/{slug}/{language}/correction",
                 handler=self.propose, body=WrongBody, answer=CorrectionMade),
            edit(method="POST", path="/api/corrections/{correction_id}/decide",
                 handler=self.decide, body=Decision, answer=Done),
        ):  # fmt: skip
            api.add(endpoint)

    async def mine(self, call: Call) -> Corrections:
        """List what the viewer proposed, with what became of it."""
        found = await corrections_of(self._hub, call.user.viewer.user_id)
        return Corrections(corrections=[correction_row(self._hub, one) for one in found])

    async def propose(self, call: Call) -> CorrectionMade:
        """Tell the authors what is wrong in the version in force."""
        parts = call.request.path_params
        name = Name(str(parts["slug"]), str(parts["language"]))
        words = call.body.words
        return CorrectionMade(
            correction_id=await propose_correction(self._hub, call.user.viewer, name, words)
        )

    async def decide(self, call: Call) -> Done:
        """Take it up or not; who proposed it reads the answer."""
        body: Decision = call.body
        correction_id = str(call.request.path_params["correction_id"])
        await decide_correction(
            self._hub, call.user.viewer, correction_id, take=body.take, answer=body.answer
        )
        return Done()
