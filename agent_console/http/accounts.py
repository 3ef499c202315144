"""The page of mailboxes and numbers: how they fare, and what is decided about them."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from agent_console.http.account_forms import (
    Accounts,
    AccountView,
    Changed,
    Connect,
    Moved,
    Named,
    One,
    Outcome,
    QueueView,
    Trial,
    WayView,
)
from agent_console.http.endpoint import Api, Call, Endpoint, Strict
from agent_console.http.sign_in import Done
from agent_console.setup import DeskSetUp
from agent_console.views.contact import both
from hub.domain.accounts import Way
from hub.domain.errors import Invalid
from hub.journey.accounts import attempt, keep
from hub.journey.accounts.keeper import keepers_of
from hub.journey.accounts.read import AccountSeen, accounts_of
from hub.journey.context import Hub
from hub.security.roles import Right


class ChannelAccountRoutes:
    """`/api/accounts`: for administrators."""

    def __init__(self, hub: Hub, desk: DeskSetUp) -> None:
        self._hub, self._desk = hub, desk

    def add_to(self, api: Api) -> None:
        """Add the routes."""
        one, all_ = partial(Endpoint, right=Right.MANAGE_SETUP, tag="set-up"), "/api/accounts"
        post = partial(one, method="POST")
        api.add(one(method="GET", path=all_, handler=self.list, answer=Accounts))
        for endpoint in (
            post(path=all_, handler=self.connect, body=Connect, answer=Named, code_again=True),
            post(path=f"{all_}/change", handler=self.change, body=Changed, answer=Done,
                 code_again=True),
            post(path=f"{all_}/remove", handler=self.remove, body=One, answer=Done,
                 code_again=True),
            post(path=f"{all_}/pause", handler=self.pause, body=One, answer=Moved),
            post(path=f"{all_}/resume", handler=self.resume, body=One, answer=Moved),
            post(path=f"{all_}/check", handler=self.check, body=One, answer=Outcome),
            post(path=f"{all_}/test", handler=self.test, body=Trial, answer=Outcome),
        ):  # fmt: skip
            api.add(endpoint)

    async def list(self, _call: Call) -> Accounts:
        """List the accounts, and what a new one can be."""
        hub = self._hub
        return Accounts(
            accounts=[self._view(one) for one in await accounts_of(hub)],
            queues=[
                QueueView(id=key, name=dict(queue.names)) for key, queue in hub.setup.queues.items()
            ],
            channels=sorted(keepers_of(hub)),
            settings_file=self._desk.settings_file,
            now=hub.clock.now(),
        )

    async def connect(self, call: Call) -> Named:
        """Connect a mailbox or number; its secrets are sealed and never shown again."""
        channel, options = _options(call.body)
        return Named(account=await keep.connect(self._hub, _actor(call), channel, options))

    async def change(self, call: Call) -> Done:
        """Change one that was connected here."""
        channel, options = _options(call.body)
        await keep.change(self._hub, _actor(call), channel, call.body.account, options)
        return Done()

    async def remove(self, call: Call) -> Done:
        """Forget one that was connected here."""
        await keep.remove(self._hub, _actor(call), call.body.channel, call.body.account)
        return Done()

    async def pause(self, call: Call) -> Moved:
        """Let an account rest."""
        body = call.body
        return Moved(
            changed=await keep.pause(self._hub, _actor(call), body.channel, body.account)
        )  # fmt: skip

    async def resume(self, call: Call) -> Moved:
        """End its rest."""
        body = call.body
        return Moved(
            changed=await keep.resume(self._hub, _actor(call), body.channel, body.account)
        )  # fmt: skip

    async def check(self, call: Call) -> Outcome:
        """Sign in wherever the account signs in."""
        body: One = call.body
        return Outcome(code=await attempt.check_account(self._hub, body.channel, body.account))

    async def test(self, call: Call) -> Outcome:
        """Send a few words of ours to an address."""
        body: Trial = call.body
        code = await attempt.send_test(
            self._hub, _actor(call), body.channel, body.account, to=body.to, language=body.language
        )
        return Outcome(code=code)

    def _view(self, seen: AccountSeen) -> AccountView:
        now, row = seen.now, seen.row
        queue = self._hub.setup.queues.get(now.queue_id or "")
        return AccountView(
            channel=seen.channel, account=now.id, name=dict(now.name),
            queue=dict(queue.names) if queue else None,
            comes=_way(now.comes), leaves=_way(now.leaves),
            options=dict(seen.options) if seen.options is not None else None,
            changed_at=row.changed_at, changed_by=self._name(row.changed_by),
            paused_at=row.paused_at, paused_by=self._name(row.paused_by),
            last_in_at=row.last_in_at, last_out_at=row.last_out_at,
            error_code=row.error_code, error_at=row.error_at,
            waiting=seen.outbox.waiting, oldest_at=seen.outbox.oldest_at, failed=seen.outbox.failed,
        )  # fmt: skip

    def _name(self, user_id: str | None) -> dict[str, str] | None:
        return both(self._hub.staff.name_of(user_id)) if user_id else None


def _actor(call: Call) -> str:
    return call.user.viewer.user_id


def _way(way: Way | None) -> WayView | None:
    return WayView(**asdict(way)) if way is not None else None


def _options(said: Connect) -> tuple[str, Mapping[str, Any]]:
    forms = {"email": said.email, "sms": said.sms}
    given = [(channel, form) for channel, form in forms.items() if form is not None]
    if len(given) != 1:
        raise Invalid("invalid", "email or sms")
    channel, form = given[0]
    return channel, _plain(form)


def _plain(form: Strict) -> dict[str, Any]:
    """What was said, without what was left out."""
    said = form.model_dump(mode="json", exclude_none=True)
    for name in ("name", "signature"):
        if name in said:
            said[name] = {language: words for language, words in said[name].items() if words}
    return said
