"""Which language a text is in: as declared, by its script, else by its words."""

# ruff: noqa: SIM905  # long lists read as words; letters of other scripts are meant

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.text.analysis import list_stop_words
from retrieval.text.lexicon import lexicon, list_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


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
# Languages that share the script of the one named first, which the model tells apart.
_SHARED_SCRIPTS = {
    "ru": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "mn"),
    "ar": ("ar", "fa", "ur", "ps", "ku"),
    "hi": ("hi", "mr", "ne"),
}
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SAMPLE = 2000
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_.@][\w.@-]+)?")
_NAMES = {
    "english": "en", "deutsch": "de", "german": "de", "french": "fr", "français": "fr",
    "spanish": "es", "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt",
    "português": "pt", "dutch": "nl", "nederlands": "nl", "chinese": "zh", "中文": "zh",
    "japanese": "ja", "日本語": "ja", "korean": "ko", "한국어": "ko", "russian": "ru",
    "русский": "ru", "turkish": "tr", "türkçe": "tr", "arabic": "ar", "العربية": "ar",
    "hindi": "hi", "हिन्दी": "hi", "polish": "pl", "polski": "pl", "ukrainian": "uk",
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "rus": "ru", "tur": "tr", "ara": "ar", "hin": "hi", "pol": "pl", "ukr": "uk",
}  # fmt: skip
# What other standards and habit write for a language: countries, macrolanguages, old codes.
_SAME = {"jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh", "gr": "el", "cz": "cs", "dk": "da",
         "se": "sv", "ua": "uk", "nb": "no", "nn": "no", "iw": "he", "in": "id", "us": "en",
         "gb": "en", "br": "pt"}  # fmt: skip
# English text is full of these and needs no closer look: at least so many, and so many of all.
_ENGLISH = frozenset("the and of to that with for was is its from".split())
_FEWEST_ENGLISH, _ENGLISH_SHARE = 2, 0.08
# What the model may say of Latin letters: languages that newsrooms publish in. The more are
# allowed, the more often a headline of names is taken for one of them.
_LATIN = tuple(
    """en de fr es it pt nl sv da no fi pl cs sk sl hr hu ro tr id vi ca et lv lt is ga eu sq az
    af""".split()
)
# Fewer letters than this are a name as often as a sentence; fewer do where some have accents.
_FEWEST_LETTERS, _FEWEST_ACCENTED = 24, 14
_ACCENTED = re.compile(r"[^\W\d_A-Za-z]")
# How much likelier (natural logarithm) another language must be than English to be believed, in
# plain letters and where some have accents, which English hardly ever has. By hand.
_MARGIN, _MARGIN_ACCENTED = 6.0, 1.0
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
    """The language that a text's script tells, or none: it is Latin, or hardly any letters.

    Of languages that share a script the likeliest.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return None
    letters = len(_LETTER.findall(sample)) or 1
    for language, script, share in _SCRIPTS:
        if len(script.findall(sample)) > share * letters:
            return _identify(sample, letters, _SHARED_SCRIPTS.get(language, (language,)))
    return None


def identify_language(text: str, declared: object = "") -> str:
    """The language of an article's text, two letters (ISO 639-1); English where nothing tells.

    What a file declares counts, as a tag or as a name, then the script; a text in Latin letters
    that is not full of English words is given to a model (py3langid), which takes .1 s to load.
    """
    if isinstance(declared, str) and (code := _parse_tag(declared.strip())):
        return code
    if by_script := identify_script(text):
        return by_script
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    english = sum(word in _ENGLISH for word in words)
    if english >= _FEWEST_ENGLISH and english > _ENGLISH_SHARE * len(words):
        return "en"
    return _identify(sample, len(_LETTER.findall(sample)), _LATIN)


def _parse_tag(declared: str) -> str:
    code = _NAMES.get(declared.casefold(), "")
    if not code and (found := _CODE.fullmatch(declared)):
        code = found[1].lower()
    return _SAME.get(code, code)


def _identify(sample: str, letters: int, languages: tuple[str, ...]) -> str:
    """The likeliest of the languages, the first of them unless another is clearly likelier."""
    accented = _ACCENTED.search(sample) is not None
    if len(languages) == 1 or letters < (_FEWEST_ACCENTED if accented else _FEWEST_LETTERS):
        return languages[0]
    ranked = dict(_ranker()(" ".join(sample.split())))
    best = max(languages, key=lambda language: ranked.get(language, float("-inf")))
    margin = _MARGIN_ACCENTED if accented else _MARGIN
    sure = ranked.get(best, 0.0) - ranked.get(languages[0], float("-inf")) > margin
    return best if sure else languages[0]


@cache
def _ranker() -> Callable[[str], list[tuple[str, float]]]:
    from py3langid import langid  # noqa: PLC0415  # loads its model, needed for few texts

    rank: Callable[[str], list[tuple[str, float]]] = langid.rank
    return rank


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
        language: _count_little_words(text, words, language) - (language not in usual)
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
