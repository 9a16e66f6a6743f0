"""Imports point only backwards: reading, index, question and answer, coverage, bot."""

from __future__ import annotations

import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.source import Module, imports, modules

# The longest prefix of a module's name says its room, the number its level. A module imports from
# its own room and from those below; two rooms of one level do not know one another.
ROOMS = {
    "retrieval.model": 0,
    "retrieval.errors": 0,
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
    "bot.settings": 7,
    "bot.store": 7,
    "bot.replies": 7,
    "bot.desk": 8,
    "bot.feeds": 8,
    "bot.discord_bot": 9,
    "bot.compose": 10,
    "bot.preview": 11,
    "bot.cli": 12,
    "bot.__main__": 13,
}
PLACED = {"retrieval": "retrieval.coverage"}  # the front page re-exports the front door

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


def test_imports_point_only_to_rooms_below() -> None:
    arrows = {
        (room(module.name), room(name), f"{module.name} -> {name}")
        for module in modules("retrieval", "bot")
        for name in ours(module) - {"bot"}
    }
    wrong = {said for here, there, said in arrows if here != there and ROOMS[there] >= ROOMS[here]}
    assert wrong == set()


def test_no_module_needs_itself_to_be_imported() -> None:
    needed = {
        module.name: ours(module, at_start=True) - {module.name}
        for module in modules("retrieval", "bot")
    }
    inner = {
        name: {other for other in names if not name.startswith(f"{other}.")}
        for name, names in needed.items()
    }
    try:
        tuple(TopologicalSorter(inner).static_order())
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


def test_the_skin_has_no_circle_either_when_typing_imports_count() -> None:
    needed = {module.name: ours(module) - {module.name} for module in modules("bot/discord_bot")}
    try:
        tuple(TopologicalSorter(needed).static_order())
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


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
