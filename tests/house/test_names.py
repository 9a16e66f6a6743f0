"""One name for one thing: modules, public classes, and what a verb promises."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.house.source import functions, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = modules("retrieval", "bot")

# Where what a person asks for has a front of its own: files are called as the command is.
FRONTS = ("bot/cli/", "bot/discord_bot/commands/", "bot/replies/")
SHARED_MODULES = {
    "autocomplete": "the words that go with what was typed; Discord's own callbacks for them",
    "builder": "of articles from parts, and of a segment from articles",
    "digests": "the commands, and how they are written",
    "errors": "what may fail in retrieval; what a person in Discord is told of it",
    "feeds": "the commands, and what the store keeps of them",
    "listings": "replies that list articles; files that list them",
    "logistic": "applied to answers; fitted in training",
    "notices": "which notices there are; how they read",
    "outlets": "named by a question; read from an article",
    "parsing": "of web feeds; of files",
    "records": "what passes between a front and the desk; records of an export",
    "search": "the command, and the search itself",
    "sentences": "cut in any text; considered for an answer",
    "store": "the command, and the store itself",
    "stories": "the fronts, and how stories are measured",
    "watches": "the commands, and what the store keeps of them",
    "weights": "one record of them a room",
}
SHARED_CLASSES = {
    "Feeds": "all that runs for them; what the store keeps of them",
    "Footer": "of a reply; what a press digest ends with",
    "Reading": "of a question after others; of the coverage's folders",
    "Reply": "what a front shows; what an answer says before it is one",
    "Rejected": "an alert that says so; a file for which it was raised",
    "Request": "what a person asks the desk for; what a question asks for",
}

# What takes from a disk, a stream or the network, by the name of what is called or looked at.
OPENING = {
    "connect", "execute", "fetchall", "getvalue", "glob", "history", "input", "iterdir", "joinpath",
    "load", "open", "read", "read_bytes", "read_text", "recall", "rows", "rows_apart", "scandir",
    "seek", "stat", "stdin", "tobytes",
}  # fmt: skip
READS_MAPPED = {"read_column": "of a segment, whose arrays are files mapped into memory"}


def test_no_two_modules_share_a_name() -> None:
    places = defaultdict(list)
    for module in OURS:
        places[module.path.stem].append(module.place)
    doubled = {
        name
        for name, found in places.items()
        if not name.startswith("__")
        and len({place for place in found if not place.startswith(FRONTS)}) > 1
    }
    beside_a_front = {
        name
        for name, found in places.items()
        if not name.startswith("__")
        and any(place.startswith(FRONTS) for place in found)
        and any(not place.startswith(FRONTS) for place in found)
    }
    assert doubled | beside_a_front <= set(SHARED_MODULES)


def test_no_two_public_classes_share_a_name() -> None:
    places = defaultdict(list)
    for module in OURS:
        for found in module.tree.body:
            if isinstance(found, ast.ClassDef) and not found.name.startswith("_"):
                places[found.name].append(module.place)
    assert {name for name, found in places.items() if len(found) > 1} <= set(SHARED_CLASSES)


def test_what_reads_opens_something() -> None:
    idle = {
        f"{module.place}: {found.name}"
        for module in OURS
        for found in functions(module)
        if found.name.startswith("read_") and found.name not in READS_MAPPED
        if not any(_is_opening(name) for name in names_in(found))
    }
    assert idle == set()


def _is_opening(name: str) -> bool:
    return name in OPENING or name.lstrip("_").startswith("read")


def names_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """Every attribute and every function called by its name."""
    for found in ast.walk(function):
        match found:
            case ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name)):
                yield name
