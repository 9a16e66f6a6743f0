"""The sentences among which an answer is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.index.analysis import analyse
from retrieval.selection.boilerplate import is_boilerplate
from retrieval.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.model import Hit

# Read further only where a passage matched: an answer seldom stands deep in a long page.
_READ_CHARACTERS = 9_000
_SHORTEST = 12
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of one hit: `article.text[start:end]`, the `place`-th sentence of its article.

    `hit` counts from 0.
    """

    hit: int
    place: int
    start: int
    end: int
    text: str
    terms: Sequence[str]

    @property
    def quotable(self) -> bool:
        """Whether it may be shown; the others only serve as neighbours."""
        return _SHORTEST <= len(self.text) <= _LONGEST and not is_boilerplate(self.text)


def find_candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the hits' texts, in order."""
    return [found for number, hit in enumerate(hits) for found in _of_article(number, hit)]


def _of_article(number: int, hit: Hit) -> Iterator[Candidate]:
    text = hit.article.text
    for place, (start, end) in enumerate(_spans(hit)):
        sentence = text[start:end]
        yield Candidate(
            hit=number,
            place=place,
            start=start,
            end=end,
            text=sentence,
            terms=analyse(sentence, hit.article.language),
        )


def _spans(hit: Hit) -> list[tuple[int, int]]:
    """Sentences of the beginning, and of the paragraphs further down in which a passage matched."""
    text, language = hit.article.text, hit.article.language
    if len(text) <= _READ_CHARACTERS:
        return split_sentences(text, language)
    spans = split_sentences(text[:_READ_CHARACTERS], language)[:-1]
    for passage in sorted(hit.passages, key=lambda p: p.start):
        read = spans[-1][1] if spans else 0
        start = max(read, text.rfind("\n", 0, passage.start) + 1)
        end = text.find("\n", passage.end)
        stretch = text[start : end if end > 0 else len(text)]
        spans += [(start + s, start + e) for s, e in split_sentences(stretch, language)]
    return spans
