"""Text to terms: one analyser for articles and questions."""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Iterator

_CJK = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_MONEY_UNITS = {"k": "thousand", "m": "million", "b": "billion"}
_UNITS = {"mn": "million", "bn": "billion", "tn": "trillion", "trn": "trillion"}
_MEMO_LIMIT = 500_000
# A compound of two words is also one word where it has no more letters than this. By hand.
_CLOSED_LENGTH = 10
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")
LONGEST_KEPT = 40  # characters; a longer word is seldom met again
# Nearly every word, and the marks around it; what is met here needs no closer look.
_PLAIN = re.compile(
    r"[\"\u201c\u2018(\[]*(?:([A-Za-z]{2,}(?:['\u2019]s)?)|([0-9]+))[.,;:!?)\]\"\u201d\u2026]*"
)
_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "hu": "hungarian",
    "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def analyse(text: str, language: str = "en") -> list[str]:
    """Give the terms of a text without stop words, or with them where nothing else is left.

    `language` is a tag such as "en" or "pt-BR"; one without a stemmer gets unstemmed terms.
    """
    stops = stop_words(language)
    terms = analyse_all(text, language)
    return [term for term in terms if term not in stops] or terms


def analyse_all(text: str, language: str = "en") -> list[str]:
    """Give every term in order, stop words included: what an index stores."""
    memo = _analyser(_base_language(language)).terms
    return list(chain.from_iterable(map(memo.__getitem__, text.split())))


def cut_word(word: str, language: str = "en") -> list[str]:
    """Give the terms of a stretch without blank space; a text's terms are those of its words."""
    return _cut_word(word, _base_language(language))


def analyse_with_offsets(text: str, language: str = "en") -> list[tuple[str, int, int]]:
    """Give (term, start, end) as `analyse` does, the ends being offsets into `text`."""
    stops = stop_words(language)
    spans = list(_spans(text, _base_language(language)))
    return [span for span in spans if span[0] not in stops] or spans


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the terms of a language that carry no meaning of their own.

    The lists follow the Snowball project's (https://snowballstem.org, BSD), shortened.
    """
    return frozenset(
        term
        for word in list_stop_words(language)
        for term in _analyser(_base_language(language)).terms[word]
    )


@cache
def list_stop_words(language: str) -> frozenset[str]:
    """Give the words of `stop_words` as they are written, in lower case."""
    return frozenset(_read_stop_words().get(_base_language(language), "").split())


def stop_word_languages() -> tuple[str, ...]:
    """Give the languages that have a list of stop words."""
    return tuple(_read_stop_words())


@cache
def _read_stop_words() -> dict[str, str]:
    read: dict[str, str] = json.loads(
        files(__package__).joinpath("stop_words.json").read_text("utf-8")
    )
    return read


def _cut_word(word: str, language: str) -> list[str]:
    if plain := _PLAIN.fullmatch(word):
        return [plain[2] or _analyser(language).stem(plain[1].lower().replace("\u2019", "'"))]
    return [term for term, _, _ in _spans(word, language)]


def _spans(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    analyser = _analyser(language)
    for match in _pattern(text).finditer(text):
        for term, start, end in analyser.cut(match[0]):
            yield term, match.start() + start, match.start() + end


def _base_language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].casefold()


def _pattern(text: str) -> re.Pattern[str]:
    """Choose how to find raw words; text with combining marks takes the slower way."""
    if text.isascii() or _marks().isdisjoint(text):
        return _word_pattern("")
    return _word_pattern("".join(sorted(_marks())))


@cache
def _marks() -> frozenset[str]:
    """Give the characters that belong to the letter before them."""
    every = map(chr, range(0x300, 0x10000))
    return frozenset(c for c in every if unicodedata.category(c)[0] == "M")


@cache
def _word_pattern(marks: str) -> re.Pattern[str]:
    letter = rf"[^\W_{_CJK}]"
    base = rf"{letter}(?:[{re.escape(marks)}]|{letter})*" if marks else rf"{letter}+"
    return re.compile(
        # Most words: plain letters with nothing joined to them. The rest only makes this faster.
        r"[A-Za-z]{2,}+(?![-\w'\u2019&\u2010\u2011\u0300-\u1fff])"
        rf"|[{_CJK}]+"
        r"|[A-Za-z](?:\+\+|\#)(?!\w)"  # C++, C#
        rf"|(?<!\w)(?:{letter}\.)+{letter}(?!\w)"  # U.S., N.A.S.A.
        rf"|(?:[$£€¥](?=\d))?{base}(?:(?:[-\u2010\u2011'\u2019&]|(?<=\d)[.,](?=\d)){base})*"
    )


@cache
def _analyser(language: str) -> _Analyser:
    return _Analyser(language)


class _Memo(dict[str, tuple[str, ...]]):
    """Stretches without blank space -> terms, filled as they are met."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> tuple[str, ...]:
        terms = tuple(_cut_word(word, self._language))
        if len(word) <= LONGEST_KEPT:
            if len(self) >= _MEMO_LIMIT:
                self.clear()
            self[word] = terms
        return terms


