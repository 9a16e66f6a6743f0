"""What an article must be to be found, as OpenSearch is asked for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from retrieval.index import scoring
from retrieval.index.filters import midnight
from retrieval.index.opensearch.article_documents import render_token
from retrieval.text.analysis import analyse_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retrieval.index.candidates import QueryTerms
    from retrieval.index.opensearch.statistics import Statistics
    from retrieval.index.source import Conditions
    from retrieval.model import Filters, Window

    Clause = dict[str, Any]

UNDATED_LAST = {"missing": "_last"}


def narrow(conditions: Conditions, statistics: Statistics, language: str) -> Clause:
    """The conditions as the inside of a `bool` query; empty where there are none.

    Words of the query's syntax are analysed in `language`, as most articles were.
    """
    query = conditions.query
    wanted = [*_by_filters(conditions.filters, statistics)]
    for name in query.outlets:
        held = [o for o in statistics.count("outlets") if name.casefold() in o.casefold()]
        wanted.append(any_of("outlet", held))
    wanted += [_in_order(words, language, ("title",)) for words in query.titled]
    wanted += [_in_order(words, language) for words in query.phrases]
    if statistics.feeds is not None:
        wanted.append({"terms": {"feed": sorted(statistics.feeds)}})
    unwanted = [_in_order(words, language) for words in query.excluded]
    if conditions.filters.undated:
        unwanted.append({"exists": {"field": "published"}})
    if conditions.exclude:
        unwanted.append(any_of("id", sorted(conditions.exclude)))
    clause: Clause = {}
    if wanted:
        clause["filter"] = wanted
    if unwanted:
        clause["must_not"] = unwanted
    return clause


def within(clause: Clause, window: Window | None) -> Clause:
    """The same, of the days of a window."""
    if window is None:
        return clause
    return {**clause, "filter": [*clause.get("filter", ()), of_days(window)]}


def of_days(window: Window) -> Clause:
    """Articles published on a day of the window; those without a day are in none."""
    days: dict[str, int] = {}
    if window.since is not None:
        days["gte"] = midnight(window.since)
    if window.until is not None and window.until < date.max:
        days["lt"] = midnight(window.until + timedelta(days=1))
    return {"range": {"published": days}} if days else {"exists": {"field": "published"}}


def any_of(column: str, names: Iterable[str]) -> Clause:
    """Articles with any of these names in a column."""
    return {"terms": {column: [render_token(name) for name in names]}}


def hold(term: str) -> Clause:
    """Articles that hold a term."""
    return {"term": {"impacts": render_token(term)}}


def weigh(terms: QueryTerms, frequency: Callable[[str], int]) -> list[Clause]:
    """Terms with their weights, of those that some article holds."""
    weights = map(scoring.whole_weight, terms.weights.tolist())
    return [
        {"term": {"impacts": {"value": render_token(term), "boost": weight}}}
        for term, weight in zip(terms.terms, weights, strict=True)
        if weight and frequency(term)
    ]


def _by_filters(filters: Filters, statistics: Statistics) -> Iterable[Clause]:
    if filters.window is not None:
        yield of_days(filters.window)
    for column, kind, wanted in (
        ("outlet", "outlets", filters.outlet),
        ("language", "languages", filters.language),
        ("topics", "topics", filters.topic),
    ):
        if wanted:
            names = statistics.count(kind)
            yield any_of(column, [one for one in names if one.casefold() == wanted.casefold()])


def _in_order(words: str, language: str, columns: Sequence[str] = ("title", "text")) -> Clause:
    """Articles that hold these words one after another, not from title into text."""
    terms = [render_token(term) for term in analyse_all(words, language)]
    if not terms:
        return {"match_none": {}}
    phrases = [
        {"match_phrase": {column: {"query": " ".join(terms), "analyzer": "blanks"}}}
        for column in columns
    ]
    return {"bool": {"should": phrases, "minimum_should_match": 1}}
