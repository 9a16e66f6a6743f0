"""Which words of a quote are shown bold: those that answer, else those that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.selection.tokens import find_starts, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.selection.tokens import Word
    from retrieval.selection.wanted import Wanted

# A word counts as answering from this part of the best agreement in the reply on.
_TELLING = 0.5
_MOST_SHARE = 0.5


def find_highlights(
    text: str, language: str, wanted: Wanted, worth: Mapping[str, float], best: float
) -> tuple[tuple[int, int], ...]:
    """Ranges of the text, in order and apart, at most half of its words.

    `worth` is the agreement on each term, `best` the highest among the quotes of the reply.
    """
    words = read_words(text, language)
    answering = [
        wanted.fit(words, at) == 1.0
        and word.term not in wanted.columns
        and worth.get(word.term, 0.0) >= _TELLING * best > 0
        for at, word in enumerate(words)
    ]
    asked = [word.term in wanted.columns for word in words]
    for marked in (answering, asked):
        if any(marked) and sum(marked) <= _MOST_SHARE * len(words):
            return tuple(_ranges(words, marked, text))
    return ()


def _ranges(words: Sequence[Word], marked: Sequence[bool], text: str) -> Iterator[tuple[int, int]]:
    """The marked words, those with only a space between them as one range."""
    start = end = -1
    for word, at, is_marked in zip(words, find_starts(text), marked, strict=True):
        if not is_marked:
            continue
        if start >= 0 and text[end:at].isspace():
            end = at + len(word.text)
            continue
        if start >= 0:
            yield start, end
        start, end = at, at + len(word.text)
    if start >= 0:
        yield start, end
