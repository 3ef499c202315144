"""Who may import whom: ARCHITECTURE sections 1 and 9."""

import sys
from collections.abc import Iterator, Mapping

from tests.architecture.tree import PRODUCT, Finding, Import, Module, SourceTree


def star(tree: SourceTree) -> Iterator[Finding]:
    """A spoke imports the hub and no other spoke, the hub no spoke, nobody imports config."""
    for module in tree.product:
        may = {"hub": {"hub"}, "config": set(PRODUCT)}.get(module.top, {"hub", module.top})
        for found in module.imports:
            target = found.target.partition(".")[0]
            if target in (*PRODUCT, "tests") and target not in may:
                yield module.finding(found, f"{module.top} must not import {found.target}")


def channels_apart(tree: SourceTree) -> Iterator[Finding]:
    """A channel imports no other channel; what two share lives in an underscore folder."""
    for module in tree.product:
        if module.top != "channels" or len(module.path.parts) < 3:
            continue
        own = module.path.parts[1]
        for found in module.imports:
            parts = found.target.split(".")
            if parts[0] != "channels" or len(parts) < 2 or parts[1] == own:
                continue
            if not parts[1].startswith("_") and _is_folder(tree, f"channels/{parts[1]}/"):
                yield module.finding(found, f"channel {own} must not import {found.target}")


def pure_domain(tree: SourceTree) -> Iterator[Finding]:
    """The words of the hub need the standard library only."""
    for module in tree.product:
        if not module.is_below("hub/domain"):
            continue
        for found in module.imports:
            is_own = f"{found.target}.".startswith("hub.domain.")
            if not is_own and found.target.partition(".")[0] not in sys.stdlib_module_names:
                yield module.finding(found, f"hub/domain must not import {found.target}")


def no_circles(tree: SourceTree) -> Iterator[Finding]:
    """No module imports itself, over however many others, while it is loaded."""
    modules = {module.name: module for module in tree.product}
    graph = {name: _edges(module, modules) for name, module in modules.items()}
    for circle in _circles(graph):
        first = modules[circle[0]]
        yield Finding(str(first.path), 1, "import circle: " + " -> ".join([*circle, circle[0]]))


def _is_folder(tree: SourceTree, folder: str) -> bool:
    return any(str(path).startswith(folder) for path in tree.files)


def _edges(module: Module, modules: Mapping[str, Module]) -> list[str]:
    targets = (_module_of(found, modules) for found in module.imports if found.at_module_level)
    return sorted({target for target in targets if target and target != module.name})


def _module_of(found: Import, modules: Mapping[str, Module]) -> str:
    """`from a.b import c` means the module a.b.c where there is one, else a.b."""
    for name in (found.target, found.target.rpartition(".")[0]):
        if name in modules:
            return name
    return ""


def _circles(graph: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Depth-first search that yields the path each time it meets its own tail."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> Iterator[list[str]]:
        if name in path:
            yield path[path.index(name) :]
            return
        if name in done:
            return
        for target in graph[name]:
            yield from visit(target, [*path, name])
        done.add(name)

    for name in sorted(graph):
        yield from visit(name, [])
