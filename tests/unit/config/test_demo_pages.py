"""The demo's pages: both languages complete, nothing left blank, nothing inline."""

import json
import re
from pathlib import Path

import pytest

from config.demo import staff
from config.demo.guide import guide
from config.demo.pages import FOLDER, texts

PAGES = sorted(FOLDER.glob("*.html"))


def test_both_catalogues_say_the_same_things() -> None:
    assert texts("en").keys() == texts("zh").keys()
    assert all(value.strip() for language in ("en", "zh") for value in texts(language).values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_blank_has_a_text_or_a_part(page: Path) -> None:
    parts = {
        "lang", "html_lang", "other_lang", "other_html_lang", "other_href", "demo_password",
        "customers", "agents", "notices", "watchers", "customer_number", "signed_in",
        "sign_in_or_out", "who", "service", "cards", "mails",
    }  # fmt: skip
    blanks = set(re.findall(r"\{\{(\w+)\}\}", page.read_text()))
    assert blanks <= texts("en").keys() | parts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_have_nothing_inline(page: Path) -> None:
    source = page.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"<style|\sstyle=|\son\w+=", source)


def test_no_text_is_unused() -> None:
    source = "".join(path.read_text() for path in PAGES)
    names = ("pages.py", "outbox_page.py", "core_page.py", "mailbox_page.py")
    code = "".join((FOLDER.parent / name).read_text() for name in names)
    prefixed = ("segment_", "role_", "kind_", "purpose_", "core_kind_", "core_card_")
    unused = [
        key
        for key in texts("en")
        if f"{{{{{key}}}}}" not in source
        and f'"{key}"' not in code
        and not key.startswith(prefixed)
    ]
    assert unused == []


def test_the_guide_names_everybody_and_the_password() -> None:
    text = guide("http://127.0.0.1:8000")
    assert staff.PASSWORD in text
    assert all(one.login in text for one in staff.EVERYBODY)
    assert json.dumps("http://127.0.0.1:8000/bank").strip('"') in text
