"""The page of the assistant: doubts, taught sentences, training, comparison, versions, rates.

Administrators write; they and supervisors read, and publish what somebody else handed in.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.responses import Response

from agent_console.http import assistant_shapes as shapes
from agent_console.http.endpoint import Api, Call, Endpoint
from agent_console.http.flow_shapes import (
    Asked,
    BackBody,
    Published,
    ReasonBody,
    Returned,
    Seen,
    VersionRow,
)
from agent_console.http.sign_in import Done
from agent_console.reports.topics import topics_of
from hub.journey.context import Hub
from hub.journey.set_up import approval, drafts, versions
from hub.journey.teaching import doubts as teaching
from hub.journey.teaching.models import TrainedModel, model_of, require_measured
from hub.ports import AssistantEditor
from hub.security.roles import Right

MOST_BYTES = 320 * 1024
DAY_SECONDS = 86_400.0


class AssistantRoutes:
    """`/api/assistant/...`."""

    def __init__(self, hub: Hub, editor: AssistantEditor, *, publish_alone: bool = False) -> None:
        """`publish_alone`: who taught it may put it in force."""
        self._hub, self._editor, self._alone = hub, editor, publish_alone
        self._of = (editor.kind, editor.name)

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one = partial(Endpoint, tag="set-up", most_bytes=MOST_BYTES)
        get = partial(one, method="GET", right=Right.APPROVE_SETUP)
        ask = partial(one, method="POST", right=Right.APPROVE_SETUP)
        write = partial(one, method="POST", right=Right.MANAGE_SETUP)
        root, s = "/api/assistant", shapes
        for endpoint in (
            get(path=root, handler=self.open, answer=s.AssistantView),
            get(path=f"{root}/doubts", handler=self.doubts, answer=s.DoubtGroups),
            get(path=f"{root}/progress", handler=self.progress, answer=s.Progress),
            get(path=f"{root}/comparison", handler=self.comparison, answer=s.Comparison),
            get(path=f"{root}/rates", handler=self.rates, query=s.RatesQuery, answer=s.Rates),
            get(path=f"{root}/file", handler=self.file, query=s.LanguageQuery),
            ask(path=f"{root}/try", handler=self.try_out, body=s.TryBody, answer=s.Tried),
            write(path=f"{root}/draft", handler=self.save, body=s.TeachBody, answer=s.Saved),
            write(path=f"{root}/ignore", handler=self.ignore, body=s.KeysBody, answer=Done),
            write(path=f"{root}/discard", handler=self.discard, body=Seen, answer=Done),
            write(path=f"{root}/train", handler=self.train, body=Seen, answer=Done),
            write(path=f"{root}/hand-in", handler=self.hand_in, body=ReasonBody, answer=Done),
            ask(path=f"{root}/send-back", handler=self.send_back, body=ReasonBody, answer=Done),
            ask(path=f"{root}/publish", handler=self.publish, body=ReasonBody,
                answer=Published, code_again=True),
            write(path=f"{root}/roll-back", handler=self.roll_back, body=BackBody,
                  answer=Published, code_again=True),
        ):  # fmt: skip
            api.add(endpoint)

    async def open(self, call: Call) -> shapes.AssistantView:
        """Show the model in force, the draft and the versions."""
        kept = await versions.history(self._hub, *self._of)
        draft = await drafts.draft_of(self._hub, *self._of)
        number = kept[0].number if kept else 0
        document = draft.document if draft else await self._document(number)
        return shapes.AssistantView(
            engine=self._editor.engine,
            intents=list(self._editor.intents),
            model=shapes.ModelInForce(**self._editor.in_force),
            number=number,
            sentences=[shapes.Sentence(**one) for one in document["sentences"]],
            draft=await self._draft(draft, call.user.viewer.user_id) if draft else None,
            versions=[
                VersionRow(number=one.number, at=one.published_at, why=one.why,
                           by=self._hub.staff.name_of(one.published_by))
                for one in kept
            ],
            progress=self._progress(),
            second_person=not self._alone,
        )  # fmt: skip

    async def doubts(self, _call: Call) -> shapes.DoubtGroups:
        """Return what the assistant was at a loss with, what wants the same side by side."""
        found = await teaching.doubts(self._hub)
        groups: list[shapes.DoubtGroup] = []
        for kind in (teaching.WRONG, *sorted(teaching.LESSONS)):
            some = [one for one in found if one.kind == kind]
            places = await self._editor.grouped([(one.key, one.said) for one in some])
            groups += [self._group(kind, [some[at] for at in group]) for group in places]
        groups.sort(key=lambda one: (one.kind != teaching.WRONG, -one.times, -one.last_at))
        return shapes.DoubtGroups(groups=groups, kept_days=int(teaching.KEPT_SECONDS / DAY_SECONDS))

    async def progress(self, _call: Call) -> shapes.Progress:
        """Say how far the training is."""
        return self._progress()

    async def try_out(self, call: Call) -> shapes.Tried:
        """Say what words are taken for; nothing is kept of them."""
        told = await self._editor.try_out(call.body.text, call.body.version)
        return shapes.Tried(**told)

    async def save(self, call: Call) -> shapes.Saved:
        """Keep the sentences, and settle the doubts they come from."""
        body, by = call.body, call.user.viewer.user_id
        document = {"sentences": [one.model_dump() for one in body.sentences]}
        self._editor.require_sound(document)
        revision = await drafts.save_draft(
            self._hub, by, *self._of, document, seen=body.revision, based_on=body.based_on
        )
        if body.taught:
            await teaching.settle_doubts(self._hub, by, body.taught, to=teaching.TAUGHT)
        model = self._editor.version_of(document)
        is_trained = await model_of(self._hub, model) is not None
        return shapes.Saved(revision=revision, model=model, is_trained=is_trained)

    async def ignore(self, call: Call) -> Done:
        """Put doubts away that teach nothing."""
        by = call.user.viewer.user_id
        await teaching.settle_doubts(self._hub, by, call.body.keys, to=teaching.IGNORED)
        return Done()

    async def discard(self, call: Call) -> Done:
        """Throw the draft away."""
        await drafts.discard_draft(self._hub, *self._of, seen=call.body.revision)
        return Done()

    async def train(self, call: Call) -> Done:
        """Train the draft and measure it beside what is in force."""
        document = await self._seen(call.body.revision)
        self._editor.train(call.user.viewer.user_id, document)
        return Done()

    async def comparison(self, _call: Call) -> shapes.Comparison:
        """Set the draft's model beside the one in force, on sentences neither has seen."""
        draft = await drafts.draft_of(self._hub, *self._of)
        before = await model_of(self._hub, str(self._editor.in_force["version"]))
        version = self._editor.version_of(draft.document) if draft else ""
        after = await model_of(self._hub, version) if version else None
        changed: list[dict[str, Any]] = []
        if before and after and before.figures and after.figures:
            changed = self._editor.changes(before.figures, after.figures)
        return shapes.Comparison(before=_measured(before), after=_measured(after), changes=changed)

    async def hand_in(self, call: Call) -> Done:
        """Ask somebody else to publish what was taught; it must have been measured."""
        await self._require_measured(call.body.revision)
        await approval.hand_in(
            self._hub, call.user.viewer.user_id, *self._of, revision=call.body.revision,
            why=call.body.why, require_sound=self._editor.require_sound,
        )  # fmt: skip
        return Done()

    async def send_back(self, call: Call) -> Done:
        """Give the draft back to who handed it in."""
        await approval.send_back(
            self._hub, call.user.viewer.user_id, *self._of, revision=call.body.revision,
            why=call.body.why,
        )  # fmt: skip
        return Done()

    async def publish(self, call: Call) -> Published:
        """Put the draft in force; every node takes its model without a restart."""
        await self._require_measured(call.body.revision)
        number = await versions.publish(
            self._hub, call.user.viewer.user_id, *self._of, revision=call.body.revision,
            why=call.body.why, alone=self._alone, require_sound=self._editor.require_sound,
        )  # fmt: skip
        return Published(version=number)

    async def roll_back(self, call: Call) -> Published:
        """Put an old version in force again."""
        number = await versions.roll_back(
            self._hub, call.user.viewer.user_id, *self._of, to=call.body.version,
            why=call.body.why, require_sound=self._editor.require_sound,
        )  # fmt: skip
        return Published(version=number)

    async def file(self, call: Call) -> Response:
        """Give the sentences of a language as a file of the set-up folder."""
        kept = await versions.newest(self._hub, self._editor.kind)
        draft = await drafts.draft_of(self._hub, *self._of)
        number = kept.get(self._editor.name, 0)
        document = draft.document if draft else await self._document(number)
        language = call.query.language
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="taught-{language}.yml"',
        }
        text = self._editor.write(document, language)
        return Response(text, headers=headers, media_type="application/yaml")

    async def rates(self, call: Call) -> shapes.Rates:
        """Say what became of each matter in the last days, out of the log."""
        days = call.query.days
        found = await topics_of(self._hub, days * DAY_SECONDS)
        rows = [
            shapes.TopicRow(intent=intent, **{name: getattr(one, name) for name in one.__slots__})
            for intent, one in found.items()
        ]
        rows.sort(key=lambda row: (-row.contacts, row.intent))
        return shapes.Rates(days=days, topics=rows)

    async def _document(self, number: int) -> Mapping[str, Any]:
        if number == 0:
            return {"sentences": []}
        found: Mapping[str, Any] = await versions.document_of(self._hub, *self._of, number)
        return found

    async def _seen(self, revision: int) -> Mapping[str, Any]:
        """Return the draft as it was seen, or what is in force where there is none."""
        draft = await drafts.draft_of(self._hub, *self._of)
        if draft is None and revision == 0:
            kept = await versions.newest(self._hub, self._editor.kind)
            return await self._document(kept.get(self._editor.name, 0))
        document: Mapping[str, Any] = drafts.require_seen(draft, revision).document
        return document

    async def _require_measured(self, revision: int) -> None:
        """No model comes into force that nobody could compare."""
        document = await self._seen(revision)
        await require_measured(self._hub, self._editor.version_of(document))

    async def _draft(self, draft: drafts.Draft, reader: str) -> shapes.TaughtDraft:
        name_of = self._hub.staff.name_of
        asked, returned = None, None
        if draft.asked_by is not None:
            asked = Asked(at=draft.asked_at or 0, by=name_of(draft.asked_by), why=draft.asked_why)
        if draft.returned_by is not None:
            returned = Returned(by=name_of(draft.returned_by), why=draft.returned_why)
        model = self._editor.version_of(draft.document)
        return shapes.TaughtDraft(
            revision=draft.revision, based_on=draft.based_on, at=draft.saved_at,
            by=name_of(draft.saved_by), asked=asked, returned=returned,
            is_own=reader == draft.asked_by or reader in draft.writers,
            model=model, is_trained=await model_of(self._hub, model) is not None,
        )  # fmt: skip

    def _progress(self) -> shapes.Progress:
        return shapes.Progress(**{"state": "none", **self._editor.progress})

    def _group(self, kind: str, some: list[teaching.Doubt]) -> shapes.DoubtGroup:
        lead = some[0]
        return shapes.DoubtGroup(
            kind=kind, intent=lead.intent, probability=lead.probability, engine=lead.by,
            times=sum(one.times for one in some), last_at=max(one.last_at for one in some),
            doubts=[
                shapes.DoubtRow(
                    key=one.key, said=one.said, answer=one.answer, note=one.note,
                    language=one.language, channel=one.channel, times=one.times,
                    last_at=one.last_at, by=self._hub.staff.name_of(one.reported_by),
                )
                for one in some
            ],
        )  # fmt: skip


def _measured(model: TrainedModel | None) -> shapes.Measured | None:
    if model is None or not model.figures:
        return None
    names = ("examples", "accuracy", "calibration_error", "confusions")
    figures: dict[str, Any] = {name: model.figures[name] for name in names}
    figures |= {name: model.figures.get(name) for name in ("rejected", "false_rejections")}
    return shapes.Measured(
        version=model.version, sentences=model.sentences, trained_at=model.trained_at,
        train_seconds=model.train_seconds, **figures,
    )  # fmt: skip
