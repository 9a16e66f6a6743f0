"""Which articles of a segment a search may find."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.builder import UNDATED
from retrieval.index.ranges import lay_out, pick_ranges
from retrieval.text.analysis import analyse_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from retrieval.index.segment import Segment
    from retrieval.index.source import Conditions
    from retrieval.model import Filters, Window

    Mask = NDArray[np.bool_]

_BATCH = 2000  # articles whose text is compared at once


def build_mask(segment: Segment, conditions: Conditions, language: str) -> Mask | None:
    """Mark the articles that pass every condition; none where all do.

    Words of the query's syntax are analysed in `language`, as most articles of the coverage were.
    """
    query = conditions.query
    masks: list[Mask] = [] if segment.live is None else [segment.live]
    masks += _by_filters(segment, conditions.filters)
    masks += [_of_names(segment, "outlets", _containing(name)) for name in query.outlets]
    if conditions.exclude:
        masks.append(~_of_ids(segment, conditions.exclude))
    masks += [~_holding(segment, words, language) for words in query.excluded]
    masks += [_holding(segment, words, language, titles=True) for words in query.titled]
    masks += [_holding(segment, words, language) for words in query.phrases]
    return reduce(np.logical_and, masks) if masks else None


def in_window(segment: Segment, window: Window) -> Mask:
    """Mark the articles published on a day of the window; those without a day are in none."""
    published = segment.arrays["published"]
    mask: Mask = published != UNDATED
    if window.since is not None:
        mask &= published >= midnight(window.since)
    if window.until is not None and window.until < date.max:
        mask &= published < midnight(window.until + timedelta(days=1))
    return mask


def _holding(segment: Segment, words: str, language: str, *, titles: bool = False) -> Mask:
    """Mark the articles that hold these words one after another (in the title only, if asked)."""
    mask = np.zeros(len(segment), bool)
    numbers = [segment.terms.find(term) for term in analyse_all(words, language)]
    known = [number for number in numbers if number is not None]
    if not known or len(known) < len(numbers):
        return mask
    candidates = _holding_all(segment, known)
    if len(known) == 1 and not titles:
        mask[candidates] = True
        return mask
    for at in range(0, len(candidates), _BATCH):
        batch = candidates[at : at + _BATCH]
        mask[batch[_in_order(segment, batch, known, titles=titles)]] = True
    return mask


def _by_filters(segment: Segment, filters: Filters) -> list[Mask]:
    masks = []
    if filters.window is not None:
        masks.append(in_window(segment, filters.window))
    if filters.undated:
        masks.append(segment.arrays["published"] == UNDATED)
    if filters.outlet:
        masks.append(_of_names(segment, "outlets", _equal(filters.outlet)))
    if filters.language:
        masks.append(_of_names(segment, "languages", _equal(filters.language)))
    if filters.topic:
        masks.append(_of_topics(segment, _equal(filters.topic)))
    return masks


def _equal(name: str) -> Callable[[str], bool]:
    return lambda other: other.casefold() == name.casefold()


def _containing(name: str) -> Callable[[str], bool]:
    return lambda other: name.casefold() in other.casefold()


def _of_names(segment: Segment, column: str, wanted: Callable[[str], bool]) -> Mask:
    chosen = np.array([wanted(name) for name in segment.about[column]], bool)
    mask: Mask = chosen[segment.arrays[column]]
    return mask


def _of_topics(segment: Segment, wanted: Callable[[str], bool]) -> Mask:
    starts = segment.arrays["topic_starts"]
    sums = lay_out(_of_names(segment, "topics", wanted).astype(np.int64))
    mask: Mask = sums[starts[1:]] > sums[starts[:-1]]
    return mask


def _of_ids(segment: Segment, ids: Iterable[str]) -> Mask:
    mask = np.zeros(len(segment), bool)
    numbers = [segment.ids.find(one) for one in ids]
    mask[[number for number in numbers if number is not None]] = True
    return mask


def _holding_all(segment: Segment, terms: list[int]) -> NDArray[np.uint32]:
    columns = sorted({term: segment.column(term) for term in terms}.values(), key=lambda c: c.size)
    articles = columns[0].articles
    for column in columns[1:]:
        articles = articles[column.look_up(articles) > 0]
    return articles


def _in_order(
    segment: Segment, articles: NDArray[np.uint32], terms: list[int], *, titles: bool
) -> Mask:
    """Tell which articles hold the terms at neighbouring places, not from title into text."""
    units, edges = segment.arrays["article_units"], segment.arrays["unit_starts"]
    starts = edges[units[articles]]
    text_starts = edges[units[articles] + 1]
    ends = text_starts if titles else edges[units[articles + np.uint32(1)]]
    stream = pick_ranges(segment.arrays["stream"], starts, ends)
    places = (stream[: max(len(stream) - len(terms) + 1, 0)] == terms[0]).nonzero()[0]
    for step, term in enumerate(terms[1:], 1):
        places = places[stream[places + step] == term]
    laid = lay_out(ends - starts)
    owners = laid.searchsorted(places, "right") - 1
    last = places + len(terms) - 1
    whole = last < laid[owners + 1]
    title_ends = laid[owners] + (text_starts - starts)[owners]
    whole &= (last < title_ends) | (places >= title_ends)
    found = np.zeros(len(articles), bool)
    found[owners[whole]] = True
    return found


def midnight(day: date) -> int:
    """The first second of a day, as articles are dated: by the clock where they were published."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
