"""Where a text is cut into passages: at the ends of paragraphs and sentences."""

from __future__ import annotations

# ruff: noqa: RUF001  # sentences end with typographic and Chinese signs too
import re
from itertools import pairwise

FEWEST_WORDS = 60
MOST_WORDS = 120

_SHORT_WORD = 12  # characters that count as a word where there are no spaces

_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\Wa-z_])|(?<=[。！？।॥۔؟])")
_WORD = re.compile(r"\w+")


def cut_passages(text: str) -> list[tuple[int, int]]:
    """Give the passages of a text as (start, end), in order, blank space between them left out.

    A passage has about 60 to 120 words; a shorter one is the whole text or its last part, and a
    sentence longer than that is cut between words.
    """
    if len(text) <= MOST_WORDS * _SHORT_WORD and len(text.split()) <= MOST_WORDS:
        return [_strip(text, 0, len(text))]
    passages: list[tuple[int, int]] = []
    start, words = 0, 0
    for piece_start, piece_end, ends_paragraph in _pieces(text):
        count = _count_words(text[piece_start:piece_end])
        if words and words + count > MOST_WORDS:
            passages.append((start, piece_start))
            start, words = piece_start, 0
        words += count
        if words >= FEWEST_WORDS and (ends_paragraph or words >= MOST_WORDS):
            passages.append((start, piece_end))
            start, words = piece_end, 0
    if words or not passages:
        passages.append((start, len(text)))
    return [_strip(text, *passage) for passage in passages]


def _pieces(text: str) -> list[tuple[int, int, bool]]:
    """Cut a text into sentences, none over the most words, each with "ends its paragraph"."""
    pieces: list[tuple[int, int, bool]] = []
    for start, end in _cut_at(_PARAGRAPH, text, 0, len(text)):
        sentences = _cut_at(_SENTENCE_END, text, start, end)
        parts = [part for s in sentences for part in _cut_long(text, *s)]
        pieces += [(s, e, e == end) for s, e in parts]
    return pieces


def _cut_at(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    ends = [match.end() for match in pattern.finditer(text, start, end)]
    starts = [start, *ends]
    return [(s, e) for s, e in zip(starts, [*ends, end], strict=True) if s < e]


def _cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence of more than the most words after every so many of them."""
    if end - start <= MOST_WORDS:
        return [(start, end)]
    words = [match.end() for match in _WORD.finditer(text, start, end)]
    cuts = words[MOST_WORDS - 1 :: MOST_WORDS]
    edges = [start, *[cut for cut in cuts if cut < end], end]
    return [piece for s, e in pairwise(edges) for piece in _cut_unspaced(s, e)]


def _cut_unspaced(start: int, end: int) -> list[tuple[int, int]]:
    """Cut what has no spaces (Chinese, a long address) into stretches that stay readable."""
    longest = MOST_WORDS * 20
    return [(at, min(at + longest, end)) for at in range(start, end, longest)]


def _count_words(piece: str) -> int:
    """Count words; a run without spaces counts one for every twelve characters."""
    return max(len(_WORD.findall(piece)), len(piece) // _SHORT_WORD)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return start, start
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(kept)
