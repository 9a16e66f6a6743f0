"""One version of the articles in OpenSearch as a search asks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.index import scoring
from retrieval.index.candidates import (
    QueryTerms,
    ScoredArticle,
    choose_counted,
    find_candidates,
)
from retrieval.index.opensearch.article_documents import parse_document, render_token
from retrieval.index.opensearch.clauses import any_of, hold, narrow, weigh, within
from retrieval.index.opensearch.fetched import FetchedPart
from retrieval.index.source import Candidates, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.index.opensearch.fetched import ArticleCache, Numbered
    from retrieval.index.opensearch.statistics import Statistics
    from retrieval.index.part import IndexPart
    from retrieval.index.source import Ask, Conditions, TypedWord
    from retrieval.model import Article

Answers = list[dict[str, Any]]
_IDF_MEMO = 50_000
# The engine adds in single precision and we in whole numbers: so many more are fetched than asked
# for, and where their scores do not tell who is in, so many times more.
_MARGIN, _WIDER, _WIDEST = 16, 4, 4_000
_LARGEST = 10_000  # hits that the engine gives at once
_PRECISION = 1e-5
_FETCHED_AT_ONCE = 200
_NAMED = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id", "update"]}
_EVERY: dict[str, Any] = {"match_all": {}}


class EngineSource:
    """See source.IndexSource; `search` runs bodies at the version's point in time."""

    def __init__(
        self,
        search: Callable[[Sequence[Mapping[str, Any]]], Answers],
        statistics: Statistics,
        cache: ArticleCache,
    ) -> None:
        self.search, self.statistics, self.cache = search, statistics, cache
        self.articles = statistics.number("articles")
        self.idf = _memoise_idf(statistics, self.articles)

    def frequency(self, term: str) -> int:
        """Count the articles that hold a term."""
        return self.statistics.frequency(term)

    def idfs(self, part: IndexPart, terms: NDArray[np.int64]) -> NDArray[np.float64]:
        """Weigh many terms, by their numbers."""
        return np.array([self.idf(part.terms[n]) for n in terms.tolist()], np.float64)

    def stops(self, part: IndexPart) -> NDArray[np.bool_]:  # noqa: ARG002  # all parts number alike
        """Mark which terms are stop words in a language of the coverage."""
        return self.cache.terms.mark_stops(tuple(self.languages))

    @cached_property
    def languages(self) -> Mapping[str, int]:
        """How many articles each language has; the largest first."""
        return self.statistics.count("languages")

    def beginning_with(
        self, prefix: str, shortest: int = 0, longest: int | None = None
    ) -> list[str]:
        """List the terms with this beginning, and this many bytes, in order."""
        return self.statistics.beginning_with(prefix, shortest, longest)

    def first_holding(self, term: str, most: int) -> list[Article]:
        """Read the first articles by id that hold a term."""
        body = {
            **_NAMED,
            "size": most,
            "query": {"bool": {**self._own, "must": [hold(term)]}},
            "sort": [{"id": "asc"}],
        }
        return self.fetch_named(self.search([body])[0])

    def find_titled(
        self,
        words: Sequence[TypedWord],
        near: Callable[[TypedWord], Sequence[str]],
        most: int,
    ) -> list[Article]:
        """Read the articles whose titles hold most of the words, the newest of them first."""
        clauses = [_titled([word.term], word.beginning) for word in words]
        counts = self.search(
            [
                {"size": 0, "track_total_hits": 1, "query": {"bool": {**self._own, "must": [one]}}}
                for one in clauses
            ]
        )
        for at, count in enumerate(counts):
            if not count["hits"]["total"]["value"]:
                clauses[at] = _titled(near(words[at]))
        should = [{"constant_score": {"filter": one, "boost": 1}} for one in clauses]
        body = {
            **_NAMED,
            "size": most,
            "query": {"bool": {**self._own, "should": should, "minimum_should_match": 1}},
            "sort": [
                "_score",
                {"published": {"order": "desc", "missing": "_last"}},
                {"id": "desc"},
            ],
        }
        answer = self.search([body])[0]
        hits = answer["hits"]["hits"]
        best = [hit for hit in hits if hit["sort"][0] == hits[0]["sort"][0]]
        return [one.stored.article for one in self.fetch([_key(hit) for hit in best])]

    def select(self, conditions: Conditions) -> EngineSelection:
        """Narrow the articles; where no article holds the phrases, their words will do."""
        clause = narrow(conditions, self.statistics, language_of(self))
        if conditions.query.phrases:
            body = {"size": 0, "track_total_hits": 1, "query": {"bool": clause}}
            if not self.search([body])[0]["hits"]["total"]["value"]:
                query = replace(conditions.query, phrases=())
                return self.select(replace(conditions, query=query))
        return EngineSelection(self, clause)

    def fetch_named(self, answer: Mapping[str, Any]) -> list[Article]:
        """Read the articles that an answer names, in its order."""
        keys = [_key(hit) for hit in answer["hits"]["hits"]]
        return [one.stored.article for one in self.fetch(keys)]

    def fetch(self, keys: Sequence[tuple[str, int]]) -> list[Numbered]:
        """Give articles by id and the update that wrote them; only those not at hand are read."""
        found = {key: self.cache.find(key) for key in keys}
        missing = [key for key, one in found.items() if one is None]
        for at in range(0, len(missing), _FETCHED_AT_ONCE):
            names = [name for name, _ in missing[at : at + _FETCHED_AT_ONCE]]
            body = {
                "size": len(names),
                "query": {"terms": {"id": names}},
                "track_total_hits": False,
            }
            for hit in self.search([body])[0]["hits"]["hits"]:
                stored = parse_document(hit["_source"])
                name = hit["_source"]["id"]
                found[name, stored.update] = self.cache.keep(name, stored)
        return [one for key in keys if (one := found[key]) is not None]

    @cached_property
    def _own(self) -> dict[str, Any]:
        """What narrows every search to the feeds of this view."""
        feeds = self.statistics.feeds
        return {} if feeds is None else {"filter": [{"terms": {"feed": sorted(feeds)}}]}


