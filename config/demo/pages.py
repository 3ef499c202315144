"""The demo's own pages: what is where, the bank's site, its word for who is signed in."""

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from agent_console.http.problems import problem
from config.demo import known, staff
from config.demo.bank_word import BankWord
from config.demo.portrait import Known
from config.demo.robots.traffic import Traffic
from hub.security.csrf import origin_allowed
from hub.text.strict_json import BadJson, loads_strict
from routing.set_up import Texts

FOLDER: Final = Path(__file__).parent / "pages"
LANGUAGES: Final = {"en": "en", "zh": "zh-Hans"}
BODY_BYTES: Final = 1024
_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_BLANK: Final = re.compile(r"\{\{(\w+)\}\}")


class DemoPages:
    """`/`, `/bank` and `/demo/...`; served by `hub demo` only."""

    def __init__(
        self,
        *,
        bank: BankWord,
        traffic: Traffic,
        origins: frozenset[str],
        port: int,
        now: float,
        skills: Mapping[str, Texts],
    ) -> None:
        self._bank, self._traffic = bank, traffic
        self._origins, self._port = origins, port
        self._skills = skills
        self._known = {one.person.number: one for one in known.known_customers(now)}

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/", self.landing),
            Route("/bank", self.bank),
            Route("/demo/token", self.token, methods=["POST"]),
            Route("/demo/traffic", self.traffic, methods=["GET", "POST"]),
            Mount("/demo/assets", StaticFiles(directory=FOLDER / "assets")),
        ]

    async def landing(self, request: Request) -> Response:
        """What is where."""
        language = language_of(request)
        beside = f"http://{_other_name(request.url.hostname)}:{self._port}"
        return page(
            "landing.html",
            language,
            {
                "demo_password": escape(staff.PASSWORD),
                "customers": "".join(_customer(one, language) for one in self._known.values()),
                "agents": "".join(self._agent(one, language) for one in staff.AGENTS),
                "watchers": self._watchers(request, language, beside),
            },
        )

    async def bank(self, request: Request) -> Response:
        """The bank's site; `?as=` says who is signed in."""
        language = language_of(request)
        one = self._known.get(request.query_params.get("as", ""))
        return page("bank.html", language, _bank_parts(one, language, self._known))

    async def token(self, request: Request) -> Response:
        """The bank's word for its visitor: what its own server would sign."""
        body = await self._body(request)
        if isinstance(body, Response):
            return body
        number = body.get("customer")
        if body.keys() != {"customer"} or number not in self._known:
            return problem(422, "unknown_customer", "customer: one of the demo's customers")
        token = await self._bank.sign(str(number))
        return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})

    async def traffic(self, request: Request) -> Response:
        """Read or turn the switch of the robots."""
        if request.method == "POST":
            body = await self._body(request)
            if isinstance(body, Response):
                return body
            if body.keys() != {"on"} or not isinstance(body["on"], bool):
                return problem(422, "invalid", "on: true or false")
            self._traffic.switch(on=body["on"])
        return JSONResponse(self._traffic.state(), headers={"Cache-Control": "no-store"})

    async def _body(self, request: Request) -> dict[str, object] | Response:
        if not origin_allowed(request.headers.get("origin"), self._origins):
            return problem(403, "foreign_origin")
        try:
            body = loads_strict(await request.body(), max_bytes=BODY_BYTES, max_depth=2)
        except BadJson as error:
            return problem(400, error.code)
        return body if isinstance(body, dict) else problem(422, "invalid", "send an object")

    def _agent(self, one: staff.Employee, language: str) -> str:
        able = (
            f"{getattr(self._skills[skill], language)} {level}"
            for skill, level in one.skills
            if skill in self._skills
        )
        about = ("、" if language == "zh" else ", ").join(able)
        return _employee(one, language, "/console", about)

    def _watchers(self, request: Request, language: str, beside: str) -> str:
        """People who watch open under the other name of this machine, with a sign-in of their own.

        The page there is this page again, so the card either signs in here or leads there.
        """
        people = (
            (staff.SUPERVISORS[0], "supervisor", "/console/wallboard"),
            (staff.SUPERVISORS[1], "supervisor", "/console/wallboard"),
            (staff.ADMINISTRATOR, "administrator", "/console/wallboard"),
        )
        if request.url.hostname == "localhost":
            return "".join(
                _employee(one, language, path, about=texts(language)[f"role_{role}"])
                for one, role, path in people
            )
        there = f"{beside}/?lang={language}#watch"
        return "".join(
            _card(
                _name(one.en, one.zh, language),
                texts(language)[f"role_{role}"],
                f'<a class="card" href="{escape(there)}" target="_blank">',
                "</a>",
            )
            for one, role, _ in people
        )


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the catalogue of a language."""
    found: dict[str, str] = json.loads((FOLDER / "texts" / f"{language}.json").read_text("utf-8"))
    return found


def language_of(request: Request) -> str:
    """Return the language that the address or else the browser asks for."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return asked
    first = request.headers.get("accept-language", "")[:2].lower()
    return first if first in LANGUAGES else "en"