class _Analyser:
    """Cuts raw words of one language into terms."""

    def __init__(self, language: str) -> None:
        self._folds_accents = language == "en"
        # Its own cache costs six times what stemming does; words that were met are in `terms`.
        self._stemmer = Stemmer.Stemmer(_STEMMERS[language], 0) if language in _STEMMERS else None
        self._lock = threading.Lock()  # a Snowball stemmer serves one thread at a time
        self.terms = _Memo(language)

    def cut(self, raw: str) -> list[tuple[str, int, int]]:
        """Cut one raw word into (term, start, end)."""
        if raw.isalpha() and raw.isascii():  # nearly every word
            return [(self.stem(raw.lower()), 0, len(raw))]
        if re.match(f"[{_CJK}]", raw):
            return _bigrams(raw)
        if re.fullmatch(r"[A-Za-z](?:\+\+|#)", raw):
            return [(raw.lower(), 0, len(raw))]
        if "." in raw and not any(character.isdigit() for character in raw):
            return [(raw.replace(".", "").casefold(), 0, len(raw))]
        if "&" in raw:
            return [(self._fold(raw), 0, len(raw))]
        return self._cut_compound(raw)

    def _cut_compound(self, raw: str) -> list[tuple[str, int, int]]:
        cut: list[tuple[str, int, int]] = []
        parts = list(re.finditer(r"[^-\u2010\u2011]+", raw))
        for part in parts:
            cut += [(term, part.start(), part.end()) for term in self._cut_part(part[0])]
        if len(parts) > 1 and _joins([part[0] for part in parts]):
            joined = self._fold("".join(part[0] for part in parts))
            stem = self.stem(joined) if joined.isalpha() else joined
            cut.append((stem, 0, len(raw)))
        return cut

    def _cut_part(self, part: str) -> list[str]:
        word = self._fold(part)
        if match := re.fullmatch(r"([$£€¥]?)([\d.,]*\d)(\D*)", word):
            return _cut_number(match[1], match[2], match[3])
        if match := _VERSION.fullmatch(word):
            return _cut_version(match[1])
        stem = self.stem(word)
        return [stem if self._folds_accents else _strip_accents(stem)]

    def stem(self, word: str) -> str:
        """Give the stem of a word in lower case."""
        if self._stemmer is None:
            return word
        with self._lock:
            return str(self._stemmer.stemWord(word))

    def _fold(self, word: str) -> str:
        folded = unicodedata.normalize("NFKC", word).casefold().replace("\u2019", "'")
        return _strip_accents(folded) if self._folds_accents else folded


def _bigrams(run: str) -> list[tuple[str, int, int]]:
    """Cut a run of Chinese, Japanese or Korean into pairs of characters, a lone one kept."""
    if len(run) == 1:
        return [(unicodedata.normalize("NFKC", run), 0, 1)]
    return [
        (unicodedata.normalize("NFKC", run[at : at + 2]), at, at + 2) for at in range(len(run) - 1)
    ]


def _joins(parts: list[str]) -> bool:
    """Whether a compound is also known without its hyphen.

    GPT-4, F-35, e-mail, add-on and hand-off are; 2022-23, well-established, state-of-the-art not,
    nor are names: East-West.
    """
    if all(part.isdigit() for part in parts):
        return False
    short = len(parts) == 2 and sum(map(len, parts)) <= _CLOSED_LENGTH  # noqa: PLR2004  # a pair
    closed = short and all(part.isalpha() and part.islower() for part in parts)
    return closed or any(len(part) == 1 or part[0].isdigit() for part in parts)


def _cut_version(number: str) -> list[str]:
    """Give a version without the zeros at its end, so that 7.14.0 is 7.14; 8.0.0 is 8.0 and 8."""
    parts = number.split(".")
    while len(parts) > 2 and parts[-1] == "0":  # noqa: PLR2004  # "8.0" may be a decimal as well
        parts.pop()
    short = ".".join(parts)
    return [short, parts[0]] if parts[1:] == ["0"] else [short]


def _cut_number(sign: str, number: str, unit: str) -> list[str]:
    """Cut "$1.5bn" into "1.5" and "billion"; "5g" and "90s" stay whole."""
    if number.count(".") > 1 and not unit and "," not in number:
        return _cut_version(number)
    number = re.sub(r",(?=\d{3})", "", number)
    word = _UNITS.get(unit) or (_MONEY_UNITS.get(unit) if sign else None)
    if word:
        return [number, _analyser("en").stem(word)]
    return [number + unit]


def _strip_accents(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    )
