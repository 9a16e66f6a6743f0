"""Numbers with their nouns, for the lines that an operator reads."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """A number with its noun: 1 file, 2 files."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
