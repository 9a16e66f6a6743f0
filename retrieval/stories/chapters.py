"""A story told over time: the events that led to it and followed it, each a chapter of its own."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from retrieval.model import Chapter, Filters, Story, Timeline, TimelineEntry
from retrieval.stories.comparison import find_telling_terms
from retrieval.stories.finding import find_neighbours
from retrieval.stories.headline_kinds import is_gathering, is_guide
from retrieval.stories.known_item import StoryName, name_story
from retrieval.stories.neighbourhood import compare_articles
from retrieval.stories.novelty import find_additions
from retrieval.stories.profiles import profile_article
from retrieval.stories.weights import CHAPTERS, NAMING
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.finding import StoryFinder
    from retrieval.stories.neighbourhood import Neighbourhood

# What is asked of a thing, and is no part of its name (English).
_ATTRIBUTES = frozenset(analyse("release released launch launched date dates price announcement"))


def build_timeline(stories: StoryFinder, story: Story, query: str = "") -> Timeline:
    """Tell a story over time, in chapters: its event, and those about the same thing.

    The first report of each chapter gives the sentence it opens with, later ones what they add to
    those before; a report that adds nothing, as most copies do, is left out. The event itself is
    told in up to `own_lines`, each other chapter in `other_lines`. The words of a `query` help to
    find the chapters.
    """
    linked = find_chapters(stories, story, query, CHAPTERS.most)
    chapters = tuple(
        Chapter(told, _tell_event(stories, told, _count_lines(told, story)))
        for told in sorted((story, *linked), key=_first_day)
    )
    return Timeline(story, tuple(e for c in chapters for e in c.entries), chapters)


def summarise_over_time(
    stories: StoryFinder, story: Story, query: str = "", lines: int = 6
) -> tuple[TimelineEntry, ...]:
    """Tell a story in so many lines, earliest first: what happened, and what it led to.

    Each line is one outlet's own sentence, cut from its article word for word. One a chapter; what
    is left of the lines tells more of the event itself, its beginning and its latest turn.
    """
    linked = find_chapters(stories, story, query, lines - CHAPTERS.least_own)
    own = _tell_event(stories, story, lines - len(linked))
    others = [entry for told in linked for entry in _tell_event(stories, told, 1)]
    return tuple(sorted((*own, *others), key=lambda entry: str(entry.article.published)))


def find_chapters(stories: StoryFinder, story: Story, query: str, most: int) -> list[Story]:
    """Return the other events about the same thing, at most so many, those of most weight.

    An event is about the same thing where what it says on the whole is like the story, or in part
    like it and named by the words of the query too. It is not a part of the story, and has a day.
    """
    told = {article.id for article in story.articles}
    dated = [article for article in story.articles if article.day]
    if not dated or most < 1:
        return []
    fits, found = _find_related(stories, dated, query)
    circle = compare_articles(stories.snapshot, list(dict.fromkeys([*dated, *found])))
    groups = [
        [article for article in group if article.id not in told and article.day]
        for group in circle.part()
        if not any(article.id in told for article in group)
    ]
    telling = weigh_telling_terms(stories.snapshot, dated)
    groups = [
        group
        for group in groups
        if group
        and not all(map(_tells_nothing_new, group))
        and any(
            fits.get(one.id, 0.0) >= CHAPTERS.wholly_named
            or telling.measure(profile_article(one).counts) >= CHAPTERS.least_told
            for one in group
        )
    ]
    links = _measure_links(circle, groups, dated, fits)
    weighed = [
        (link * (1 + CHAPTERS.per_doubling * log2(_count_outlets(group))), group)
        for link, group in zip(links, groups, strict=True)
        if link >= CHAPTERS.least
    ]
    weighed.sort(key=lambda pair: (-pair[0], pair[1][0].id))
    return [Story(tuple(sorted(group, key=_when))) for _, group in weighed[:most]]


def weigh_telling_terms(snapshot: Snapshot, articles: Sequence[Article]) -> StoryName:
    """The terms that most tell a story from the rest of the coverage, by their idf."""
    terms = find_telling_terms(snapshot, tuple(articles))
    return StoryName({term: snapshot.idf(term) for term in terms}, ())


def _measure_name(name: StoryName, article: Article) -> float:
    """How far a headline names the story; one word of several may name anything."""
    terms = set(analyse(article.title, article.language))
    named = len(terms & name.words.keys())
    return name.measure(terms) if named >= min(CHAPTERS.least_words, len(name.words)) else 0.0


def _tells_nothing_new(article: Article) -> bool:
    """Whether a headline promises a guide or a round-up, which are no turn of a story."""
    title, language = article.title, article.language
    return is_guide(title, language) or is_gathering(title, language)


def _measure_links(
    circle: Neighbourhood,
    groups: Sequence[Sequence[Article]],
    dated: Sequence[Article],
    fits: Mapping[str, float],
) -> list[float]:
    """How much each group is about the same thing as the story, or as an event that surely is."""
    named = [max(fits.get(article.id, 0.0) for article in group) for group in groups]
    likeness = circle.measure_likeness(groups, dated)
    links = [like + CHAPTERS.named * fit for like, fit in zip(likeness, named, strict=True)]
    sure = [group for link, group in zip(links, groups, strict=True) if link >= CHAPTERS.sure]
    for group in sure:
        by_way = circle.measure_likeness(groups, group)
        links = [
            max(link, CHAPTERS.by_way * like) for link, like in zip(links, by_way, strict=True)
        ]
    return links


def _count_outlets(group: Sequence[Article]) -> int:
    return len({article.outlet or article.id for article in group})


def _find_related(
    stories: StoryFinder, dated: Sequence[Article], query: str
) -> tuple[dict[str, float], list[Article]]:
    """Return what shares most with the story or fits the query, and how well it does that."""
    snapshot = stories.snapshot
    near = find_neighbours(snapshot, dated, Filters(), CHAPTERS.candidates)
    if not query:
        return {}, near
    ranking = snapshot.search(query, limit=CHAPTERS.candidates)
    name = name_story(snapshot, ranking.corrected or query, but=_ATTRIBUTES)
    hits = [hit.article for hit in ranking.hits]
    found = list(dict.fromkeys([*near, *hits]))
    fits = {a.id: _measure_name(name, a) for a in found}
    return fits, [a for a in found if a in near or fits[a.id] >= NAMING.least_held]


def _tell_event(stories: StoryFinder, story: Story, most: int) -> tuple[TimelineEntry, ...]:
    """What the reports of an event added, one after another, in at most so many lines.

    Where more have something to add, the first and the latest stay, and the first of each of the
    sides that the reports dwell on, those of most reports before the others. A report without a day
    has no place among those that have one.
    """
    told = find_additions(story)
    entries = [entry for entry in told if entry.article.day] or told
    if len(entries) <= most:
        return tuple(entries)
    turns = _rank_turns(stories, story, entries)
    kept = list(dict.fromkeys([entries[0], *([entries[-1]] if most > 1 else []), *turns, *entries]))
    return tuple(entry for entry in entries if entry in kept[:most])


def _rank_turns(
    stories: StoryFinder, story: Story, entries: Sequence[TimelineEntry]
) -> list[TimelineEntry]:
    """The first entry of each side of an event, that with most reports first."""
    facets = compare_articles(stories.snapshot, story.articles).find_facets()
    facets.sort(key=lambda facet: -len(facet))
    firsts = (next((e for e in entries if e.article in facet), None) for facet in facets)
    return [entry for entry in firsts if entry]


def _count_lines(told: Story, story: Story) -> int:
    return CHAPTERS.own_lines if told is story else CHAPTERS.other_lines


def _first_day(story: Story) -> str:
    return _when(story.articles[0])


def _when(article: Article) -> str:
    return str(article.published or "~")  # what has no day comes last
