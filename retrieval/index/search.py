"""One search, in two stages: exact columns choose the candidates, their features order them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.builder import UNDATED
from retrieval.index.candidates import (
    QueryTerms,
    ScoredArticle,
    count_matching,
    find_candidates,
    hold_every_term,
    weigh_terms,
)
from retrieval.index.duplicates import demote_copies
from retrieval.index.filters import build_mask, in_window
from retrieval.index.query_syntax import ParsedQuery, parse_query
from retrieval.index.reranking import extract_features, read_column, score
from retrieval.index.spelling import SpelledQuery, spell_query
from retrieval.index.weights import WEIGHTS
from retrieval.model import Filters, Hit, Passage, Ranking, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from retrieval.index.reranking import RankFeatures
    from retrieval.index.segment import Segment
    from retrieval.index.weights import RankingWeights
    from retrieval.model import Article, Sort

    Mask = NDArray[np.bool_]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What stays the same from the words of one query to its hits.

    `idf` and `language` (of most articles) are those of all segments together. `exclude` are
    article ids; `as_of` is the day that ages are counted from, none leaves them out.
    """

    segments: Sequence[Segment]
    idf: Callable[[str], float]
    language: str
    weights: RankingWeights = WEIGHTS
    filters: Filters = field(default_factory=Filters)
    exclude: Collection[str] = frozenset()
    as_of: date | None = None

    def run(self, typed: str, sort: Sort, limit: int) -> Ranking:
        """Search; see Snapshot.search."""
        query = parse_query(typed)
        spelled = self._spell(query)
        masks = self._masks(query)
        if not spelled.terms:
            return self._by_time_alone(typed, masks, limit, newest=sort != "oldest")
        terms = weigh_terms(spelled.terms, self.idf, self.weights.most_terms)
        corrected = spelled.text.strip() if spelled.corrections else ""
        nothing = Ranking(typed, (), 0, spelled.corrections, corrected)
        features = self._extract(terms, masks, limit)
        if features is None:
            return nothing
        scores = score(features, self.weights.mix, self.weights.recency)
        order = demote_copies(features, self._order(features, scores), self.weights.copies)
        if sort != "relevance":
            order = self._order_by_time(
                features.candidates, scores, order, limit, newest=sort == "newest"
            )
        hits = _Hits(self.segments, features, self.weights.passages_per_hit).build(
            order[:limit], scores
        )
        total = max(count_matching(self.segments, terms, masks), len(features.candidates))
        return replace(nothing, hits=hits, total=total)

    def nearest(self, words: Sequence[str], limit: int) -> list[Article]:
        """Read the articles that the first stage puts first; `words` are terms."""
        terms = weigh_terms(words, self.idf, self.weights.most_terms)
        found = find_candidates(self.segments, terms, self._masks(ParsedQuery("")), limit)
        return [self.segments[candidate.segment].article(candidate.number) for candidate in found]

    def hold_all(self, typed: str, ids: Collection[str]) -> tuple[int, frozenset[str]]:
        """Count the articles that hold every word of a query, and say which of these do."""
        query = parse_query(typed)
        terms = weigh_terms(self._spell(query).terms, self.idf, self.weights.most_terms)
        count, holding = 0, set()
        for segment, mask in zip(self.segments, self._masks(query), strict=True):
            held = hold_every_term(segment, terms, mask)
            count += int(np.count_nonzero(held))
            numbers = {name: segment.ids.find(name) for name in ids}
            holding |= {name for name, at in numbers.items() if at is not None and held[at]}
        return count, frozenset(holding)

    def extract_features(self, typed: str) -> RankFeatures | None:
        """Give the features of a search's candidates, or none where it finds nothing."""
        query = parse_query(typed)
        terms = weigh_terms(self._spell(query).terms, self.idf, self.weights.most_terms)
        return self._extract(terms, self._masks(query), limit=0)

    def _extract(
        self, terms: QueryTerms, masks: Sequence[Mask | None], limit: int
    ) -> RankFeatures | None:
        """Measure the candidates, and behind them as many more as the limit asks for."""
        found = self.find(terms, masks, self.weights.candidates)
        ranked = len(found)
        if not found:
            return None
        if limit > ranked:
            found = list(dict.fromkeys([*found, *self.find(terms, masks, limit)]))
        idf_of, as_of = self.idf, self.as_of
        return extract_features(self.segments, found, ranked, terms, idf_of, self.weights, as_of)

    def find(self, terms: QueryTerms, masks: Sequence[Mask | None], k: int) -> list[ScoredArticle]:
        """Find candidates of all times, and half as many of the days before the as-of day."""
        found = find_candidates(self.segments, terms, masks, k)
        if self.as_of is None or len(found) < k:
            return found
        since = self.as_of - timedelta(days=self.weights.recency.window_days)
        window = Window(since, self.as_of + timedelta(days=1))
        recent = [
            in_window(segment, window) if mask is None else mask & in_window(segment, window)
            for segment, mask in zip(self.segments, masks, strict=True)
        ]
        return list(dict.fromkeys([*found, *find_candidates(self.segments, terms, recent, k // 2)]))

    def _spell(self, query: ParsedQuery) -> SpelledQuery:
        return spell_query(query.text, self.language, self.segments, self.idf)

    def _masks(self, query: ParsedQuery) -> list[Mask | None]:
        """Mark what may be found; where no article holds the phrases, their words will do."""
        masks = [build_mask(s, self.filters, query, self.exclude) for s in self.segments]
        if query.phrases and not any(mask is None or mask.any() for mask in masks):
            return self._masks(replace(query, phrases=()))
        return masks

    def _id(self, candidate: ScoredArticle) -> str | int:
        """What ties are ordered by; a lone segment numbers its articles by id."""
        alone = len(self.segments) == 1
        return candidate.number if alone else self.segments[candidate.segment].ids[candidate.number]

    def _order(self, features: RankFeatures, scores: Floats) -> list[int]:
        """Order by score, ties by id; what was only asked for to fill the list stays behind."""
        found, by_score = features.candidates, scores.tolist()
        return sorted(
            range(len(found)),
            key=lambda at: (at >= features.ranked, -by_score[at], self._id(found[at])),
        )

    def _order_by_time(
        self,
        found: Sequence[ScoredArticle],
        scores: Floats,
        order: list[int],
        limit: int,
        *,
        newest: bool,
    ) -> list[int]:
        good = [at for at in order if scores[at] >= scores[order[0]] / 2]
        kept = good if len(good) >= limit else order[:limit]
        times = read_column(self.segments, found, "published").tolist()
        return sorted(kept, key=lambda at: self._time_key(found[at], times[at], newest=newest))

    def _time_key(
        self, candidate: ScoredArticle, published: float, *, newest: bool
    ) -> tuple[bool, float, str | int]:
        """Sort by time, undated articles last either way, ties by id."""
        undated = published == UNDATED
        return undated, -published if newest else published, self._id(candidate)

    def _by_time_alone(
        self, typed: str, masks: Sequence[Mask | None], limit: int, *, newest: bool
    ) -> Ranking:
        found: list[tuple[tuple[bool, float, str | int], ScoredArticle]] = []
        total = 0
        for at, (segment, mask) in enumerate(zip(self.segments, masks, strict=True)):
            numbers = np.arange(len(segment)) if mask is None else mask.nonzero()[0]
            total += len(numbers)
            published = segment.arrays["published"][numbers]
            key = np.where(
                published == UNDATED, np.iinfo(np.int64).max, -published if newest else published
            )
            for number in numbers[np.argsort(key, kind="stable")[:limit]].tolist():
                candidate = ScoredArticle(at, number, 0.0)
                when = float(segment.arrays["published"][number])
                found.append((self._time_key(candidate, when, newest=newest), candidate))
        hits = [
            Hit(rank, 0.0, self.segments[candidate.segment].article(candidate.number), ())
            for rank, (_, candidate) in enumerate(sorted(found)[:limit], 1)
        ]
        return Ranking(typed, tuple(hits), total)


class _Hits:
    """Candidates to the records that a search returns."""

    def __init__(self, segments: Sequence[Segment], features: RankFeatures, most: int) -> None:
        self._most_passages = most
        self._segments, self._candidates = segments, features.candidates
        self._unit_scores = features.unit_scores
        self._owners = np.concatenate([text.unit_owners for text in features.texts])
        self._spans = np.concatenate(
            [text.segment.arrays["unit_spans"][text.stored_units] for text in features.texts]
        )

    def build(self, order: Sequence[int], scores: Floats) -> tuple[Hit, ...]:
        return tuple(
            self._hit(rank, place, float(scores[place])) for rank, place in enumerate(order, 1)
        )

    def _hit(self, rank: int, place: int, score: float) -> Hit:
        candidate = self._candidates[place]
        article = self._segments[candidate.segment].article(candidate.number)
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
