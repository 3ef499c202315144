"""Every mistake is told, where it is, in both languages; and only mistakes are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ivr.check.check import check_document
from ivr.flow.source import FlowFile, Source
from tests.support.phone_flows import KNOWN, both, document, menu, node, queue

Nodes = Mapping[str, Any]
SAY = node("say", text="Hello.", next="p")
ERRAND = {"errand": "balance", "next": "p", "failed": "p"}
CHOICE = {"key": "1", "label": both("One"), "next": "p"}
LANGUAGE = node("language", text="Press.", next="p", choices=[{"key": "1", "language": "en"}])


def codes(raw: Any) -> list[str]:
    _, problems = check_document("test", raw, KNOWN)
    for one in problems:
        assert all(one.what.values())
        assert all(one.remedy.values())
    return sorted({one.code for one in problems})


def changed(base: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    return {**base, **fields}


@pytest.mark.parametrize(
    ("wanted", "nodes"),
    [
        ([], {"a": SAY}),
        (["bad_name"], {"a": SAY, "A b": SAY}),
        (["no_kind"], {"a": SAY, "b": {"kind": "shout"}}),
        (["unknown_key"], {"a": changed(SAY, sound="x")}),
        (["needed"], {"a": changed(SAY, name={})}),
        (["needed"], {"a": changed(SAY, text=None)}),
        (["no_language"], {"a": changed(SAY, text={"en": "Hello."})}),
        (["no_language"], {"a": changed(SAY, text={"en": "Hello.", "zh": " "})}),
        (["too_long"], {"a": changed(SAY, text=both("x" * 601))}),
        (["bad_shape"], {"a": changed(SAY, text=7)}),
        (["no_recording"], {"a": changed(SAY, recording="jingle")}),
        (["no_node"], {"a": changed(SAY, next="nowhere")}),
        (["not_linked"], {"a": changed(menu("p"), choices=[
            CHOICE, changed(CHOICE, key="2", next="")])}),
        (["bad_number"], {"a": changed(menu("p"), repeat=9)}),
        (["bad_number"], {"a": changed(menu("p"), repeat=True)}),
        (["bad_shape"], {"a": changed(menu("p"), speech="loud")}),
        (["bad_shape"], {"a": changed(menu("p"), choices=[CHOICE] * 31)}),
        (["needed"], {"a": menu()}),
        (["key_twice"], {"a": changed(menu("p"), choices=[CHOICE, CHOICE])}),
        (["kept_key"], {"a": changed(menu("p"), choices=[changed(CHOICE, key="0")])}),
        (["bad_key"], {"a": changed(menu("p"), choices=[changed(CHOICE, key="12")])}),
        (["language_twice"], {"a": changed(LANGUAGE, choices=[
            {"key": "1", "language": "en"}, {"key": "2", "language": "en"}])}),
        (["bad_option"], {"a": changed(LANGUAGE, choices=[{"key": "1", "language": "fr"}])}),
        (["no_queue"], {"a": menu("q"), "q": queue("nobody")}),
        (["no_flow"], {"a": menu("t"), "t": node("transfer", flow="other")}),
        (["no_errand"], {"a": node("do", **changed(ERRAND, errand="rob"))}),
        (["secret_errand"], {"a": node("do", **changed(ERRAND, errand="check_pin"))}),
        (["bad_argument"], {"a": node("do", **changed(ERRAND, errand="block_card"))}),
        (["bad_keep"], {"a": node("do", **ERRAND, keep=["iban"])}),
        (["bad_keep"], {"a": node("do", **ERRAND, cases=[
            {"of": "iban", "equals": "x", "next": "p"}])}),
        (["no_value"], {"a": changed(SAY, text=both("Hello {name}."))}),
        (["no_value"], {"a": node("branch", otherwise="p", cases=[
            {"of": "vip", "equals": "yes", "next": "p"}])}),
        (["unreachable"], {"a": SAY, "b": SAY}),
        (["endless", "no_exit"], {"a": menu("b"), "b": changed(SAY, next="c"),
                                  "c": changed(SAY, next="b")}),
        (["endless"], {"a": node("identify", by="pin", text="PIN.", next="b"),
                       "b": node("do", **changed(ERRAND, failed="a"))}),
        (["no_exit"], {"a": menu("b", "a"), "b": menu("a")}),
        (["many_errands"], {f"{c}": node("do", **changed(ERRAND, next=n, failed=n))
                            for c, n in zip("abcde", "bcdep", strict=True)}),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code(wanted: list[str], nodes: Nodes) -> None:
    assert codes(document(nodes)) == wanted


@pytest.mark.parametrize("raw", [None, [], 7, {"nodes": []}, {"nodes": {"a": []}}, {1: 2}])
def test_any_document_is_judged_and_none_raises(raw: Any) -> None:
    assert codes(raw)


def test_a_person_must_be_reached_without_another_question() -> None:
    assert codes(document({"a": menu("b"), "b": node("hang_up")}) | {"person": "b"}) == [
        "person_far", "unreachable",
    ]  # fmt: skip


def test_the_urgent_step_is_first_and_round_the_clock() -> None:
    night = {"a": node("hours", queue="loans", open="m", closed="h"), "h": node("hang_up"),
             "m": menu("u", "p"), "u": queue()}  # fmt: skip
    assert codes(document(night, urgent="u")) == ["urgent_closed"]
    always = {**night, "a": changed(night["a"], queue="cards")}
    assert codes(document(always, urgent="u")) == []
    late = {**night, "a": changed(night["a"], closed="m"), "m": menu("p", "u")}
    del late["h"]
    assert codes(document(late, urgent="u")) == ["urgent_late"]


def test_a_file_tells_the_line_of_each_mistake(tmp_path: Path) -> None:
    path = tmp_path / "main.yaml"
    path.write_text(
        "name: { en: Main, zh: 总机 }\nstart: a\nperson: a\nnodes:\n  a:\n    kind: say\n"
        "    name: { en: Hello, zh: 你好 }\n    text:\n      en: Hello\n    next: b\n",
        encoding="utf-8",
    )
    source = Source(path)
    _, problems = check_document("main", source.document, KNOWN)
    told = [source.told(one).removeprefix(f"{path}:") for one in problems]
    assert told[0].startswith("8: nodes.a.text.zh: no text in Chinese; write it")
    assert told[1].startswith("10: nodes.a.next: there is no step b; choose one")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: [", ":1: not valid YAML: "),
        ("a: 1\nb: 2\na: 3\n", ":3: a is there twice; keep one"),
        ("a: &x [1]\nb: *x\n", ":2: has an alias (*); write it out"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "main.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FlowFile) as refused:
        Source(path)
    assert refused.value.detail.startswith(f"{path}{told}")
