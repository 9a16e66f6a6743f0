"""Where an English sentence says what someone or something is, or what a thing is called."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.text.analysis import list_stop_words

if TYPE_CHECKING:
    from collections.abc import Sequence

# After a name, what says who or what bears it.
_SAID_AFTER = (
    r"(?:[’']s)?,? ?(?:\(\d+\)|\d+)?,? (?:is|was|are|were) (?:an?|the|one of|now)\b"
    r"|,? ?(?:\d+,)? (?:an?|the|who|whose|nicknamed|known as|dubbed|founder|chief|head)\b"
    r"|:? ?[(:–—-]? ?(?:an?|the) "
)
# Before a name that somebody goes by.
_GOES_BY = re.compile(
    r"\b(?:known (?:\w+ ){0,4}as|called|nicknamed|dubbed|named|is the real|was the real)\W*$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*) $")
_NO_NOUN = frozenset(
    """said says told like called including than via per joined met against beside without into
    accused""".split()
)


def says_what_it_is(text: str, names: Sequence[str]) -> bool:
    """Whether a noun stands before one of the names ("arms dealer Orla Venn") or after it."""
    return any(_says(text, name) for name in names)


def _says(text: str, name: str) -> bool:
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        if re.match(_SAID_AFTER, text[found.end() :]):
            return True
        if _GOES_BY.search(text[: found.start()]):
            return True
        before = _WORD_BEFORE.search(text[: found.start()])
        if before and before[1].islower() and _may_be_noun(before[1]):
            return True
    return False


def _may_be_noun(word: str) -> bool:
    little = word in list_stop_words("en") or word in _NO_NOUN
    return len(word) > 3 and not little and not word.endswith(("ing", "ed", "ly"))  # noqa: PLR2004  # "of"


def names_what_is_asked(text: str, noun: str) -> bool:
    """Whether a name follows the noun asked for: "the ferry Ulla", "a ferry called Ulla"."""
    stem = re.escape(noun.removesuffix("s"))
    name = r"(?-i:[“\"‘']?[A-ZÀ-ÖØ-Þ][\w.+-]*)"
    link = r"(?:,? (?:called|named|dubbed|known as|is|was|are))?[,:]?"
    return bool(re.search(rf"\b{stem}s?{link} {name}", text, re.IGNORECASE))
