"""All house rules by name."""

from collections.abc import Callable, Iterable, Mapping

from tests.architecture import calls, imports, papers, signatures, sizes
from tests.architecture.tree import Finding, SourceTree

Rule = Callable[[SourceTree], Iterable[Finding]]

RULES: Mapping[str, Rule] = {
    "star": imports.star,
    "channels_apart": imports.channels_apart,
    "pure_domain": imports.pure_domain,
    "no_circles": imports.no_circles,
    "file_lines": sizes.files,
    "line_characters": sizes.lines,
    "function_lines": sizes.functions,
    "typescript_function_lines": sizes.typescript_functions,
    "annotated": signatures.annotated,
    "flags_by_keyword": signatures.flags_by_keyword,
    "events": calls.events,
    "sessions": calls.sessions,
    "clocks_and_chance": calls.clocks_and_chance,
    "readmes": papers.readmes,
    "root_files": papers.root_files,
    "locks": papers.locks,
    "catalogues": papers.catalogues,
}
