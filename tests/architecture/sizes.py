"""How long a file, a function and a line may be."""

import re
from collections.abc import Iterator

from tests.architecture.tree import Finding, SourceTree

FILE_LINES = 400
FUNCTION_LINES = 70
LINE_CHARACTERS = 100
# Alembic writes them and nobody reads them for pleasure.
GENERATED = "hub/store/migrations/versions"
TYPESCRIPT_FUNCTION = re.compile(
    r"^( *)(?:export )?(?:default )?(?:async )?"
    r"(?:function\b.*|(?:const|let) \w+\b.*=.*=>|(?:private |static |public )*\w+\(.*\).*) ?\{$"
)
NOT_A_FUNCTION = re.compile(r"^ *(?:if|for|while|switch|catch|return|describe|it|test)\b")


def files(tree: SourceTree) -> Iterator[Finding]:
    """A file has one idea, so it is short."""
    for path in tree.code:
        count = len(tree.read(path).splitlines())
        if count > FILE_LINES and str(path.parent) != GENERATED:
            yield Finding(str(path), 1, f"{count} lines, {FILE_LINES} allowed")


def lines(tree: SourceTree) -> Iterator[Finding]:
    """A line fits beside another file; one unbreakable word (an address) may be longer."""
    for path in tree.code:
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            words = line.strip().lstrip("#/* ").split()
            if len(line) > LINE_CHARACTERS and len(words) > 1:
                yield Finding(str(path), number, f"{len(line)} characters on the line")


def functions(tree: SourceTree) -> Iterator[Finding]:
    """A function fits on a screen."""
    for module in tree.modules:
        if module.is_below(GENERATED):
            continue
        for function in module.functions():
            count = (function.end_lineno or function.lineno) - function.lineno + 1
            if count > FUNCTION_LINES:
                yield module.finding(function, f"{function.name} has {count} lines")


def typescript_functions(tree: SourceTree) -> Iterator[Finding]:
    """The same for TypeScript, read by its indentation: a function ends where its brace stands."""
    for path in tree.code:
        if path.suffix not in (".ts", ".tsx"):
            continue
        source = tree.read(path).splitlines()
        for start, line in enumerate(source):
            head = None if NOT_A_FUNCTION.match(line) else TYPESCRIPT_FUNCTION.match(line)
            if head is None:
                continue
            end = next(
                (
                    at
                    for at in range(start + 1, len(source))
                    if source[at].startswith(f"{head[1]}}}")
                ),
                start,
            )
            if end - start + 1 > FUNCTION_LINES:
                yield Finding(str(path), start + 1, f"a function has {end - start + 1} lines")
