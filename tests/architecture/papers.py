"""What must lie beside the code: READMEs, licence, changelog, locks and both languages."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from tests.architecture.tree import PRODUCT, Finding, SourceTree

ROOT_FILES = ("README.md", "LICENSE", "NOTICE", "CHANGELOG.md", "Makefile", ".ci/run")
# What lies deeper is told by the README above it.
DEPTH = 2
PLACEHOLDER = re.compile(r"\{(\w+)")


def readmes(tree: SourceTree) -> Iterator[Finding]:
    """Each folder of the product says what it is for."""
    code = [path for path in tree.code if path.parts[0] in PRODUCT]
    folders = {"/".join(path.parts[: min(len(path.parts) - 1, DEPTH)]) for path in code}
    for folder in sorted({*folders, "tests", "requirements"}):
        if (tree.root / folder).is_dir() and not (tree.root / folder / "README.md").exists():
            yield Finding(folder, 1, "no README.md")


def root_files(tree: SourceTree) -> Iterator[Finding]:
    """The project has its papers, and the changelog a place for the next line."""
    for name in ROOT_FILES:
        if not (tree.root / name).exists():
            yield Finding(name, 1, "missing")
    changelog = tree.root / "CHANGELOG.md"
    if changelog.exists() and "## [Unreleased]" not in changelog.read_text(encoding="utf-8"):
        yield Finding("CHANGELOG.md", 1, "no section [Unreleased]")


def locks(tree: SourceTree) -> Iterator[Finding]:
    """Locks name hashes and no registry, so that every mirror serves them."""
    for path in tree.files:
        if path.name == "package-lock.json" and '"resolved"' in tree.read(path):
            yield Finding(str(path), 1, "names a registry (resolved)")
        if path.suffix != ".lock" or path.parent.name != "requirements":
            continue
        text = tree.read(path)
        for number, line in enumerate(text.splitlines(), 1):
            if "://" in line or "index-url" in line or " @ " in line:
                yield Finding(str(path), number, "names an address")
            if re.match(r"[a-z0-9]", line) and not re.search(r"==\S+.* \\$", line):
                yield Finding(str(path), number, "no version with hashes")


def catalogues(tree: SourceTree) -> Iterator[Finding]:
    """English and Chinese have the same texts with the same placeholders, none empty."""
    paths = set(tree.files)
    for path in sorted(paths):
        other = _twin(path)
        if other is None or path.parts[0] not in PRODUCT:
            continue
        if other not in paths:
            yield Finding(str(path), 1, f"{other.name} is missing")
        elif other.name > path.name:
            yield from _differences(tree, path, other)


def _twin(path: PurePosixPath) -> PurePosixPath | None:
    """`menu.en.json` <-> `menu.zh.json`, `en.json` <-> `zh.json`."""
    for own, other in (("en.json", "zh.json"), ("zh.json", "en.json")):
        if path.name == own or path.name.endswith(f".{own}"):
            return path.with_name(path.name.removesuffix(own) + other)
    return None


def _differences(
    tree: SourceTree, first: PurePosixPath, second: PurePosixPath
) -> Iterator[Finding]:
    texts = {path: dict(_flat(json.loads(tree.read(path)))) for path in (first, second)}
    for here, there in ((first, second), (second, first)):
        for key, text in texts[here].items():
            if key not in texts[there]:
                yield Finding(str(there), 1, f"no text {key}, which {here.name} has")
            elif not text.strip():
                yield Finding(str(here), 1, f"the text {key} is empty")
            elif here == first and _slots(text) != _slots(texts[there][key]):
                yield Finding(str(here), 1, f"placeholders of {key} differ from {there.name}")


def _flat(value: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{prefix}[{number}]")
    elif isinstance(value, str):
        yield prefix, value


def _slots(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
