"""What a person may mean by the first letters of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def suggest(prefix: str, names: Mapping[str, int], limit: int) -> tuple[str, ...]:
    """Names for what was typed so far, at most `limit`.

    Those that begin with it come first, then those with a word that does, then those that hold it
    anywhere; within each, the name with the largest count, then by the alphabet.
    """
    typed = prefix.casefold().strip()
    ranked = sorted(
        (_closeness(typed, name.casefold()), -count, name) for name, count in names.items()
    )
    return tuple(name for closeness, _, name in ranked if closeness < _NOT_AT_ALL)[:limit]


_NOT_AT_ALL = 3


def _closeness(typed: str, name: str) -> int:
    if name.startswith(typed):
        return 0
    if any(word.startswith(typed) for word in name.split()):
        return 1
    return 2 if typed in name else _NOT_AT_ALL
