"""The project's own source, parsed once for all the tests of the house."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """One source file; `name` is its dotted name, that of the package for an `__init__.py`."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """Its path from the project's folder."""
        return self.path.relative_to(PROJECT).as_posix()


@cache
def modules(*packages: str) -> tuple[Module, ...]:
    """Every module of the packages, by name."""
    paths = sorted(path for package in packages for path in (PROJECT / package).rglob("*.py"))
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Module:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    name = ".".join(parts).removesuffix(".__init__")
    text = path.read_text(encoding="utf-8")
    return Module(name, path, text, ast.parse(text))


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones too."""
    for found in ast.walk(module.tree):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            yield found


def imports(module: Module, *, at_start: bool = False) -> Iterator[str]:
    """The names of what a module imports; `at_start`: only what runs when it is imported."""
    for found in _walk(module.tree, at_start=at_start):
        match found:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(origin), names=names):
                yield from _imported_from(origin, names)


def names_imported(module: Module) -> Iterator[tuple[str, str]]:
    """(module, name) of every `from module import name`, wherever it stands."""
    for found in ast.walk(module.tree):
        if isinstance(found, ast.ImportFrom) and found.module:
            yield from ((found.module, alias.name) for alias in found.names)


def _imported_from(origin: str, names: list[ast.alias]) -> Iterator[str]:
    """`from a import b` imports a.b where that is a module of ours, else a."""
    for alias in names:
        inner = PROJECT.joinpath(*origin.split("."), alias.name)
        is_module = inner.with_suffix(".py").is_file() or inner.is_dir()
        yield f"{origin}.{alias.name}" if is_module else origin


def _walk(tree: ast.AST, *, at_start: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(tree):
        if at_start and (_is_typing_only(child) or _is_function(child)):
            continue
        yield child
        yield from _walk(child, at_start=at_start)


def _is_function(tree: ast.AST) -> bool:
    return isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _is_typing_only(tree: ast.AST) -> bool:
    return isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING"
