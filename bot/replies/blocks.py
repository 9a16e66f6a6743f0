"""The blocks of a reply, dealt out over pages without parting a quote from its source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from bot.replies.cutting import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Action = Literal[
    "more_sources",  # further articles behind an answer
    "search",  # every article with words of a question that found no answer
    "more_from_story",  # everything told about the event of the first source
    "timeline",
    "compare",
    "sort",  # by relevance, newest or oldest first
    "show",  # publish a private reply
    "thread",  # go on in a thread
    "feedback",  # thumbs up and down
    "delete",
]

TITLE_LIMIT = 200
QUOTE_LIMIT = 600
HEADLINE_LIMIT = 160
NOTE_LIMIT = 300
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAST_QUOTE = 60  # a quote is never cut below this to make room


@dataclass(frozen=True, slots=True)
class Title:
    """What was asked or listed, often in a person's words; `link` leads to the article named."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The start of a section; it stays with the block after it."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of an article, byte for byte; `highlights` are ranges in `text`.

    `source` is the number of its citation, 0 inside a citation. `cut`: the sentence goes on.
    `label` stands above the quote: the part of the question that it answers. `aside` are words of
    our own in front of it: that it is an earlier statement, or whose it is.
    """

    text: str
    source: int = 0
    highlights: tuple[tuple[int, int], ...] = ()
    cut: bool = False
    label: str = ""
    aside: str = ""

    @property
    def mark(self) -> str:
        """The number of its citation as it stands after a quote, raised; "" for none."""
        return str(self.source).translate(SUPERSCRIPTS) if self.source else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One article: its number (0: none shown), headline, link, outlet, day, who else tells it.

    `link` is an http or https address out of the article's record or none; `domain` is where it
    leads when the outlet's name does not say so, else "". `title` is "" under a title that says
    it, with the link.
    """

    n: int
    outlet: str
    day: str
    title: str
    link: str | None
    domain: str = ""
    also: str = ""
    quotes: tuple[Quotation, ...] = ()
    article_id: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the reader."""

    text: str


@dataclass(frozen=True, slots=True)
class Footer:
    """What the coverage spans and the day it was asked as of."""

    text: str


Block: TypeAlias = Title | Heading | Quotation | Citation | Note | Footer
Measure: TypeAlias = "Callable[[Block], int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Blocks in reading order and what can be done next; `subject` and `story` feed follow-ups.

    `story` is the id of an article of the story shown, "" for none. `page` counts from 1. `choices`
    are the citations among which the reader is asked to choose what is meant. Of a long list,
    `before` and `after` say how many lines come before the first and after the last that are shown.
    """

    blocks: tuple[Block, ...]
    actions: frozenset[Action] = frozenset()
    answered: bool = True
    subject: str = ""
    story: str = ""
    choices: tuple[Citation, ...] = ()
    before: int = 0
    after: int = 0
    page: int = 1
    pages: int = 1

    def without_title(self) -> Reply:
        """The same reply without the words that were asked."""
        return replace(self, blocks=tuple(b for b in self.blocks if not isinstance(b, Title)))

    def paged(self, measure: Measure, room: int, *, most: int = 10) -> tuple[Reply, ...]:
        """Deal the blocks out over pages of at most `room` (as measured) and `most` citations.

        Title and footer stand on every page, and each quote on the page of its citation. Only when
        one citation with its quotes is larger than a page are its quotes cut, at a sentence end.
        """
        frame: list[Block] = [b for b in self.blocks if isinstance(b, Title | Footer)]
        left = room - sum(map(measure, frame))
        groups = [_fit(group, measure, left) for group in _groups(self.blocks)]
        pages = list(_deal(groups, measure, left, most)) or [[]]
        return tuple(
            replace(self, blocks=_in_order(self.blocks, frame, page), page=n, pages=len(pages))
            for n, page in enumerate(pages, start=1)
        )


_Placed: TypeAlias = tuple[int, Block]  # a block and its place in the reply


def _groups(blocks: tuple[Block, ...]) -> list[list[_Placed]]:
    """What must share a page: a citation, the quotes that name it, and the heading before it."""
    groups: list[list[_Placed]] = []
    waiting: list[_Placed] = []
    loose: dict[int, list[_Placed]] = defaultdict(list)
    for placed in enumerate(blocks):
        match placed[1]:
            case Title() | Footer():
                continue
            case Quotation(source=source):
                loose[source].append(placed)
            case Heading():
                waiting.append(placed)
            case Citation(n=n):
                groups.append([*waiting, *loose.pop(n, []), placed])
                waiting = []
            case Note():
                groups.append([*waiting, placed])
                waiting = []
    return [group for group in [*groups, waiting, *loose.values()] if group]


def _fit(group: list[_Placed], measure: Measure, room: int) -> list[_Placed]:
    """Cut the quotes of a group, the longest first, until it fits in the room."""
    while sum(measure(block) for _, block in group) > room:
        longest = max(_quote_lengths(group), default=0)
        if longest <= LEAST_QUOTE:
            break
        limit = max(LEAST_QUOTE, longest * 3 // 4)
        group = [(place, _cut_quotes(block, limit)) for place, block in group]
    return group


def _quote_lengths(group: list[_Placed]) -> Iterator[int]:
    for _, block in group:
        match block:
            case Quotation(text=text):
                yield len(text)
            case Citation(quotes=quotes):
                yield from (len(quote.text) for quote in quotes)
            case _:
                pass


def _cut_quotes(block: Block, limit: int) -> Block:
    match block:
        case Quotation():
            return cut_quotation(block, limit)
        case Citation(quotes=quotes):
            return replace(block, quotes=tuple(cut_quotation(q, limit) for q in quotes))
        case _:
            return block


def cut_quotation(quote: Quotation, limit: int) -> Quotation:
    """Shorten a quote to its first sentences, or words; what remains is still word for word."""
    if len(quote.text) <= limit:
        return quote
    text, whole = shorten(quote.text, limit)
    marks = tuple((start, end) for start, end in quote.highlights if end <= len(text))
    return replace(quote, text=text, highlights=marks, cut=not whole)


def _deal(
    groups: Iterable[list[_Placed]], measure: Measure, room: int, most: int
) -> Iterator[list[_Placed]]:
    page: list[_Placed] = []
    size = 0
    for group in groups:
        weight = sum(measure(block) for _, block in group)
        cited = sum(isinstance(block, Citation) for _, block in page)
        if page and (size + weight > room or cited >= most):
            yield page
            page, size = [], 0
        page, size = page + group, size + weight
    if page:
        yield page


def _in_order(
    blocks: tuple[Block, ...], frame: list[Block], page: list[_Placed]
) -> tuple[Block, ...]:
    placed = [*page, *((n, b) for n, b in enumerate(blocks) if b in frame)]
    return tuple(block for _, block in sorted(placed, key=lambda each: each[0]))
