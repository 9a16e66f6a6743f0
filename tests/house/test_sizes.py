"""Budgets: functions and files that fit in the head."""

from __future__ import annotations

from statistics import median

from tests.house.source import Module, functions, modules

LONGEST_FUNCTION = 60
LONG_FUNCTION = 40
LONGEST_FILE = 400
FEW = 0.01

OURS = modules("retrieval", "bot")
EVERY = modules("retrieval", "bot", "tests")


def lengths(module: Module) -> dict[str, int]:
    return {
        f"{module.place}:{found.lineno} {found.name}": (found.end_lineno or 0) - found.lineno + 1
        for found in functions(module)
    }


def test_no_file_is_longer_than_a_sitting() -> None:
    sizes = {module.place: len(module.text.splitlines()) for module in EVERY}
    assert {place: lines for place, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    every = {name: lines for module in EVERY for name, lines in lengths(module).items()}
    assert {name: lines for name, lines in every.items() if lines > LONGEST_FUNCTION} == {}


def test_long_functions_are_few_and_most_are_short() -> None:
    every = {name: lines for module in OURS for name, lines in lengths(module).items()}
    long = {name: lines for name, lines in every.items() if lines > LONG_FUNCTION}
    assert len(long) <= FEW * len(every), long
    assert median(every.values()) <= 10