@dataclass(frozen=True, slots=True)
class EngineSelection:
    """See source.Selection; `clause` is the inside of a `bool` query."""

    source: EngineSource
    clause: dict[str, Any]

    def find(self, terms: QueryTerms, asks: Sequence[Ask], *, counted: bool = False) -> Candidates:
        """Find the best articles, for all that is asked in one trip."""
        should = weigh(terms, self.source.frequency)
        if not should:
            return Candidates((), iter([[] for _ in asks]), lambda: 0)
        wider = 1
        while True:
            bodies = [self._body(should, ask, wider) for ask in asks]
            counting = [self._count(terms.terms)] if counted else []
            answers = self.source.search([*bodies, *counting])
            part, lists = self._score(terms, asks, answers)
            sure = [
                _surely_best(one, answer, body["size"], ask.k, terms)
                for one, answer, body, ask in zip(lists, answers, bodies, asks, strict=False)
            ]
            if all(sure) or bodies[0]["size"] >= _WIDEST:
                total = answers[-1]["hits"]["total"]["value"] if counted else 0
                return Candidates((part,), iter(lists), partial(int, total))
            wider *= _WIDER

    def _body(self, should: Sequence[Any], ask: Ask, wider: int) -> dict[str, Any]:
        """The first time by score alone, which lets the engine skip most; then ties by id."""
        clause = within(self.clause, ask.within)
        query = {"bool": {**clause, "should": should, "minimum_should_match": 1}}
        body = {**_NAMED, "size": min((ask.k + _MARGIN) * wider, _LARGEST), "query": query}
        body["track_total_hits"] = False
        return body if wider == 1 else {**body, "sort": ["_score", {"id": "asc"}]}

    def _count(self, terms: Sequence[str]) -> dict[str, Any]:
        counted = choose_counted(terms, self.source.frequency)
        held = [hold(term) for term in counted]
        clause = {**self.clause, "should": held, "minimum_should_match": 1}
        return {"size": 0, "track_total_hits": True, "query": {"bool": clause}}

    def _score(
        self, terms: QueryTerms, asks: Sequence[Ask], answers: Answers
    ) -> tuple[FetchedPart, list[list[ScoredArticle]]]:
        """Add up again, exactly, what the engine put first."""
        named = [[_key(hit) for hit in answer["hits"]["hits"]] for answer in answers[: len(asks)]]
        every = sorted({key for keys in named for key in keys})
        fetched = self.source.fetch(every)
        part = FetchedPart(fetched, self.source.cache.terms)
        places = {key: at for at, key in enumerate(every)}
        lists = []
        for keys, ask in zip(named, asks, strict=True):
            mask = np.zeros(len(part), bool)
            mask[[places[key] for key in keys]] = True
            lists.append(find_candidates([part], terms, [mask], ask.k))
        return part, lists

    def by_time(self, limit: int, *, newest: bool) -> tuple[list[Article], int]:
        """Read the newest or oldest, undated ones last, ties by id; and count all there are."""
        order = {"order": "desc" if newest else "asc", "missing": "_last"}
        body = {
            **_NAMED,
            "size": limit,
            "track_total_hits": True,
            "query": {"bool": self.clause} if self.clause else _EVERY,
            "sort": [{"published": order}, {"id": "asc"}],
        }
        answer = self.source.search([body])[0]
        return self.source.fetch_named(answer), answer["hits"]["total"]["value"]

    def hold_all(self, terms: Sequence[str], ids: Collection[str]) -> tuple[int, frozenset[str]]:
        """Count the articles that hold every term, and say which of these ids do."""
        held = [*self.clause.get("filter", ()), *map(hold, terms)]
        query = {"bool": {**self.clause, "filter": held}} if held or self.clause else _EVERY
        named = {"bool": {"filter": [query, any_of("id", ids)]}}
        count, found = self.source.search(
            [
                {"size": 0, "track_total_hits": True, "query": query},
                {**_NAMED, "size": len(ids), "track_total_hits": False, "query": named},
            ]
        )
        tokens = {_key(hit)[0] for hit in found["hits"]["hits"]}
        return count["hits"]["total"]["value"], frozenset(
            name for name in ids if render_token(name) in tokens
        )


