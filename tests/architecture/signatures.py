"""What a function says about itself."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Finding, SourceTree

Function = ast.FunctionDef | ast.AsyncFunctionDef


def annotated(tree: SourceTree) -> Iterator[Finding]:
    """Every function tells its types, in tests too."""
    for module in tree.modules:
        for function in module.functions():
            missing = [name for name, annotation in _parameters(function) if annotation is None]
            if function.returns is None:
                missing.append("the result")
            if missing:
                yield module.finding(function, f"{function.name}: no type for {', '.join(missing)}")


def flags_by_keyword(tree: SourceTree) -> Iterator[Finding]:
    """`f(True)` tells a reader nothing, so a flag has its name at the call."""
    for module in tree.product:
        for function in module.functions():
            positional = [*function.args.posonlyargs, *function.args.args]
            for parameter in positional:
                if isinstance(parameter.annotation, ast.Name) and parameter.annotation.id == "bool":
                    text = f"{function.name}: the flag {parameter.arg} must be keyword-only"
                    yield module.finding(function, text)


def _parameters(function: Function) -> Iterator[tuple[str, ast.expr | None]]:
    positional = [*function.args.posonlyargs, *function.args.args]
    if positional and positional[0].arg in ("self", "cls", "mcs"):
        positional = positional[1:]
    extra = [found for found in (function.args.vararg, function.args.kwarg) if found is not None]
    for parameter in [*positional, *function.args.kwonlyargs, *extra]:
        yield parameter.arg, parameter.annotation
