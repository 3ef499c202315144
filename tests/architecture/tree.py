"""The source tree as the rules see it: files, syntax trees and who imports whom."""

import ast
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

SPOKES = ("channels", "ivr", "bot", "knowledge_base", "routing", "agent_console")
PRODUCT = ("hub", *SPOKES, "config")
NOT_OURS = frozenset({"node_modules", "static", "dist", "coverage", "var", "__pycache__"})
CODE = (".py", ".ts", ".tsx", ".css")


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Import:
    """One imported dotted name, with where it stands and what its local name stands for."""

    target: str
    line: int
    at_module_level: bool
    local_name: str
    binds: str


@dataclass
class Module:
    """A Python file."""

    path: PurePosixPath
    text: str
    tree: ast.Module = field(repr=False)

    @cached_property
    def name(self) -> str:
        """Dotted name; a package has the name of its folder."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def top(self) -> str:
        """Top-level folder."""
        return self.path.parts[0]

    def is_below(self, *folders: str) -> bool:
        """Tell whether the file lies in one of the folders."""
        return any(PurePosixPath(folder) in self.path.parents for folder in folders)

    @cached_property
    def imports(self) -> list[Import]:
        """All imports, relative ones resolved, those inside functions included."""
        return list(self._imports(self.tree, at_module_level=True))

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Local name -> dotted name it was imported as."""
        return {found.local_name: found.binds for found in self.imports}

    def dotted(self, node: ast.expr) -> str:
        """Resolve `a.b.c` through the imports; empty when it is no imported name."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, "")
        if isinstance(node, ast.Attribute) and (before := self.dotted(node.value)):
            return f"{before}.{node.attr}"
        return ""

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def finding(self, node: ast.stmt | ast.expr | Import, text: str) -> Finding:
        """Make a finding at a node of this file."""
        return Finding(str(self.path), node.line if isinstance(node, Import) else node.lineno, text)

    def _imports(self, node: ast.AST, *, at_module_level: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for name in child.names:
                    top = name.name.partition(".")[0]
                    local, binds = (name.asname, name.name) if name.asname else (top, top)
                    yield Import(name.name, child.lineno, at_module_level, local, binds)
            elif isinstance(child, ast.ImportFrom):
                source = self._source(child)
                for name in child.names:
                    target, local = f"{source}.{name.name}", name.asname or name.name
                    yield Import(target, child.lineno, at_module_level, local, target)
            else:
                inner = at_module_level and not _runs_later(child)
                yield from self._imports(child, at_module_level=inner)

    def _source(self, node: ast.ImportFrom) -> str:
        if node.level == 0:
            return node.module or ""
        package = self.path.parent.parts
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])


def _runs_later(node: ast.AST) -> bool:
    """Functions run after all modules are loaded, and blocks for type checkers never."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.dump(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


class SourceTree:
    """All files of the project that people wrote."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> list[PurePosixPath]:
        """Paths below the root, sorted."""
        found: list[PurePosixPath] = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = [
                name for name in folders if name not in NOT_OURS and not name.startswith(".")
            ]
            here = Path(folder).relative_to(self.root)
            found += [PurePosixPath(here, name) for name in names]
        return sorted(found)

    @cached_property
    def modules(self) -> list[Module]:
        """Python files of the product and the tests."""
        kept = (path for path in self.files if path.suffix == ".py" and len(path.parts) > 1)
        return [self._module(path) for path in kept if path.parts[0] in (*PRODUCT, "tests")]

    @cached_property
    def product(self) -> list[Module]:
        """Python files without the tests."""
        return [module for module in self.modules if module.top in PRODUCT]

    @property
    def code(self) -> list[PurePosixPath]:
        """Files of every language that the size rules bind."""
        return [path for path in self.files if path.suffix in CODE]

    def read(self, path: PurePosixPath) -> str:
        """Return a file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def _module(self, path: PurePosixPath) -> Module:
        text = self.read(path)
        return Module(path, text, ast.parse(text, filename=str(path)))
