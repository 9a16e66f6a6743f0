"""Where the terms of a query stand in the texts of the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.index.ranges import lay_out, pick_few_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.candidates import ScoredArticle
    from retrieval.index.part import IndexPart


@dataclass(frozen=True, slots=True)
class Texts:
    """The streams of the candidates of one part, laid end to end.

    Places count terms from the first candidate's first. `unit_starts` are places; units are
    numbered within these texts, `stored_units` are their numbers in the part.
    """

    part: IndexPart
    candidates: NDArray[np.int64]
    numbers: NDArray[np.uint32]
    stream: NDArray[np.uint32]
    starts: NDArray[np.int64]
    unit_starts: NDArray[np.int64]
    unit_owners: NDArray[np.int64]
    unit_is_title: NDArray[np.bool_]
    stored_units: NDArray[np.int64]


class Matches(NamedTuple):
    """Every place where a query term stands, in order; all of one length.

    `owners` are candidates, `units` count through all texts, `terms` are query terms.
    """

    owners: NDArray[np.int64]
    units: NDArray[np.int64]
    places: NDArray[np.int64]
    terms: NDArray[np.int64]


def gather_texts(parts: Sequence[IndexPart], found: Sequence[ScoredArticle]) -> list[Texts]:
    """Lay out the streams of the candidates, part by part."""
    by_part: dict[int, list[int]] = {}
    for candidate, one in enumerate(found):
        by_part.setdefault(one.part, []).append(candidate)
    return [
        _lay_out_texts(parts[at], candidates, [found[c].number for c in candidates])
        for at, candidates in by_part.items()
    ]


def _lay_out_texts(part: IndexPart, candidates: list[int], numbers: list[int]) -> Texts:
    units, edges = part.arrays["article_units"], part.arrays["unit_starts"]
    of = np.array(numbers, np.int64)
    first, last = units[of], units[of + 1]
    starts = lay_out(edges[last] - edges[first])
    unit_counts = last - first
    owner = np.repeat(np.arange(len(of)), unit_counts)
    stored = np.arange(len(owner)) + np.repeat(first - lay_out(unit_counts)[:-1], unit_counts)
    is_title = np.zeros(len(stored), bool)
    is_title[lay_out(unit_counts)[:-1]] = True
    return Texts(
        part,
        np.array(candidates, np.int64),
        of.astype(np.uint32),
        pick_few_ranges(part.arrays["stream"], edges[first], edges[last]),
        starts,
        edges[stored] - edges[first][owner] + starts[owner],
        np.array(candidates, np.int64)[owner],
        is_title,
        stored,
    )


def find_matches(texts: Sequence[Texts], terms: Sequence[str]) -> Matches:
    """Find every place of every term in the texts."""
    parts = []
    unit_shift = place_shift = 0
    for text in texts:
        places, which = _find_places(text, terms)
        unit = text.unit_starts.searchsorted(places, "right") - 1
        parts.append((text.unit_owners[unit], unit + unit_shift, places + place_shift, which))
        unit_shift += len(text.unit_starts)
        place_shift += len(text.stream) + 1_000
    return Matches(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _find_places(text: Texts, terms: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give (place, number of the term) for every occurrence, in order of places."""
    table = np.zeros(len(text.part.terms), np.int8)  # a query has at most 100 terms
    for which, term in enumerate(terms, 1):
        number = text.part.terms.find(term)
        if number is not None:
            table[number] = which
    numbers = table.take(text.stream)
    places = (numbers != 0).nonzero()[0]
    return places, numbers[places].astype(np.int64) - 1
