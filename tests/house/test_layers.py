"""Imports point only backwards: reading, index, question and answer, coverage, bot."""

from __future__ import annotations

import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.source import Module, imports, modules

# The longest prefix of a module's name says its layer; a module imports only from its own or below.
LAYERS = {
    "retrieval.model": 0,
    "retrieval.errors": 0,
    "retrieval.reading": 1,
    "retrieval.index": 2,
    "retrieval": 3,  # question, when, stories, answering, timeline and what they are made of
    "retrieval.coverage": 4,
    "retrieval.evaluation": 5,
    "bot": 6,
    "bot.desk.desk": 7,
    "bot.discord_bot": 8,
    "bot.compose": 9,
    "bot.cli.checks": 10,
    "bot.preview": 10,
    "bot.cli": 11,
    "bot.__main__": 12,
}
PLACED = {"retrieval": "retrieval.coverage"}  # the front page re-exports the front door

# Below the composition root, what imports upwards does so inside a function that only wires.
WIRES = {"bot.compose"}

KEPT_OUT_OF_RETRIEVAL = {"discord", "asyncio", "bot", "platformdirs", "pydantic_settings", "typer"}
HEAVY = {"sklearn", "scipy", "matplotlib", "discord", "ftfy", "lxml", "numba", "ir_measures"}


def layer(name: str) -> int:
    prefixes = (name.rsplit(".", cut)[0] for cut in range(name.count(".") + 1))
    return next(LAYERS[prefix] for prefix in map(str, prefixes) if prefix in LAYERS)


def ours(module: Module, *, at_start: bool = False) -> set[str]:
    names = imports(module, at_start=at_start)
    return {name for name in names if name.split(".")[0] in ("bot", "retrieval")}


def test_imports_point_only_backwards() -> None:
    upwards = {
        f"{module.name} -> {name}"
        for module in modules("retrieval", "bot")
        for name in ours(module, at_start=module.name in WIRES)
        if layer(PLACED.get(name, name)) > layer(PLACED.get(module.name, module.name))
    }
    assert upwards == set()


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
