"""Names are the field's own, and every module says in a sentence what it knows."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.house.source import Module, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_OURS = {
    "chunk", "chunks", "node", "nodes", "item", "items", "data",
    "helper", "helpers", "util", "utils",
}  # fmt: skip
SHAPELESS = re.compile(r"^process_|[a-z]Manager$")  # one who manages a server is a person
BORROWED = {
    "known_item": "the field's name for a search for one document that is known to exist",
    "item": "a component in the signatures that discord.py calls",
    "DYNAMIC_ITEMS": "discord.py's name for buttons that outlive a restart",
    "SafeDynamicItem": "discord.py's DynamicItem, which explains its failures",
}
SENTENCE_LIMIT = 130  # characters


def defined_names(module: Module) -> Iterator[str]:
    yield module.path.stem
    for found in ast.walk(module.tree):
        match found:
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.arguments(args=arguments, kwonlyargs=named):
                yield from (argument.arg for argument in [*arguments, *named])


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_names_say_what_they_name() -> None:
    wrong = {
        f"{module.place}: {name}"
        for module in modules("retrieval", "bot")
        for name in defined_names(module)
        if (words(name) & NOT_OURS or SHAPELESS.search(name)) and name not in BORROWED
    }
    assert wrong == set()


def test_a_module_opens_with_what_it_knows() -> None:
    openings = {m.place: opening(m) for m in modules("retrieval", "bot") if m.text.strip()}
    assert {
        place for place, said in openings.items() if not said.endswith((".", ":", "?"))
    } == set()
    assert {place for place, said in openings.items() if len(said) > SENTENCE_LIMIT} == set()


def opening(module: Module) -> str:
    return (ast.get_docstring(module.tree) or "").split("\n")[0]


def test_words_are_parted_as_they_are_read() -> None:
    assert words("parse_HTMLData") == {"parse", "html", "data"}
    assert words("update") == {"update"}
