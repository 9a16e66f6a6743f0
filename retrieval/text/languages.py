"""Which language a text is in: by its script, and by the little words that every sentence needs."""

# ruff: noqa: SIM905  # long lists read as words

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from retrieval.text.analysis import list_stop_words
from retrieval.text.lexicon import lexicon, list_languages

if TYPE_CHECKING:
    from collections.abc import Collection


class _Model(Protocol):
    """What the library's identifier is asked: the likeliest language, and how likely it is."""

    def classify(self, text: str) -> tuple[str, float]: ...


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
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]+)*")
# The share of little words in running text is .3 to .5; with this one and so many times that of the
# next language, the text needs no closer look. By hand.
_MANY = 0.15
_CLEARLY = 1.5
# The model is asked of texts of so many words, and believed from this probability on. By hand.
_ENOUGH = 4
_SURE = 0.9
# What it may say: languages that newsrooms publish in, in Latin letters. The more are allowed, the
# more often a headline of names is taken for one of them.
_IDENTIFIED = frozenset(
    """ca cs da de en es et fi fr hr hu id it lt lv nb nl no pl pt ro sk sl sv tr vi""".split()
)
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


def identify_language(text: str, declared: object = "") -> str:
    """The language of an article's text, two letters (ISO 639-1); English where nothing tells.

    What a file declares counts, then the script, then the little words; only a text of Latin
    letters that has too few of these is given to a model (py3langid), which takes a second to load.
    """
    if isinstance(declared, str) and (code := _CODE.fullmatch(declared.strip())):
        return code[1].lower()
    if by_script := identify_script(text):
        return by_script
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return "en"
    shares = sorted(
        (_count_little_words("", words, language) / len(words), language)
        for language in _latin_languages()
    )
    (second, _), (first, likely) = shares[-2:]
    if first >= _MANY and first >= _CLEARLY * second:
        return likely
    return _ask_model(text[:_SAMPLE]) if len(words) >= _ENOUGH else "en"


def _ask_model(text: str) -> str:
    language, probability = _load_model().classify(text)
    return str(language) if probability >= _SURE else "en"


@cache
def _load_model() -> _Model:
    from py3langid.langid import (  # noqa: PLC0415  # a second to load, and needed by few texts
        MODEL_FILE,
        LanguageIdentifier,
    )

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_IDENTIFIED & set(model.labels))
    return cast("_Model", model)


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
