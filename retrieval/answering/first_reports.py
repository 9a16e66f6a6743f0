"""Who told a story, in order of time: the reports to quote, and a note of the outlets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.features import leans_back
from retrieval.answering.findings import Excerpt
from retrieval.answering.sentences import HEADLINE, find_candidates
from retrieval.answering.weights import WEIGHTS
from retrieval.model import AnswerNote, Hit
from retrieval.text.analysis import analyse
from retrieval.text.boilerplate import is_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from retrieval.answering.sentences import Candidate
    from retrieval.model import Article, Story
    from retrieval.question.question import Question
    from retrieval.stories.finding import StoryFinder

# A story told only once is passed over while one of so many hits has more of a story.
_HITS = 3
# Who was first is told by the first report and by one that says so.
_FIRST_QUOTES = 2
# Outlets that the note names before "and 4 more".
_NAMED_FIRST = 1
_NAMED_ALL = 5


@dataclass(frozen=True, slots=True)
class StoryReports:
    """Reports to quote, the earliest first; all `articles` of the story; a note on them."""

    reports: tuple[Excerpt, ...]
    articles: tuple[Article, ...]
    note: AnswerNote


def find_first_reports(
    question: Question, hits: Sequence[Hit], stories: StoryFinder, until: date
) -> StoryReports | None:
    """Tell who reported the story of the hits, up to and with the day `until`.

    `hits` holds one at least. None where no report of it has a day: then nobody can say who was
    first. Copies of one text are quoted once. Who asks for the others gets their words, and the
    first one's name in the note.
    """
    story = _find_main_story(hits, stories)
    dated = [
        article for article in story.articles if article.day is not None and article.day <= until
    ]
    if not dated:
        return None
    outlets = list(dict.fromkeys(article.outlet for article in dated if article.outlet))
    originals = list(_originals(story, dated))
    others = [article for article in originals if article.outlet != dated[0].outlet]
    wants_others = question.reporting == "all" and bool(others)
    event = set(analyse(f"{question.query} {dated[0].title}", dated[0].language))
    reports = tuple(_quote_reports(others if wants_others else originals, event, dated[0].outlet))
    if question.reporting == "first":
        reports = reports[:_FIRST_QUOTES]
    named = _NAMED_FIRST if question.reporting == "first" else _NAMED_ALL
    note = _name_outlets(dated[0], outlets, named)
    return StoryReports(reports, tuple(dated), note) if reports else None


def _find_main_story(hits: Sequence[Hit], stories: StoryFinder) -> Story:
    """The story of the best hit that has several reports, else that of the best hit."""
    found = [stories.find(hit.article) for hit in hits[:_HITS]]
    return next((story for story in found if len(story.articles) > 1), found[0])


def _originals(story: Story, articles: Sequence[Article]) -> Iterator[Article]:
    """The articles without those that copy another one."""
    copies = {article.id for group in story.copies for article in group.articles[1:]}
    return (article for article in articles if article.id not in copies)


def _quote_reports(articles: Sequence[Article], event: set[str], first: str) -> Iterator[Excerpt]:
    """One sentence of each report, while they fit into a reply."""
    count, left, said = 0, WEIGHTS.most_characters, set[str]()
    for article in articles:
        best = _best_sentence(article, event, first)
        if (
            best is None
            or best.text in said
            or len(best.text) > left
            or count == WEIGHTS.most_quotes
        ):
            continue
        count, left = count + 1, left - len(best.text)
        said.add(best.text)
        yield Excerpt(article, best.start, best.end, _mark(best.text, first))


def _best_sentence(article: Article, event: set[str], first: str) -> Candidate | None:
    """The sentence that names the first outlet, then the one that tells most of the event."""
    candidates = [
        candidate
        for candidate in find_candidates([Hit(1, 1.0, article, ())])
        if candidate.place != HEADLINE
        and candidate.quotable
        and not is_heading(candidate.text)
        and not leans_back(candidate.text)
    ]

    def telling(candidate: Candidate) -> tuple[bool, int, int]:
        named = bool(first) and first.casefold() in candidate.text.casefold()
        return named, len(event.intersection(candidate.terms)), -candidate.place

    return max(candidates, key=telling, default=None)


def _mark(text: str, first: str) -> tuple[tuple[int, int], ...]:
    """Where the name that answers stands."""
    at = text.find(first) if first else -1
    return ((at, at + len(first)),) if at >= 0 else ()


def _name_outlets(first: Article, outlets: list[str], most: int) -> AnswerNote:
    others = tuple(outlet for outlet in outlets if outlet != first.outlet)
    return AnswerNote(
        kind="first_report",
        outlet=first.outlet,
        day=first.day,
        others=others[:most],
        unnamed=max(0, len(others) - most),
    )