def _key(hit: Mapping[str, Any]) -> tuple[str, int]:
    fields = hit["fields"]
    return fields["id"][0], fields["update"][0]


def _surely_best(
    found: Sequence[ScoredArticle], answer: Mapping[str, Any], size: int, k: int, terms: QueryTerms
) -> bool:
    """Whether nothing that the engine left out can belong to the k best."""
    hits = answer["hits"]["hits"]
    if len(hits) < size:
        return True
    last = hits[-1].get("_score")
    if last is None:
        last = hits[-1]["sort"][0]
    scale = scoring.WEIGHT_STEPS * scoring.IMPACT_STEPS * terms.whole
    return bool(found[k - 1].score * scale > last * (1 + _PRECISION))


def _titled(terms: Sequence[str], beginning: str = "") -> dict[str, Any]:
    """Articles whose title holds a term, or one with this beginning."""
    clauses: list[dict[str, Any]] = [{"terms": {"title": [render_token(term) for term in terms]}}]
    if beginning:
        clauses.append({"prefix": {"title": beginning}})
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _memoise_idf(statistics: Statistics, articles: int) -> Callable[[str], float]:
    """The idf of a term; what is remembered knows the statistics and not the source."""

    def measure(term: str) -> float:
        return float(scoring.idf(articles, float(statistics.frequency(term))))

    return lru_cache(_IDF_MEMO)(measure)
