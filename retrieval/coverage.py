"""Coverage: the one front door to reading, searching and answering."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from retrieval.answering.answer import answer_question
from retrieval.errors import IndexMoved
from retrieval.index import FolderIndex, Index, Snapshot
from retrieval.ingest import INDEX_FOLDER, describe_index, ingest
from retrieval.model import Context, Filters, Window
from retrieval.question.question import parse_question
from retrieval.reading import DEFAULTS, ReadingOptions
from retrieval.reports import IndexReport, Status
from retrieval.stories.changes import find_changes
from retrieval.stories.chapters import build_timeline
from retrieval.stories.comparison import compare_outlets
from retrieval.stories.event_days import find_event_window
from retrieval.stories.finding import StoryFinder
from retrieval.stories.headline_search import DEPTH, LOOKED_AT, find_headlined, lead_with_story
from retrieval.stories.known_item import find_named
from retrieval.text.autocomplete import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from retrieval.model import (
        Answer,
        Article,
        Changes,
        Comparison,
        Ranking,
        Sort,
        Story,
        Timeline,
    )

    Progress = Callable[[str, int, int], None]
    NoteAdded = Callable[[Collection[str]], None]
    Given = ParamSpec("Given")
    Result = TypeVar("Result")

_NO_CONTEXT = Context()
VIEWS = 256  # of one snapshot that are kept at hand


def _on_what_stands(
    ask: Callable[Concatenate[Coverage, Given], Result],
) -> Callable[Concatenate[Coverage, Given], Result]:
    """Ask once more, of the newest version, where the one in use is gone from under a question."""

    @wraps(ask)
    def run(coverage: Coverage, /, *args: Given.args, **named: Given.kwargs) -> Result:
        try:
            return ask(coverage, *args, **named)
        except IndexMoved:
            coverage.reload()
            return ask(coverage, *args, **named)

    return run


class Coverage:
    """Articles under some folders, searchable from a cache folder.

    Every question runs on the immutable `snapshot` that stood when it was asked. `refresh` and
    `reload` swap the snapshot in one assignment, so either may run in a thread beside questions.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what stands open, and where it came from
        self,
        folders: Sequence[Path],
        cache: Path,
        snapshot: Snapshot,
        report: IndexReport | None = None,
        options: ReadingOptions = DEFAULTS,
        index: Index | None = None,
    ) -> None:
        self.index = index or FolderIndex(cache / INDEX_FOLDER)
        self.folders = tuple(folders)
        self.cache = cache
        self.options = options
        self.snapshot = snapshot
        self.report = report or describe_index(snapshot)
        self.updated = datetime.now(UTC) if report else None
        self._seen: frozenset[str] | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The version of the index in use; a new one brings its own finder of stories."""
        return self._standing.stories.snapshot

    @snapshot.setter
    def snapshot(self, snapshot: Snapshot) -> None:
        self._standing = _Standing.of(snapshot)

    @property
    def stories(self) -> StoryFinder:
        """What finds the stories of the version in use."""
        return self._standing.stories

    def visible_to(self, feeds: frozenset[str]) -> Coverage:
        """Show the coverage as it is to someone who sees these feeds, "" for what is of no feed.

        A view of the snapshot that stands now, whatever is swapped in later: it is to be asked for
        anew with each question, and reads no folder.
        """
        standing = self._standing
        held = standing.stories.snapshot.feeds
        seen = held & feeds
        view = copy(self)
        if seen != held:
            standing = replace(standing, stories=standing.views(seen))
        view._standing, view._seen = standing, feeds  # noqa: SLF001  # its own, in a copy
        return view

    @classmethod
    def open(  # noqa: PLR0913  # what is read, how, and where it is kept
        cls,
        folders: Sequence[Path],
        cache: Path,
        *,
        progress: Progress | None = None,
        refresh: bool = True,
        everything: bool = False,
        options: ReadingOptions = DEFAULTS,
        index: Index | None = None,
        note_added: NoteAdded | None = None,
    ) -> Self:
        """Stand ready to answer from the folders; the index is kept in `cache`, or as `index` says.

        `options` say what the files do not: whose folders these are, how days are printed. See
        `ingest` for `note_added`.

        With `refresh`, what is new or changed in the folders (`everything`: all of it) is read and
        indexed first; without it, the index that landed last is used as it is. A damaged or
        outdated index is built anew, which the log and `report.warnings` say. Raises CoverageError
        where a folder cannot be used, StorageError where the index cannot.
        """
        if not refresh:
            index = index or FolderIndex(cache / INDEX_FOLDER)
            return cls(folders, cache, index.open(), options=options, index=index)
        snapshot, report = ingest(
            folders,
            cache,
            progress=progress,
            everything=everything,
            options=options,
            index=index,
            note_added=note_added,
        )
        return cls(folders, cache, snapshot, report, options, index)

    @staticmethod
    def stands(cache: Path, index: Index | None = None) -> bool:
        """Whether there is an index in the cache folder or as `index` says, whole or not."""
        return (index or FolderIndex(cache / INDEX_FOLDER)).stands()

    @classmethod
    def of_articles(
        cls, articles: Iterable[Article], cache: Path, *, index: Index | None = None
    ) -> Self:
        """Coverage of articles at hand, read from no folder (development sets, tests)."""
        index = index or FolderIndex(cache / INDEX_FOLDER)
        with index.writer() as writer:
            writer.clear()
            return cls((), cache, writer.update(add=articles), index=index)

    def refresh(self, *, progress: Progress | None = None, everything: bool = False) -> IndexReport:
        """Read what is new or changed in the folders (`everything`: all of it) and swap to it."""
        snapshot, report = ingest(
            self.folders,
            self.cache,
            progress=progress,
            everything=everything,
            options=self.options,
            index=self.index,
        )
        self.snapshot, self.report, self.updated = snapshot, report, datetime.now(UTC)
        return report

    def reload(self) -> bool:
        """Swap to the index that another process landed; false where it is the one in use."""
        snapshot = self.index.open()
        if self._seen is not None:
            snapshot = snapshot.restricted(snapshot.feeds & self._seen)
        if snapshot.version == self.snapshot.version:
            snapshot.close()
            return False
        self.snapshot = snapshot
        self.updated = datetime.now(UTC)
        return True

    def merge(self) -> None:
        """Join what many small updates left in the index, and swap to it; may take minutes.

        Ranks nothing differently: it keeps searches fast. Raises IndexLocked as `refresh` does.
        """
        with self.index.writer() as writer:
            self.snapshot = writer.merge()

    def verify(self) -> None:
        """Look closely whether the index is whole; raises IndexDamaged."""
        self.index.verify()

    @_on_what_stands
    def search(  # noqa: PLR0913  # one call takes all that narrows a search
        self,
        query: str,
        *,
        filters: Filters = Filters(),  # noqa: B008  # frozen, so sharing it is safe
        sort: Sort = "relevance",
        limit: int = 10,
        as_of: date | None = None,
        exclude: frozenset[str] = frozenset(),
    ) -> Ranking:
        """Articles for a query, best first; see `Snapshot.search` for the query's syntax.

        By relevance, a query that is the headline of an article finds it first, then the other
        reports of its story. The article ids in `exclude` are left out.
        """
        stories = self.stories
        snapshot = stories.snapshot

        def find(most: int, exclude: frozenset[str]) -> Ranking:
            return snapshot.search(
                query, filters=filters, sort=sort, limit=most, as_of=as_of, exclude=exclude
            )

        ranking = find(limit, exclude)
        if sort != "relevance":
            return ranking
        headlined = find_headlined(query, find(LOOKED_AT, frozenset()) if exclude else ranking)
        if headlined is None:
            return ranking
        return lead_with_story(find(max(limit, DEPTH), exclude), headlined, stories, limit)

    @_on_what_stands
    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        window: Window | None = None,
        outlet: str = "",
        context: Context = _NO_CONTEXT,
    ) -> Answer:
        """Answer with quotes, or abstain.

        `as_of` is the day the question is asked (today in UTC unless given); `context` is the
        `Answer.context` of the turn before, for a follow-up. `window` and `outlet` narrow what is
        searched and win over what the question itself says.
        """
        stories = self.stories
        snapshot = stories.snapshot
        today = as_of or datetime.now(UTC).date()
        read = parse_question(
            question,
            as_of=today,
            outlets=snapshot.outlets,
            window=window,
            outlet=outlet,
            languages=snapshot.languages,
            context=context,
        )
        if read.window is None and (event := find_event_window(read.text, today, stories)):
            read = replace(read, window=event.window)
        return answer_question(read, snapshot, stories.within_answer())

    @_on_what_stands
    def story(self, wanted: str, *, as_of: date | None = None) -> Story | None:
        """The story of an article id, or the one that a query names; none where nothing fits.

        Where the query fits several stories alike, the likeliest, with all as its `choices`.
        """
        article = self.article(wanted)
        return self.stories.find(article) if article else find_named(self.stories, wanted, as_of)

    @_on_what_stands
    def timeline(self, wanted: str, *, as_of: date | None = None) -> Timeline | None:
        """A story in time order, with what each report added; none where nothing fits."""
        story = self.story(wanted, as_of=as_of)
        if story is None:
            return None
        return build_timeline(self.stories, story, "" if self.article(wanted) else wanted)

    @_on_what_stands
    def compare(self, wanted: str, *, as_of: date | None = None) -> Comparison | None:
        """A story outlet by outlet and where they differ; none where nothing fits."""
        story = self.story(wanted, as_of=as_of)
        return compare_outlets(self.snapshot, story) if story else None

    @_on_what_stands
    def changes(self, since: date, until: date | None = None) -> Changes:
        """Stories that are new since a day, and older ones that gained reports."""
        return find_changes(self.snapshot, since, until)

    @_on_what_stands
    def latest(self, *, topic: str = "", outlet: str = "", limit: int = 10) -> tuple[Article, ...]:
        """The newest articles, newest first; undated ones are left out."""
        filters = Filters(topic=topic, outlet=outlet)
        hits = self.snapshot.search("", filters=filters, sort="newest", limit=limit).hits
        return tuple(hit.article for hit in hits if hit.article.day)

    def articles_of(self, file: str = "") -> tuple[Article, ...]:
        """Every article in the order of files, or those of the files that end in this path."""
        wanted = [
            a for a in self.snapshot.articles() if f"/{a.path}".endswith(f"/{file}" if file else "")
        ]
        return tuple(sorted(wanted, key=lambda article: article.path))

    @_on_what_stands
    def suggest_titles(self, prefix: str, limit: int = 25) -> tuple[Article, ...]:
        """Articles whose title goes with what was typed so far, closest first.

        Any word may be the one that was begun; where nothing was typed, the newest articles.
        """
        if not prefix.strip():
            return self.latest(limit=limit)
        return tuple(self.snapshot.complete_titles(prefix, limit))

    def suggest_outlets(self, prefix: str, limit: int = 25) -> tuple[str, ...]:
        """Outlets that go with what was typed so far: those that begin so, then the largest."""
        return suggest(prefix, self.snapshot.outlets, limit)

    def suggest_topics(self, prefix: str, limit: int = 25) -> tuple[str, ...]:
        """Topics that go with what was typed so far: those that begin so, then the largest."""
        return suggest(prefix, self.snapshot.topics, limit)

    @_on_what_stands
    def article(self, article_id: str) -> Article | None:
        """The article of that id, or none."""
        try:
            return self.snapshot.article(article_id)
        except KeyError:
            return None

    def article_at(self, url: str) -> Article | None:
        """The article of that address, with or without `www.` and what only tracks, or none."""
        from retrieval.reading.builder import (  # noqa: PLC0415  # loads the parsers
            build_address_id,
        )

        return self.article(build_address_id(url))

    def status(self) -> Status:
        """What the coverage holds now."""
        snapshot = self.snapshot
        return Status(
            span=snapshot.span,
            passages=snapshot.passages,
            outlets=len(snapshot.outlets),
            topics=len(snapshot.topics),
            updated=self.updated,
            folders=tuple(str(folder) for folder in self.folders),
        )


@dataclass(frozen=True, slots=True)
class _Standing:
    """The version in use, and what was seen of it so far, by feeds."""

    stories: StoryFinder
    views: Callable[[frozenset[str]], StoryFinder]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        return cls(StoryFinder(snapshot), lru_cache(VIEWS)(partial(_restrict, snapshot)))


def _restrict(snapshot: Snapshot, feeds: frozenset[str]) -> StoryFinder:
    return StoryFinder(snapshot.restricted(feeds))
