"""Imports point only to rooms below, lead back nowhere, and enter a house by its door."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

import retrieval
from tests.house.source import PROJECT, Module, imports, modules, names_imported

# The longest prefix of a module's name says its room, the number its level. A module imports from
# its own room and from those below; two rooms of one level do not know one another.
ROOMS = {
    "retrieval.model": 0,
    "retrieval.errors": 0,
    "retrieval.reports": 1,
    "retrieval.stored_articles": 1,
    "retrieval.text": 1,
    "retrieval.dates": 2,
    "retrieval.reading": 2,
    "retrieval.index": 2,
    "retrieval.question": 3,
    "retrieval.stories": 3,
    "retrieval.answering": 4,
    "retrieval.ingest": 4,
    "retrieval.coverage": 5,
    "retrieval.evaluation": 6,
    "bot.wording": 6,
    "bot.shards": 6,
    "bot.settings": 7,
    "bot.store": 7,
    "bot.replies": 7,
    "bot.search_engine": 8,
    "bot.desk": 8,
    "bot.feeds": 8,
    "bot.discord_bot": 9,
    "bot.monitoring": 9,
    "bot.compose": 10,
    "bot.running": 11,
    "bot.preview": 11,
    "bot.cli": 12,
    "bot.__main__": 13,
}
PLACED = {"retrieval": "retrieval.coverage"}  # the front page re-exports the front door

ENTRANCES = {"retrieval", "retrieval.model", "retrieval.errors", "retrieval.coverage"}
ENTERED_BY = {
    # Measuring stands above the front door, which therefore cannot lead to it.
    "bot.cli.measure": {"retrieval.evaluation.bench", "retrieval.evaluation.benchmark"},
}

KEPT_OUT_OF_RETRIEVAL = {"discord", "asyncio", "bot", "platformdirs", "pydantic_settings", "typer"}
HEAVY = {"sklearn", "scipy", "matplotlib", "discord", "ftfy", "lxml", "numba", "ir_measures"}


def room(name: str) -> str:
    name = PLACED.get(name, name)
    prefixes = (name.rsplit(".", cut)[0] for cut in range(name.count(".") + 1))
    return next((prefix for prefix in prefixes if prefix in ROOMS), name)


def ours(module: Module, *, at_start: bool = False) -> set[str]:
    names = imports(module, at_start=at_start)
    return {name for name in names if name.split(".")[0] in ("bot", "retrieval")}


def test_every_module_stands_in_a_room() -> None:
    homeless = {m.name for m in modules("retrieval", "bot") if room(m.name) not in ROOMS}
    assert homeless <= {"bot"}


def test_the_map_for_newcomers_names_every_room() -> None:
    page = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    mapped = page.split("```")[1]
    names = {room.split(".")[1] for room in ROOMS} - {"__main__", "stored_articles"}
    assert {name for name in names if not re.search(rf"\b{name}\b", mapped)} == set()


def test_imports_point_only_to_rooms_below() -> None:
    arrows = {
        (room(module.name), room(name), f"{module.name} -> {name}")
        for module in modules("retrieval", "bot")
        for name in ours(module) - {"bot"}
    }
    wrong = {said for here, there, said in arrows if here != there and ROOMS[there] >= ROOMS[here]}
    assert wrong == set()


def test_no_module_leads_back_to_itself() -> None:
    """Not even for a type: whoever reads a file must be able to begin somewhere."""
    needed = {
        module.name: {
            other
            for other in ours(module) - {module.name}
            if not module.name.startswith(f"{other}.")
        }
        for module in modules("retrieval", "bot")
    }
    try:
        tuple(TopologicalSorter(needed).static_order())
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


def test_the_bot_enters_retrieval_by_its_public_names() -> None:
    """From the front page, or the records and errors from where they stand."""
    inside = {
        f"{module.name}: from {entrance} import {name}"
        for module in modules("bot")
        for entrance, name in names_imported(module)
        if entrance.split(".")[0] == "retrieval"
        and not (entrance in ENTRANCES and name in retrieval.__all__)
        and entrance not in ENTERED_BY.get(module.name, ())
    }
    assert inside == set()


def test_only_the_desk_reaches_the_store_and_the_coverage() -> None:
    """Nobody else calls them through a desk; compose alone hands them over."""
    reaching = {
        f"{module.place}:{found.lineno}"
        for module in modules("bot")
        if not module.name.startswith("bot.desk.")
        for found in ast.walk(module.tree)
        if isinstance(found, ast.Attribute)
        and found.attr.lstrip("_") in {"store", "coverage"}
        and ast.unparse(found.value).endswith(("desk", "serving"))
    }
    assert reaching == set()


def test_retrieval_knows_neither_discord_nor_its_surroundings() -> None:
    for module in modules("retrieval"):
        roots = {name.split(".")[0] for name in imports(module)}
        assert roots.isdisjoint(KEPT_OUT_OF_RETRIEVAL), module.place
        assert "os.environ" not in module.text, module.place
        assert "getenv" not in module.text, module.place


@pytest.mark.parametrize("package", ["retrieval", "bot.cli"])
def test_importing_does_nothing_heavy_and_says_nothing(package: str) -> None:
    code = f"import sys, {package}; sys.exit(','.join(sorted({HEAVY!r} & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stderr.strip(), done.stdout) == ("", "")


def test_only_the_bots_discord_side_imports_discord() -> None:
    users = {m.name for m in modules("bot") if "discord" in {n.split(".")[0] for n in imports(m)}}
    elsewhere = {name for name in users if not name.startswith("bot.discord_bot")}
    assert elsewhere <= {"bot.preview"}


def test_only_settings_reads_the_environment() -> None:
    # terminal.py asks for COLUMNS alone, which says how wide the screen is
    readers = {m.name for m in modules("bot") if re.search(r"os\.environ|getenv", m.text)}
    assert readers <= {"bot.settings", "bot.cli.terminal"}
