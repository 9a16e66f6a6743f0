"""One search, in two stages: exact columns choose the candidates, their features order them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.builder import UNDATED
from retrieval.index.candidates import weigh_terms
from retrieval.index.duplicates import demote_copies
from retrieval.index.query_syntax import ParsedQuery, parse_query
from retrieval.index.reranking import extract_features, read_column, score
from retrieval.index.source import Ask, Conditions
from retrieval.index.spelling import SpelledQuery, spell_query
from retrieval.index.weights import WEIGHTS
from retrieval.model import Filters, Hit, Passage, Ranking, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from retrieval.index.candidates import QueryTerms, ScoredArticle
    from retrieval.index.reranking import RankFeatures
    from retrieval.index.source import IndexSource, Selection
    from retrieval.index.weights import RankingWeights
    from retrieval.model import Article, Sort

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What stays the same from the words of one query to its hits.

    `language` is that of the query, `exclude` are article ids; `as_of` is the day that ages are
    counted from, none leaves them out.
    """

    source: IndexSource
    language: str
    weights: RankingWeights = WEIGHTS
    filters: Filters = field(default_factory=Filters)
    exclude: Collection[str] = frozenset()
    as_of: date | None = None

    def run(self, typed: str, sort: Sort, limit: int) -> Ranking:
        """Search; see Snapshot.search."""
        query = parse_query(typed)
        spelled = self._spell(query)
        selection = self._select(query)
        if not spelled.terms:
            articles, total = selection.by_time(limit, newest=sort != "oldest")
            hits = tuple(Hit(rank, 0.0, one, ()) for rank, one in enumerate(articles, 1))
            return Ranking(typed, hits, total)
        terms = self._weigh(spelled.terms)
        corrected = spelled.text.strip() if spelled.corrections else ""
        nothing = Ranking(typed, (), 0, spelled.corrections, corrected)
        features, count = self._extract(terms, selection, limit)
        if features is None:
            return nothing
        scores = score(features, self.weights.mix, self.weights.recency)
        order = demote_copies(features, _order(features, scores), self.weights.copies)
        if sort != "relevance":
            order = _order_by_time(features, scores, order, limit, newest=sort == "newest")
        hits = _Hits(features, self.weights.passages_per_hit).build(order[:limit], scores)
        return replace(nothing, hits=hits, total=max(count(), len(features.candidates)))

    def nearest(self, words: Sequence[str], limit: int) -> list[Article]:
        """Read the articles that the first stage puts first; `words` are terms."""
        found = self._select(ParsedQuery("")).find(self._weigh(words), [Ask(limit)])
        return [found.parts[one.part].article(one.number) for one in next(found.lists)]

    def hold_all(self, typed: str, ids: Collection[str]) -> tuple[int, frozenset[str]]:
        """Count the articles that hold every word of a query, and say which of these do."""
        query = parse_query(typed)
        terms = self._weigh(self._spell(query).terms)
        return self._select(query).hold_all(terms.terms, ids)

    def extract_features(self, typed: str) -> RankFeatures | None:
        """Give the features of a search's candidates, or none where it finds nothing."""
        query = parse_query(typed)
        terms = self._weigh(self._spell(query).terms)
        return self._extract(terms, self._select(query), limit=0)[0]

    def _spell(self, query: ParsedQuery) -> SpelledQuery:
        return spell_query(query.text, self.language, self.source)

    def _weigh(self, words: Sequence[str]) -> QueryTerms:
        return weigh_terms(words, self.source.idf, self.weights.most_terms)

    def _select(self, query: ParsedQuery) -> Selection:
        return self.source.select(Conditions(self.filters, query, self.exclude))

    def _extract(
        self, terms: QueryTerms, selection: Selection, limit: int
    ) -> tuple[RankFeatures | None, Callable[[], int]]:
        """Measure the candidates, and behind them as many more as the limit asks for.

        With them comes what counts all that match.
        """
        k = self.weights.candidates
        asks = [*self._asks(k), *(self._asks(limit) if limit > k else ())]
        found = selection.find(terms, asks, counted=True)
        candidates = self._collect(found.lists, k)
        ranked = len(candidates)
        if not candidates:
            return None, found.total
        if limit > ranked >= k:  # fewer than k are all there are
            candidates = list(dict.fromkeys([*candidates, *self._collect(found.lists, limit)]))
        features = extract_features(
            self.source,
            found.parts,
            candidates,
            ranked=ranked,
            query=terms,
            weights=self.weights,
            as_of=self.as_of,
        )
        return features, found.total

    def _asks(self, k: int) -> list[Ask]:
        """Ask for candidates of all times, and half as many of the days before the as-of day."""
        if self.as_of is None:
            return [Ask(k)]
        since = self.as_of - timedelta(days=self.weights.recency.window_days)
        return [Ask(k), Ask(k // 2, Window(since, self.as_of + timedelta(days=1)))]

    def _collect(self, lists: Iterator[list[ScoredArticle]], k: int) -> list[ScoredArticle]:
        """Take what was asked for: of fewer than k the late ones are among them."""
        found = next(lists)
        if self.as_of is None or len(found) < k:
            return found
        return list(dict.fromkeys([*found, *next(lists)]))


def _identify(features: RankFeatures, at: int) -> str | int:
    """What ties are ordered by; a lone part numbers its articles by id."""
    one = features.candidates[at]
    return one.number if len(features.parts) == 1 else features.parts[one.part].ids[one.number]


def _order(features: RankFeatures, scores: Floats) -> list[int]:
    """Order by score, ties by id; what was only asked for to fill the list stays behind."""
    by_score = scores.tolist()
    return sorted(
        range(len(by_score)),
        key=lambda at: (at >= features.ranked, -by_score[at], _identify(features, at)),
    )


def _order_by_time(
    features: RankFeatures, scores: Floats, order: list[int], limit: int, *, newest: bool
) -> list[int]:
    """Order the good ones by time, undated articles last either way, ties by id."""
    good = [at for at in order if scores[at] >= scores[order[0]] / 2]
    kept = good if len(good) >= limit else order[:limit]
    times = read_column(features.parts, features.candidates, "published").tolist()
    return sorted(
        kept,
        key=lambda at: (
            times[at] == UNDATED,
            -times[at] if newest else times[at],
            _identify(features, at),
        ),
    )


class _Hits:
    """Candidates to the records that a search returns."""

    def __init__(self, features: RankFeatures, most: int) -> None:
        self._most_passages = most
        self._parts, self._candidates = features.parts, features.candidates
        self._unit_scores = features.unit_scores
        self._owners = np.concatenate([text.unit_owners for text in features.texts])
        self._spans = np.concatenate(
            [text.part.arrays["unit_spans"][text.stored_units] for text in features.texts]
        )

    def build(self, order: Sequence[int], scores: Floats) -> tuple[Hit, ...]:
        return tuple(
            self._hit(rank, place, float(scores[place])) for rank, place in enumerate(order, 1)
        )

    def _hit(self, rank: int, place: int, score: float) -> Hit:
        candidate = self._candidates[place]
        article = self._parts[candidate.part].article(candidate.number)
        units = (self._owners == place).nonzero()[0]
        order = np.argsort(-self._unit_scores[units], kind="stable")
        best = units[order[: self._most_passages]]
        spans, scores = self._spans[best].tolist(), self._unit_scores[best].tolist()
        passages = [
            Passage(article.id, start, end, own)
            for (start, end), own in zip(spans, scores, strict=True)
            if own > 0
        ]
        return Hit(rank, score, article, tuple(passages))
