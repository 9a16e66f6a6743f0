"""The day of an event that a question names instead of a date: "before the Llama 2 launch"."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from retrieval.dates.windows import Resolved
from retrieval.model import Filters, Window
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.finding import StoryFinder

HITS = 5
FEWEST_REPORTS = 2
# Words for what happened, grouped by what they have in common.
_EVENTS = (
    "launch release debut unveiling unveil introduction introduces rollout arrival",
    "announcement statement speech address interview keynote presentation",
    "conference summit meeting talks hearing election vote referendum debate",
    "trial verdict ruling sentencing conviction arrest lawsuit settlement",
    "merger acquisition takeover deal agreement purchase sale listing ipo",
    "attack crash explosion shooting outage leak breach",
    "earthquake quake flood fire storm hurricane",
    "resignation appointment dismissal firing death funeral wedding coronation inauguration",
    "strike protest ban recall shutdown closure collapse bankruptcy layoffs",
    "match final game race concert premiere",
)
_EVENT = "|".join(sorted((w for group in _EVENTS for w in group.split()), key=len, reverse=True))
_PHRASE = re.compile(
    r"\b(?P<side>(?:the day |right |just |shortly |soon )?(?:before|after|since|until|till"
    r"|following|prior to|ahead of|in the run-up to|leading up to))"
    rf"\s+(?P<event>(?:the |their |its |his |her )?(?:[\w.&'\u2019-]+ ){{0,5}}?(?:{_EVENT})s?"
    r"(?: of (?:the )?[A-Z0-9][\w.&'\u2019-]*(?: [A-Z0-9][\w.&'\u2019-]*){0,4})?)\b",
    re.IGNORECASE,
)


def find_event_window(text: str, as_of: date, stories: StoryFinder) -> Resolved | None:
    """Return the range of days before or after an event that the text names, or none.

    The day of the event is the first day on which the coverage tells its story. None where the text
    names no event, where no headline up to `as_of` holds every word of its name, and where only one
    report tells it: a guess would hide articles. Call it where `resolve_window` gives none.
    """
    phrase = _PHRASE.search(text)
    if phrase is None or not re.search(r"[A-Z0-9]", phrase["event"]):
        return None
    article = _find_report(phrase["event"], as_of, stories.snapshot)
    if article is None:
        return None
    story = stories.find(article)
    day = story.articles[0].day
    if day is None or len(story.articles) < FEWEST_REPORTS:
        return None
    start, end = phrase.span()
    return Resolved(_side(phrase["side"].lower(), day), text[start:end], start, end)


def _side(side: str, day: date) -> Window:
    one = timedelta(days=1)
    if "since" in side:
        return Window(day, None)
    if "after" in side or "following" in side:
        return Window(day + one, None)
    return Window(None, day if "til" in side else day - one)


def _find_report(event: str, as_of: date, snapshot: Snapshot) -> Article | None:
    """Return the first report whose headline names the event, the verb in any form of its kind."""
    named = analyse(event)
    forms = _forms()
    ranking = snapshot.search(
        event, filters=Filters(window=Window(None, as_of)), sort="relevance", limit=HITS
    )
    for hit in ranking.hits:
        title = set(analyse(hit.article.title, hit.article.language))
        if all(title & forms.get(term, {term}) for term in named):
            return hit.article
    return None


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    """Return for the term of each event the terms of its kind: a launch may be a "release"."""
    groups = [frozenset(t for word in group.split() for t in analyse(word)) for group in _EVENTS]
    return {term: group for group in groups for term in group}
