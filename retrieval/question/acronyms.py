"""Short forms in a question, spelt out as the coverage spells them: "d4" is "Diablo 4"."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from retrieval.text.known_words import is_known_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORT = re.compile(r"(?<![\w.-])([^\W\d_]{1,4})(\d{0,2})(?![\w-])(?!\.\d)")
_LINKS = r"(?:of|the|and|for|in)"
_LEAST_SEEN = 2


def expand_acronyms(query: str, texts: Iterable[str]) -> str:
    """The query with each short form that no dictionary knows as two or more texts spell it out.

    A form is spelt out by words with capitals whose first letters make it, a number standing for
    itself. One that the texts do not spell out stays.
    """
    read = list(texts)
    for found in reversed(list(_SHORT.finditer(query))):
        letters, digits = found.groups()
        if len(found[0]) < 2 or (not digits and is_known_word(letters)):  # noqa: PLR2004  # "a", "4"
            continue
        spelt = Counter(name for text in read for name in set(_spell_out(letters, digits, text)))
        if spelt and spelt.most_common(1)[0][1] >= _LEAST_SEEN:
            best = spelt.most_common(1)[0][0]
            query = f"{query[: found.start()]}{best}{query[found.end() :]}"
    return query


def _spell_out(letters: str, digits: str, text: str) -> Iterator[str]:
    words = rf"\s+(?:{_LINKS}\s+)?".join(
        rf"(?-i:{re.escape(letter.upper())})[^\W\d_][\w'’]*"  # noqa: RUF001  # typographic marks are meant
        for letter in letters
    )
    number = rf"\s+{digits}(?![\w.])" if digits else ""
    for found in re.finditer(rf"(?<![\w-]){words}{number}", text):
        yield " ".join(found[0].casefold().split())
