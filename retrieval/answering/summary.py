"""A story over its time, a line a report; and the newest reports of a subject."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from retrieval.answering.features import leans_back
from retrieval.answering.findings import Excerpt
from retrieval.answering.sentences import HEADLINE, find_candidates
from retrieval.answering.weights import WEIGHTS
from retrieval.model import Hit
from retrieval.stories.linkage import sort_by_time
from retrieval.text.boilerplate import is_heading, leads_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answering.attempts import Attempt
    from retrieval.answering.sentences import Candidate
    from retrieval.model import Article
    from retrieval.stories.finding import StoryFinder

    _Line = tuple[int, Candidate]  # a sentence and the place of its report

# Of each report, its first sentences: what is news stands there.
_LEADING = 12
_SHORTEST, _LONGEST = 40, 320
_LEAST_ADDED = 0.12  # of the first line's worth, for a further one
_TOLD_TWICE, _TOLD_ONCE = 2, 0.1


def summarise(attempt: Attempt, stories: StoryFinder) -> tuple[Excerpt, ...]:
    """Up to six lines on the subject, earliest first; none where nothing was found.

    Greedy: the sentence whose terms the reports agree on most, then the one that adds most, after
    Nenkova and Vanderwende (2005). A report gives one line, so that the lines span the story.
    """
    reports = _find_reports(attempt, stories)
    sentences = [(at, one) for at, article in enumerate(reports) for one in _leading(article)]
    lines = sorted(_choose(sentences, len(reports)), key=lambda line: (line[0], line[1].start))
    return tuple(Excerpt(reports[at], one.start, one.end) for at, one in lines)


def _choose(sentences: Sequence[_Line], reports: int) -> list[_Line]:
    """The lines that add most, one after another."""
    worth, left, known = _weigh_terms(sentences, reports), list(sentences), set[str]()
    chosen: list[_Line] = []
    most_each = max(1, WEIGHTS.summary_lines // max(reports, 1))
    first = 0.0
    while left and len(chosen) < WEIGHTS.summary_lines:
        best = max(left, key=lambda line: _gain(line[1], worth, known))
        gain = _gain(best[1], worth, known)
        first = first or gain
        if gain <= _LEAST_ADDED * first:
            break
        chosen.append(best)
        known |= set(best[1].terms)
        full = sum(at == best[0] for at, _ in chosen) >= most_each
        left = [line for line in left if line != best and not (full and line[0] == best[0])]
    return chosen


def _find_reports(attempt: Attempt, stories: StoryFinder) -> list[Article]:
    """The best hits that speak of the subject with the other reports of their stories, by time."""
    findings = attempt.findings
    shares = findings.features.article_share if findings else ()
    found: dict[str, Article] = {}
    for hit, share in zip(attempt.hits, shares, strict=False):
        if share >= WEIGHTS.about:
            told = stories.find(hit.article).articles
            found |= {article.id: article for article in (hit.article, *told)}
        if len(found) >= WEIGHTS.summary_reports:
            break
    return sort_by_time(list(found.values()))[: WEIGHTS.summary_reports]


def _leading(article: Article) -> Iterator[Candidate]:
    for candidate in find_candidates([Hit(1, 1.0, article, ())])[: _LEADING + 1]:
        text = candidate.text
        if candidate.place == HEADLINE or not _SHORTEST <= len(text) <= _LONGEST:
            continue
        if candidate.quotable and not (is_heading(text) or leads_on(text) or leans_back(text)):
            yield candidate


def _weigh_terms(sentences: Sequence[_Line], reports: int) -> dict[str, float]:
    """What each term counts: the logarithm of how many reports have it; once is hardly anything."""
    told = {(term, at) for at, one in sentences for term in one.terms}
    counts = Counter(term for term, _ in told)
    few = reports < 2 * _TOLD_TWICE
    return {
        term: math.log1p(count) if few or count >= _TOLD_TWICE else _TOLD_ONCE
        for term, count in counts.items()
    }


def _gain(one: Candidate, worth: dict[str, float], known: set[str]) -> float:
    added = math.fsum(worth.get(term, 0.0) for term in set(one.terms) - known)
    return added / math.sqrt(len(one.text))


def list_news(attempt: Attempt) -> tuple[Excerpt, ...]:
    """The headlines of the newest reports that were found."""
    dated = [hit.article for hit in attempt.hits if hit.article.day and hit.article.title]
    newest = sort_by_time(dated)[::-1]
    return tuple(
        Excerpt(article, 0, len(article.title), headline=True)
        for article in newest[: WEIGHTS.most_quotes]
    )
