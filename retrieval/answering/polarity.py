"""Where a sentence denies, takes out or only supposes what is asked."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.text.tokens import Word

# What supposes, asks for or believes, in English: neither yes nor no.
HEDGES = re.compile(
    r"\b(?:may|might|could|would|should|if|whether|reportedly|rumou?r\w*|plans?|planned|expected"
    r"|likely|possib\w+|consider\w*|hopes?|wants?|asked|unclear|unless|allegedly|suggests?"
    r"|believe\w*|thinks?|thought|tell(?:s|ing)?|urg\w+|warn\w*|fear\w*|worr\w+|stop\w* short"
    r"|calls? (?:for|on)|called (?:for|on)|claim\w*)\b|\?",
    re.IGNORECASE,
)
# What takes something out of what is said, in English.
TAKES_OUT = re.compile(
    r"\b(?:except|excluding|without|instead|rather than|unlike|no longer|other than|stops?"
    r"|stopped|ends?|ended|drop(?:s|ped)?|remov\w+|ban(?:s|ned|ning)?|prohibit\w*|block\w*"
    r"|scrap\w*|cancel\w*|halt\w*|suspend\w*|refus\w+|reject\w*|den(?:y|ies|ied)|lacks?"
    r"|prevent\w*|abandon\w*|exclud\w+|differences?|differs?|away from)\b",
    re.IGNORECASE,
)
# What turns against what was said just before, too.
_TURNS = re.compile(r"\b(?:despite|although|but)\b", re.IGNORECASE)
_NEGATED = re.compile(r"n['’]t$")
_BEFORE, _AFTER = 4, 2


def limits(text: str) -> bool:
    """Whether a text takes something out of what it says, or turns against it."""
    return bool(TAKES_OUT.search(text) or _TURNS.search(text))


def count_negations(words: Iterable[Word], language: str) -> int:
    """How many words of these say no."""
    listed = lexicon(language).listed("negations")
    return sum(word.lower in listed or bool(_NEGATED.search(word.lower)) for word in words)


def is_negated(words: Sequence[Word], at: int, language: str) -> bool:
    """Whether a word that says no stands close before a word, or just after it."""
    return bool(count_negations(words[max(0, at - _BEFORE) : at + _AFTER + 1], language))
