"""Shortening text where a reader would stop: at a sentence end, else between words."""

from __future__ import annotations

import unicodedata

from retrieval import split_sentences

LEAST_SHARE = 3  # sentences that fill less than a third of the room give way to cut words


def shorten(text: str, limit: int) -> tuple[str, bool]:
    """Return the beginning of a text, at most `limit` long, and whether it ends with a sentence."""
    if len(text) <= limit:
        return text, True
    ends = [end for _, end in split_sentences(text) if end <= limit]
    if ends and ends[-1] * LEAST_SHARE >= limit:
        return text[: ends[-1]].rstrip(), True
    return _between_words(text, limit), False


def cut_line(text: str, limit: int) -> str:
    """Return a text on one line, at most `limit` long, with "…" where words were left out."""
    line = " ".join(text.split())
    return line if len(line) <= limit else _between_words(line, limit - 1) + "…"


def _between_words(text: str, limit: int) -> str:
    space = max(text.rfind(" ", 0, limit + 1), text.rfind("\n", 0, limit + 1))
    if space * LEAST_SHARE >= limit * 2:
        return text[:space].rstrip()
    while limit > 0 and _joined(text, limit):
        limit -= 1
    return text[:limit].rstrip()


def _joined(text: str, place: int) -> bool:
    """Whether a cut at the place would part a letter from its accent or a compound emoji."""
    after, before = text[place], text[place - 1]
    return unicodedata.category(after).startswith("M") or "\u200d" in (after, before)
