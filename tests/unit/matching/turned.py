"""The rules with one comparison turned around, as packages of their own.

A module is read as a tree; each comparison, each "and", "or" and "not" in it
gives one or two turned trees. A turned package is imported beside the real one.
"""

import ast
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGES = (
    "placements.matching",
    "providers.domain.register",
    "spink.foundation.fields",
    "spink.foundation.strict_json",
)

TURNED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Not: (ast.UAdd,),
    ast.Invert: (ast.UAdd,),
    ast.USub: (ast.UAdd,),
}


@dataclass(frozen=True)
class Turn:
    """In module `module`, the operator number `number`, by its turn number `way`."""

    module: str
    number: int
    way: int
    text: str

    def __str__(self) -> str:
        return f"{self.module.rpartition('.')[2]}: {self.text}"


def turns(module: str) -> list[Turn]:
    found = []
    for number, (node, operator) in enumerate(_operators(_tree(module))):
        for way, other in enumerate(TURNED[type(operator)]):
            name = f"{type(operator).__name__} -> {other.__name__}"
            found.append(Turn(module, number, way, f"{ast.unparse(node)} [{number}, {name}]"))
    return found


@contextmanager
def turned(turn: Turn) -> Iterator[ModuleType]:
    """The package `placements.matching` with that turn in it; the real one comes back after."""
    finder = _Finder(turn.module, _turned_tree(turn) if turn.text else ast.Module([], []))
    real = {name: module for name, module in sys.modules.items() if name.startswith(PACKAGES)}
    parents = {name: sys.modules[name.rpartition(".")[0]] for name in PACKAGES}
    for name in real:
        del sys.modules[name]
    for name, parent in parents.items():
        delattr(parent, name.rpartition(".")[2])
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module("placements.matching")
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.startswith(PACKAGES)]:
            del sys.modules[name]
        sys.modules.update(real)
        for name, parent in parents.items():
            setattr(parent, name.rpartition(".")[2], real[name])


def _tree(module: str) -> ast.Module:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return ast.parse(Path(spec.origin).read_text(encoding="utf-8"))


def _operators(tree: ast.Module) -> list[tuple[ast.AST, ast.AST]]:
    """Each operator with the expression that it stands in; those of annotations are none."""
    annotations = {id(part) for node in ast.walk(tree) for part in _annotations(node)}
    found: list[tuple[ast.AST, ast.AST]] = []
    for node in ast.walk(tree):
        if id(node) in annotations:
            continue
        if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
            continue  # the sign of a number
        one: Any = getattr(node, "op", None)
        operators: list[Any] = list(node.ops) if isinstance(node, ast.Compare) else [one]
        found += [(node, operator) for operator in operators if type(operator) in TURNED]
    return found


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        annotation: Any = getattr(node, name, None)
        if annotation is not None:
            yield from ast.walk(annotation)


def _turned_tree(turn: Turn) -> ast.Module:
    tree = _tree(turn.module)
    node, operator = _operators(tree)[turn.number]
    other = TURNED[type(operator)][turn.way]()
    if isinstance(node, ast.Compare):
        node.ops = [other if one is operator else one for one in node.ops]  # type: ignore[misc]
    else:
        node.op = other  # type: ignore[attr-defined]
    return tree


class _Finder(MetaPathFinder):
    def __init__(self, module: str, tree: ast.Module) -> None:
        self._module = module
        self._tree = tree

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        return ModuleSpec(name, _Loader(self._tree)) if name == self._module else None


class _Loader(Loader):
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, module.__name__, "exec"), module.__dict__)
