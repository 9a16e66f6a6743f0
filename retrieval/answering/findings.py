"""What one search gave for a question: its sentences and headlines, the likeliest answer first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.confidence import estimate_confidence
from retrieval.answering.evidence import NAMED
from retrieval.answering.features import FEATURES, extract_features, leans_back
from retrieval.answering.highlights import find_highlights
from retrieval.answering.logistic import read_model
from retrieval.answering.question_terms import build_question_terms
from retrieval.answering.sentences import HEADLINE, find_candidates
from retrieval.answering.slots import TYPED
from retrieval.answering.weights import WEIGHTS
from retrieval.question.question import name_entities
from retrieval.text.background import smooth_idf
from retrieval.text.boilerplate import is_heading, names_nothing
from retrieval.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.answering.features import SentenceFeatures
    from retrieval.answering.logistic import LogisticModel
    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.index import Snapshot
    from retrieval.model import Article, Hit
    from retrieval.question.question import Question

_COLUMN = {name: at for at, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is to be quoted: `article.text[start:end]`, or with `headline` its title."""

    article: Article
    start: int
    end: int
    highlights: tuple[tuple[int, int], ...] = ()
    headline: bool = False
    earlier: bool = False
    label: str = ""

    @property
    def text(self) -> str:
        """The quoted words, as they stand in the article."""
        return self.article.title if self.headline else self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Findings:
    """The shortlisted sentences of the hits with their scores; `order` has the best row first."""

    terms: QuestionTerms
    hits: Sequence[Hit]
    candidates: Sequence[Candidate]
    features: SentenceFeatures
    scores: Sequence[float]
    order: tuple[int, ...]
    confidence: float

    def candidate(self, row: int) -> Candidate:
        """The sentence of a row."""
        return self.candidates[int(self.features.rows[row])]

    def article(self, row: int) -> Article:
        """The article of a row."""
        return self.hits[self.candidate(row).hit].article

    def value(self, row: int, feature: str) -> float:
        """One feature of a row."""
        return float(self.features.matrix[row, _COLUMN[feature]])

    def excerpt(self, row: int) -> Excerpt | None:
        """A row to be quoted, with the sentences it leans on; none where these are too far."""
        run = self._with_context(row)
        return self._cite(run) if run else None

    def _cite(self, run: Sequence[int]) -> Excerpt:
        """The candidates at these places as one excerpt."""
        first, last = self.candidates[run[0]], self.candidates[run[-1]]
        article = self.hits[first.hit].article
        headline = first.place == HEADLINE
        text = article.title if headline else article.text[first.start : last.end]
        highlights = find_highlights(text, article.language, self.terms, self.features.redundancy)
        return Excerpt(article, first.start, last.end, highlights, headline)

    def _with_context(self, row: int) -> list[int] | None:
        """The places of the sentences that a row needs before it, and its own."""
        own = int(self.features.rows[row])
        run = [own]
        while leans_back(self.candidates[run[0]].text):
            before = run[0] - 1
            if before < 0 or not self.adjoins(before, run[0]) or len(run) > WEIGHTS.most_context:
                return None
            run.insert(0, before)
        length = self.candidates[own].end - self.candidates[run[0]].start
        return run if length <= WEIGHTS.longest_quote or len(run) == 1 else None

    def adjoins(self, before: int, here: int) -> bool:
        """Whether a candidate directly follows another in its paragraph, by their places."""
        if here >= len(self.candidates):
            return False
        one, other = self.candidates[before], self.candidates[here]
        if one.hit != other.hit or one.place == HEADLINE:
            return False
        between = self.hits[one.hit].article.text[one.end : other.start]
        if between.strip() or between.count("\n") > 1:
            return False
        return one.quotable and not is_heading(one.text)

    def excerpts(self) -> Iterator[tuple[int, Excerpt]]:
        """Rows that can be quoted, the likeliest answer first."""
        for at, row in enumerate(self.order):
            excerpt = self.excerpt(row)
            if excerpt is None and at == 0 and self._stands_out(row):
                excerpt = self._cite([int(self.features.rows[row])])
            if excerpt is not None:
                yield row, excerpt

    def _stands_out(self, row: int) -> bool:
        """Whether the next best is so much less likely that a pronoun may open the quote."""
        others = self.order[1:2]
        return not others or self.scores[row] - self.scores[others[0]] > WEIGHTS.stands_out


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The sentences of some hits that may answer, and what is seen of each."""

    terms: QuestionTerms
    candidates: Sequence[Candidate]
    features: SentenceFeatures

    def score(self, model: LogisticModel) -> NDArray[np.float64]:
        """The log odds of each row, with what is set by hand."""
        return model.log_odds(self.features.matrix) + self.set_by_hand()

    def set_by_hand(self) -> NDArray[np.float64]:
        """What a row loses that gives no number, day or name where one is asked for."""
        return -self.features.check.loss

    def order(self, scores: NDArray[np.float64]) -> list[int]:
        """The rows that may be quoted, best first; the idle only where no other is."""
        rows = [row for row in range(len(scores)) if not self._is_heading(row)]
        telling = [row for row in rows if not self._is_idle(row)]
        return sorted(telling or rows, key=lambda row: -scores[row])

    def _candidate(self, row: int) -> Candidate:
        return self.candidates[int(self.features.rows[row])]

    def _breaks_off(self, row: int) -> bool:
        """Whether a sentence is cut off where what answers has no shape to be seen before it."""
        shaped = self.terms.question.answer_type in TYPED | NAMED
        return not shaped and self._candidate(row).text.rstrip('”"').endswith(("...", "…"))

    def _is_heading(self, row: int) -> bool:
        candidate = self._candidate(row)
        return candidate.place != HEADLINE and is_heading(candidate.text)

    def _is_idle(self, row: int) -> bool:
        """Whether a row leads on to what follows, is code, or names nothing."""
        seen = self.features.matrix[row]
        unfit = any(seen[_COLUMN[name]] for name in ("leads", "code", "dump"))
        unfit = unfit or self._breaks_off(row)
        return unfit or (names_nothing(self._candidate(row).text) and not seen[_COLUMN["own"]])


def shortlist_sentences(
    question: Question, hits: Sequence[Hit], snapshot: Snapshot
) -> Shortlist | None:
    """Look at the sentences of the hits; none where nothing can be looked for."""
    idf = smooth_idf(snapshot.idf, len(snapshot), question.language)
    known = name_entities(question, (hit.article.text[: WEIGHTS.read_for_names] for hit in hits))
    terms = build_question_terms(known, idf, question.language)
    candidates = find_candidates(hits) if terms.columns else []
    if not any(candidate.quotable for candidate in candidates):
        return None
    return Shortlist(terms, candidates, extract_features(terms, candidates, hits, snapshot.idf))


def find_sentences(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Findings | None:
    """Rank the sentences of the hits; none where nothing can be looked for."""
    seen = shortlist_sentences(question, hits, snapshot)
    if seen is None:
        return None
    scores = seen.score(read_model("sentence_model", FEATURES))
    order = seen.order(scores)
    confidence = estimate_confidence(seen.features, scores, order, len(snapshot), question.language)
    if order and _is_doubtful(seen, order[0]):
        confidence = min(confidence, WEIGHTS.doubtful)
    return Findings(
        seen.terms, hits, seen.candidates, seen.features, scores.tolist(), tuple(order), confidence
    )


def _is_doubtful(seen: Shortlist, row: int) -> bool:
    """Whether the best row lacks the slot, or hardly speaks of what is asked of the names.

    Names are told by their capitals, and what is asked is found in other words by synonyms: both
    are known in English alone.
    """
    if seen.terms.language != "en":
        spaced = lexicon(seen.terms.language).spaced  # else no slot is found but by its digits
        return spaced and bool(seen.features.column("no_slot")[row])
    lacks = bool(seen.features.check.lacking[row])
    return lacks or bool(seen.features.column("attribute_near")[row] < WEIGHTS.least_asked)
