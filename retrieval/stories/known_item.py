"""Which event is meant by the words that name one, and which others they fit as well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log2
from typing import TYPE_CHECKING

from retrieval.dates.expressions import DAYS_IN_YEAR, find_periods
from retrieval.dates.periods import shift
from retrieval.index.query_syntax import parse_query
from retrieval.model import StoryChoice
from retrieval.stories.headline_kinds import is_gathering, is_guide
from retrieval.stories.headline_search import find_headlined
from retrieval.stories.weights import NAMING
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from retrieval.dates.expressions import Found
    from retrieval.index import Snapshot
    from retrieval.model import Article, Ranking, Story
    from retrieval.stories.finding import StoryFinder

# Words that ask for a story, and name none (English).
_ASKING = frozenset(
    analyse(
        "story stories news report reports reporting coverage history timeline chronology latest"
        " update updates article articles headline headlines event events"
    )
)


@dataclass(frozen=True, slots=True)
class Event:
    """Articles of one event that the words fit, and how well they do, 0 to 1.

    `articles` are those among the hits, the likest first: the story may have more.
    """

    articles: tuple[Article, ...]
    fit: float

    @property
    def score(self) -> float:
        """The fit, raised for every doubling of the outlets that tell the event."""
        outlets = len({article.outlet or article.id for article in self.articles})
        return self.fit * (1 + NAMING.per_doubling * log2(outlets))

    @property
    def is_news(self) -> bool:
        """Whether a headline does more than tell how to do something, or gather other stories."""
        return any(
            not (
                is_guide(article.title, article.language)
                or is_gathering(article.title, article.language)
            )
            for article in self.articles
        )


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Days that the name of a story holds, with the terms that name them."""

    found: Found
    terms: frozenset[str]

    def fits(self, article: Article, told: set[str]) -> bool:
        """Whether an article is from these days, in any year if none is named, or tells of them."""
        if self.terms <= told:
            return True
        if article.day is None:
            return False
        first, last = self.found.period.first, self.found.period.last
        if self.found.cycle == DAYS_IN_YEAR:
            years = round((article.day - first).days / DAYS_IN_YEAR)
            first, last = shift(first, "year", years), shift(last, "year", years)
        after = timedelta(days=NAMING.days_after)
        return first - timedelta(days=1) <= article.day <= last + after


@dataclass(frozen=True, slots=True)
class StoryName:
    """The words that name a story: what each weighs (idf), and the days among them."""

    words: Mapping[str, float]
    days: tuple[NamedDays, ...]

    def measure_fit(self, article: Article, characters: int | None) -> float:
        """How far an article is what the words name, 0 to 1: what of them it holds.

        Read are the headline, which counts in part by itself too, and so many characters of the
        text. One that is not from the days named fits less.
        """
        title = set(analyse(article.title, article.language))
        told = title.union(analyse(article.text[:characters], article.language))
        held, named = self.measure(told), self.measure(title)
        if held < NAMING.least_held:
            return 0.0
        fit = (1 - NAMING.headline) * held + NAMING.headline * named
        from_days = not self.days or any(day.fits(article, told) for day in self.days)
        return fit if from_days else fit * NAMING.other_days

    def measure(self, terms: Collection[str]) -> float:
        """The share of the words, by idf, that stand among these terms."""
        whole = sum(self.words.values()) or 1.0
        return sum(weight for term, weight in self.words.items() if term in terms) / whole


def find_events(stories: StoryFinder, query: str, as_of: date | None = None) -> list[Event]:
    """Return the events that the words of a query name, the best first; none where none does.

    How old an event is only orders those that are named equally well. Compared are the hits that
    hold most of the words, by idf, in headline and lead, or else in the whole text; a word that the
    coverage lacks counts as what the search took for it. Where the query is the headline of an
    article, the event of that one is the first.
    """
    return _rank_events(stories, stories.snapshot.search(query, limit=NAMING.hits), as_of)


def _rank_events(stories: StoryFinder, ranking: Ranking, as_of: date | None) -> list[Event]:
    snapshot, query = stories.snapshot, ranking.query
    name = name_story(snapshot, ranking.corrected or parse_query(ranking.query).text, as_of)
    hits = [hit.article for hit in ranking.hits]
    fits: dict[str, float] = {}
    for characters in (NAMING.lead_characters, None):
        if not fits:
            fits = {a.id: fit for a in hits if (fit := name.measure_fit(a, characters))}
    groups = stories.part([article for article in hits if article.id in fits])
    events = [Event(tuple(group), max(fits[a.id] for a in group)) for group in groups]
    headlined = find_headlined(query, ranking)
    events.sort(key=lambda event: _newest(event.articles), reverse=True)
    events.sort(key=lambda event: (headlined in event.articles, event.score), reverse=True)
    return events


def find_named(stories: StoryFinder, query: str, as_of: date | None = None) -> Story | None:
    """Return the story that the words of a query name, with its choices; none where none does."""
    ranking = stories.snapshot.search(query, limit=NAMING.hits)
    headlined = find_headlined(query, ranking)
    if headlined:
        return stories.find(headlined)
    events = _rank_events(stories, ranking, as_of)
    return _offer_choices(stories, find_rivals(events)) if events else None


def _offer_choices(stories: StoryFinder, events: Sequence[Event]) -> Story:
    """The story of the first event, with those of the others as its choices, if they are others."""
    found: list[Story] = []
    for event in events:
        told = {article.id for story in found for article in story.articles}
        story = stories.find(event.articles[0])
        if told.isdisjoint(article.id for article in story.articles):
            found.append(story)
    if len(found) < 2:  # noqa: PLR2004  # one is no choice
        return found[0]
    choices = [StoryChoice(s.articles[0], len(s.articles), len(s.outlets)) for s in found]
    choices.sort(key=lambda choice: str(choice.article.published or ""), reverse=True)
    return replace(found[0], choices=tuple(choices))


def find_rivals(events: Sequence[Event]) -> Sequence[Event]:
    """The best event and those that fit nearly as well and are not much smaller, if there are any.

    `events` holds one at least, the best first. Guides and round-ups are no events to choose among:
    they are meant where nothing else is.
    """
    best = events[0]
    near = [
        event
        for event in events
        if event.fit >= NAMING.as_well * best.fit and event.score * NAMING.clearly >= best.score
    ]
    news = [event for event in near if event.is_news]
    return (news or [best])[: NAMING.choices]


def name_story(
    snapshot: Snapshot,
    query: str,
    as_of: date | None = None,
    *,
    but: frozenset[str] = frozenset(),
) -> StoryName:
    """Read the words that name a story, without those that ask for one, and its days.

    Left out are further terms too, where others are left.
    """
    found = find_periods(query, as_of or snapshot.span.newest or date.max)
    days = tuple(
        NamedDays(one, frozenset(analyse(query[one.start : one.end], snapshot.language)))
        for one in found
    )
    of_days = frozenset().union(*(named.terms for named in days))
    terms = analyse(query, snapshot.language)
    named = [term for term in terms if term not in _ASKING | of_days] or terms
    kept = [term for term in named if term not in but] or named
    return StoryName({term: snapshot.idf(term) for term in kept}, days)


def _newest(articles: Sequence[Article]) -> date:
    return max((article.day for article in articles if article.day), default=date.min)