def page(name: str, language: str, parts: Mapping[str, str]) -> Response:
    """Fill a page: texts are escaped, `parts` are HTML that was escaped where it was made."""
    words = texts(language)
    other = "zh" if language == "en" else "en"
    blanks = {
        "lang": language,
        "html_lang": LANGUAGES[language],
        "other_lang": other,
        "other_html_lang": LANGUAGES[other],
        **parts,
    }
    source = (FOLDER / name).read_text("utf-8")
    filled = _BLANK.sub(lambda m: blanks.get(m[1]) or escape(words.get(m[1], "")), source)
    headers = {"Content-Security-Policy": _CSP, "Cache-Control": "no-store"}
    return HTMLResponse(filled, headers=headers)


def _bank_parts(one: Known | None, language: str, known: Mapping[str, Known]) -> dict[str, str]:
    words = texts(language)
    other = "zh" if language == "en" else "en"
    parts = {
        "customer_number": one.person.number if one else " ",
        "customers": "".join(_customer(each, language, target="") for each in known.values()),
        "other_href": escape(f"/bank?lang={other}" + (f"&as={one.person.number}" if one else "")),
    }
    if one is None:
        button = f'<button class="btn main" type="button" id="sign-in">{words["sign_in"]}</button>'
        return parts | {"signed_in": " ", "sign_in_or_out": button}
    name = escape(_name(one.person.name, one.person.name_zh, language))
    leave = f'<a class="btn" id="sign-out" href="/bank?lang={language}">{words["sign_out"]}</a>'
    hello = f'<span class="hello">{words["hello"]} <b>{name}</b></span>'
    return parts | {"signed_in": hello, "sign_in_or_out": leave}


def _customer(one: Known, language: str, target: str = ' target="_blank"') -> str:
    person = one.person
    href = f"/bank?lang={person.language}&as={person.number}"
    segment = texts(language)[f"segment_{person.segment}"]
    matter = one.matter[1 if language == "zh" else 0]
    tag = f'<span class="tag">{escape(segment)}</span>'
    opening = f'<a class="card" href="{escape(href)}"{target}>'
    return _card(_name(person.name, person.name_zh, language), matter, opening, "</a>", tag)


def _employee(one: staff.Employee, language: str, path: str, about: str) -> str:
    opening = f'<button class="card" type="button" data-login="{one.login}" data-next="{path}">'
    return _card(_name(one.en, one.zh, language), about, opening, "</button>")


def _card(name: str, about: str, opening: str, closing: str, tag: str = "") -> str:
    initials = name[:1] if not name.isascii() else "".join(word[0] for word in name.split()[:2])
    return (
        f'<li>{opening}<span class="face" aria-hidden="true">{escape(initials)}</span>'
        f"<span><b>{escape(name)}</b><small>{escape(about)}</small>{tag}</span>{closing}</li>"
    )


def _name(en: str, zh: str, language: str) -> str:
    return zh if language == "zh" and zh else en


def _other_name(host: str | None) -> str:
    return "127.0.0.1" if host == "localhost" else "localhost"
