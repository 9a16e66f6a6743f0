"""Which language a text is in: what its file says, else its script, else its words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Kana before Han and Hangul before Han: Japanese and Korean may hold Han, Chinese holds neither.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 0.15),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.15),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
)
# Scripts of several languages, which the words tell apart, and the language of most of them.
_SHARED_SCRIPTS = (
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr", "be", "mk", "kk", "mn")),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa", "ur", "ps", "ku")),
    (re.compile("[\u0900-\u097f]"), ("hi", "mr", "ne")),
)
_SHARED = 0.3
_LATIN = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "sk", "sl", "hr",
    "hu", "ro", "tr", "id", "vi", "ca", "et", "lv", "lt", "is", "ga", "eu", "sq", "az", "af",
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_ACCENTED = re.compile(r"[^\W\d_A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2000
# Fewer letters than this are a name as often as a sentence: nothing but their script tells.
_FEWEST_LETTERS = 24
_FEWEST_ACCENTED = 14
# How much likelier (natural logarithm) another language must be than English to be believed, in
# plain letters and where some have accents, which English hardly ever has. Set by hand.
_MARGIN, _MARGIN_ACCENTED = 6.0, 1.0
# Words that English text is full of, and other languages are not.
_ENGLISH = frozenset(("the", "and", "of", "to", "that", "with", "for", "was", "is", "its", "from"))
_ENGLISH_SHARE = 0.08
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


def detect_language(text: str, declared: object = "") -> str:
    """Two letters (ISO 639-1): what the file declares, else told by script and words, else `en`."""
    if isinstance(declared, str) and (code := _parse_code(declared.strip())):
        return code
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if not sample.isascii():
        for language, script, share in _SCRIPTS:
            if len(script.findall(sample)) > share * letters:
                return language
        for script, languages in _SHARED_SCRIPTS:
            if len(script.findall(sample)) > _SHARED * letters:
                return _identify(sample, letters, languages)
    if _is_english(sample):
        return "en"
    return _identify(sample, letters, _LATIN)


def _parse_code(declared: str) -> str:
    code = _NAMES.get(declared.casefold(), "")
    if not code and (found := _CODE.fullmatch(declared)):
        code = found.group(1).lower()
    return _SAME.get(code, code)


def _is_english(sample: str) -> bool:
    words = [word.lower() for word in _WORD.findall(sample)]
    return sum(word in _ENGLISH for word in words) > _ENGLISH_SHARE * len(words)


def _identify(sample: str, letters: int, languages: tuple[str, ...]) -> str:
    """The likeliest of the languages, the first of them unless another is clearly likelier."""
    accented = _ACCENTED.search(sample) is not None
    if letters < (_FEWEST_ACCENTED if accented else _FEWEST_LETTERS):
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
