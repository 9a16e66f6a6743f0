"""Names of countries, states and continents, and of the people who live there."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files


@cache
def list_places() -> dict[str, frozenset[str]]:
    """Lower-cased single words by sort of place: a name of two words is known by the rarer one."""
    read = json.loads(files(__package__).joinpath("places.json").read_text("utf-8"))
    return {
        sort: frozenset(words.replace("|", " ").lower().split()) for sort, words in read.items()
    }


@cache
def list_peoples() -> tuple[tuple[str, ...], ...]:
    """The single words for each country and its people, in lower case: italy, italian."""
    read = json.loads(files(__package__).joinpath("places.json").read_text("utf-8"))
    groups = (tuple(words.lower().split()) for words in read["countries"].split("|"))
    return tuple(group for group in groups if len(group) > 1)


def is_place(name: str) -> bool:
    """Whether one of the words of a name is that of a known place."""
    words = re.findall(r"\w+", name.casefold())
    return any(word in listed for listed in list_places().values() for word in words)
