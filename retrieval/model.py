"""The records that pass from reading to replying; offsets count characters of `Article.text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

DateFrom = Literal["field", "front matter", "file name", "dateline", "none"]
Sort = Literal["relevance", "newest", "oldest"]
NoteKind = Literal[
    "corrected",  # nothing says `asked`, so `searched` was searched
    "other_outlets",  # nothing from `outlet`: from others, in the same days
    "other_days",  # nothing in the days of `window`: from other days, by the same outlet
    "all_coverage",  # nothing from `outlet` (if any) in `window` (if any): from everywhere
    "first_report",  # `outlet` was first, on `day`; then `others`, and `unnamed` more outlets
]
# The form of a reply, by what was asked for; the table in docs/design.md says what each shows.
Form = Literal[
    "fact", "yes_no", "list", "count", "comparison", "summary", "why", "definition", "parts",
    "reports", "news",
    "unsure",  # something near, but not sure: `closest` holds it
    "none",  # nothing near
]  # fmt: skip
LeadKind = Literal[
    "says_yes",  # the quote itself affirms what was asked
    "says_no",  # the quote itself denies it
    "differs",  # one quote affirms, another denies
    "counted",  # `n` outlets told the story
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an article said before its outlet changed it."""

    title: str
    text: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report of one outlet.

    `id` is stable over re-reading. `published` is aware, in the time zone that the outlet printed,
    or none, and `date_from` says where it was found; `updated` is when this text was written, where
    that is said. `revisions` are earlier texts of the same address, newest first.
    `listings` are the ranges of `text` that are code or checksums: kept, and no sentences.
    `digest` marks a text that retells the article in our own words: it is quoted as "digest of
    <outlet>" and gets no link to a sentence. `path` is the file it came from.
    `body` is "" where coverage holds an excerpt only. `feed` is the id of the web feed that brought
    it, "" for a file that the operator put there.
    """

    id: str
    title: str
    excerpt: str = ""
    body: str = ""
    url: str | None = None
    outlet: str = ""
    domain: str = ""
    author: str | None = None
    published: datetime | None = None
    date_from: DateFrom = "none"
    topics: tuple[str, ...] = ()
    quality: float | None = None
    digest: bool = False
    language: str = "en"
    aliases: tuple[str, ...] = ()
    path: str = ""
    updated: datetime | None = None
    revisions: tuple[Revision, ...] = ()
    feed: str = ""
    listings: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """Excerpt and body, a blank line between; what is indexed, and what quotes are cut from."""
        return "\n\n".join(part for part in (self.excerpt, self.body) if part)

    @property
    def day(self) -> date | None:
        """The day of publication as the outlet printed it, or none."""
        return self.published.date() if self.published else None


@dataclass(frozen=True, slots=True)
class Window:
    """A range of days, both ends included; none leaves that end open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in the window; an article without a day lies in none."""
        if day is None:
            return False
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be; none and "" ask nothing. Names are compared without case.

    `undated` asks for articles without a day.
    """

    window: Window | None = None
    outlet: str = ""
    topic: str = ""
    language: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text, `start` to `end` exclusive, with its own score."""

    article_id: str
    start: int
    end: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found: `rank` from 1, `score` falling with rank, best passage first."""

    rank: int
    score: float
    article: Article
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The outcome of one search.

    `total` counts every article that matched, not only the hits returned. `corrections` pairs each
    word the coverage lacks with the near one that was searched instead; `corrected` is the query's
    text with these in their places, "" where there are none.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    corrections: tuple[tuple[str, str], ...] = ()
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class StorySummary:
    """Who else tells the story of a source: other outlets, and copies of one wire text."""

    outlets: tuple[str, ...] = ()
    copies: int = 0
    first: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences: `text == article.text[start:start + len(text)]`.

    `highlights` are ranges in `text`, sorted and apart: the words that answer, else those asked.
    With `headline`, `text == article.title` and `start` is 0. An `earlier` one was superseded by a
    quote before it. `label` says for what part of the question it stands, in the question's own
    words: a side of a comparison, one of two questions.
    """

    text: str
    source: int
    article_id: str
    start: int
    highlights: tuple[tuple[int, int], ...] = ()
    headline: bool = False
    earlier: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered article behind a quote; `deep_link` opens on the quoted words where it can."""

    n: int
    article: Article
    deep_link: str | None
    story: StorySummary = StorySummary()


