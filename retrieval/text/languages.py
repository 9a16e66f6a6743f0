"""Which language a text is in: by its script, and by the little words that every sentence needs."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.text.analysis import list_stop_words
from retrieval.text.lexicon import lexicon, list_languages

if TYPE_CHECKING:
    from collections.abc import Collection

# Kana before Han and Hangul before Han: Japanese and Korean may hold Han, Chinese holds neither.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 0.15),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.15),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("hi", re.compile("[\u0900-\u097f]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
)
# Languages that share a script with the one named after it, and a mark that tells them apart.
_WITHIN = {
    "ru": (("uk", re.compile("[\u0456\u0457\u0454\u0491]")), ("bg", re.compile("(?!)"))),
    "ar": (("fa", re.compile("[\u067e\u0686\u06af\u06cc]")), ("ur", re.compile("[\u0679\u06d2]"))),
}
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SAMPLE = 2000
# A word that asks ("wann", "¿qué") says more than one that stands in many sentences.
_ASKING = 2.0
_MARKS = {
    "es": re.compile("[¿¡ñ]"),
    "de": re.compile("[äöüß]"),
    "fr": re.compile("[çèêœ]|\\b[lds]['\u2019]"),
    "tr": re.compile("[ıİşğ]"),
    "pt": re.compile("[ãõ]"),
}


def identify_script(text: str) -> str | None:
    """The language that a text's script tells, or none: it is Latin, or hardly any letters."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return None
    letters = len(_LETTER.findall(sample)) or 1
    for language, script, share in _SCRIPTS:
        if len(script.findall(sample)) > share * letters:
            within = _WITHIN.get(language, ())
            return next((other for other, mark in within if mark.search(sample)), language)
    return None


def identify_question(text: str, among: Collection[str] = ("en",)) -> str:
    """The language of a question: by script, else by its little words; two letters.

    `among` are the languages of the coverage, the commonest first: of two that are as likely one
    of them is taken, and where no little word tells anything the first of them.
    """
    by_script = identify_script(text)
    if by_script:
        return by_script
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]
    usual = list(dict.fromkeys(among)) or ["en"]
    scores = {
        language: _count_little_words(text, words, language)
        for language in (*usual, *sorted(_latin_languages() - set(usual)))
    }
    best = max(scores.values(), default=0)
    likely = [language for language, score in scores.items() if score == best]
    return likely[0] if best > 0 else usual[0]


def _count_little_words(text: str, words: list[str], language: str) -> float:
    little, asking = _little_words(language)
    score = sum(_ASKING if word in asking else float(word in little) for word in words)
    mark = _MARKS.get(language)
    return score + bool(mark and mark.search(text.lower()))


@cache
def _little_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    asking = lexicon(language).listed("words") if language in list_languages() else frozenset()
    return list_stop_words(language) | asking, frozenset(asking)


@cache
def _latin_languages() -> frozenset[str]:
    scripts = {language for language, _, _ in _SCRIPTS}
    return frozenset(list_languages()) - scripts