@dataclass(frozen=True, slots=True)
class Span:
    """What the coverage holds: how many articles, and the first and last day among them."""

    articles: int
    oldest: date | None
    newest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNote:
    """What a reader must know of how an answer came about; `kind` says which fields it fills.

    Whoever shows it finds the words, in the reader's language.
    """

    kind: NoteKind
    outlet: str = ""
    window: Window | None = None
    asked: str = ""
    searched: str = ""
    day: date | None = None
    others: tuple[str, ...] = ()
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class Lead:
    """A fixed form of words above the quotes; whoever shows it says it in the reader's tongue."""

    kind: LeadKind
    n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a follow-up may take from the turn before it; all of it empty where there was none.

    `question` is that turn's question as it was understood, complete in itself. `entities` are the
    names it was about, `attribute` the words asked of them, in lower case. `articles` are the ids
    of the articles quoted, in the order of the quotes, and `answers` the names that its first quote
    gave as the answer: "he" after "who won?" is one of these.
    """

    question: str = ""
    form: Form = "fact"
    entities: tuple[str, ...] = ()
    attribute: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Quotes with their sources in the form asked for, or an abstention with the nearest headlines.

    Three outcomes: `answered` with `quotes`; not, with form "unsure" and the `closest` sentences;
    not, with form "none". `sources` are those of the quotes, or of the closest.

    `confidence` is a calibrated probability, 0 to 1, that the coverage holds the answer.
    `window` is the range of days that was searched; `notes` say what was relaxed or corrected for
    the answer. `more` are further articles found, none of them among the sources. `context` is what
    a follow-up takes from it.
    """

    question: str
    answered: bool
    confidence: float
    as_of: date
    span: Span
    window: Window | None = None
    form: Form = "fact"
    lead: Lead | None = None
    quotes: tuple[Quote, ...] = ()
    closest: tuple[Quote, ...] = ()
    sources: tuple[Source, ...] = ()
    nearest: tuple[Article, ...] = ()
    more: tuple[Article, ...] = ()
    notes: tuple[AnswerNote, ...] = ()
    context: Context = Context()
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles that carry one text: the earliest first, the rest its copies."""

    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class StoryChoice:
    """A story that is meant perhaps: its first report, and how many reports and outlets tell it."""

    article: Article
    reports: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, earliest first (undated last); `copies` groups shared texts.

    Where the words asked for fit several stories alike, `choices` holds them all, newest first, and
    this one is only the likeliest: whoever shows it asks which is meant.
    """

    articles: tuple[Article, ...]
    copies: tuple[CopyGroup, ...] = ()
    choices: tuple[StoryChoice, ...] = ()

    @property
    def outlets(self) -> tuple[str, ...]:
        """Outlet names in order of first report."""
        return tuple(dict.fromkeys(a.outlet for a in self.articles if a.outlet))

    @property
    def independent(self) -> tuple[str, ...]:
        """Outlet names without those that only copied another one's text."""
        copies = {article.id for group in self.copies for article in group.articles[1:]}
        own = (a.outlet for a in self.articles if a.outlet and a.id not in copies)
        return tuple(dict.fromkeys(own))


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One report of a story and the sentence that it added (none for nothing new)."""

    article: Article
    added: Quote | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One event of a story that went on, with what its reports added."""

    story: Story
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story over time: its event and those about the same thing, each a chapter, earliest first.

    `entries` are those of all chapters, in their order.
    """

    story: Story
    entries: tuple[TimelineEntry, ...]
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two outlets of one story that give different numbers or dates for the same thing."""

    about: str
    left: Quote
    left_article: Article
    right: Quote
    right_article: Article


@dataclass(frozen=True, slots=True)
class Comparison:
    """A story outlet by outlet: who covered it, who did not, and where they differ.

    `window` holds the days around the story in which those who did not were heard, or none where
    the story has no day.
    """

    story: Story
    covered: tuple[str, ...]
    not_covered: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What came since a day: stories first told since, and older ones with new reports.

    `until` is the last day of them, where one was asked for; `undated` counts the articles that
    have no day, and so are in neither.
    """

    since: date
    new: tuple[Story, ...]
    grown: tuple[tuple[Story, tuple[TimelineEntry, ...]], ...]
    until: date | None = None
    undated: int = 0
