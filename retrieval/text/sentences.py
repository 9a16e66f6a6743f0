"""Where sentences begin and end, by rule."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CLOSING = "\"'”’»)\\]」』）"
_OPENING = "\"'“‘«(\\[「『（¿¡"
_BULLET = r"(?:[-*•–—▪◦‣·]|\d{1,3}[.)])\s"

# Signs that end a sentence wherever they stand: of Chinese and Japanese, and the danda of Hindi and
# its neighbours, the Arabic question mark, the Urdu, Ethiopic, Khmer and Burmese full stop.
_ALWAYS = "。！？।॥؟۔።។။"
# A mark that may end a sentence, its closing quotes, and then: white space; or, where an extractor
# lost the space, a capitalised word directly after a lower-case one. That all begin with a set of
# marks lets the search skip what stands between. A French closing quote has a space before it.
_MARK = re.compile(
    rf"[.!?…{_ALWAYS}](?:(?<=[.!?…])[.!?…]*[{_CLOSING}]*(?:[ \u00a0\u202f]»)?(?=\s)"
    rf"|(?<=[a-z][a-z][.!?])[”’\"]?(?=[“\"]?[A-Z][a-z])"
    rf"|(?<=[{_ALWAYS}])[{_ALWAYS}!?]*[{_CLOSING}]*)"
)
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w.&'’-]*[^\W_])?$")
_NEXT_WORD = re.compile(rf"\s*[{_OPENING}]*([^\s{_CLOSING},.;:!?]*)")
_STARTS_ALONE = re.compile(rf"\s*(?:{_BULLET}|[#>|])")
# A line that stops at this width or beyond without an ending mark was wrapped there.
_WRAP_WIDTH = 50
_ENDS = tuple(f'.!?…{_ALWAYS}:："”’»)')
# "F.B.I", "J.K": letters with full stops between.
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NUMBER_STOP = re.compile(r"\d\.\s")
# An ordinal has at most so many digits: a sentence seldom ends with so short a number.
_ORDINAL_DIGITS = 2
# So much of a text tells, by so many little words, whether it writes ordinals with a full stop.
_SAMPLE = 300
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Tables:
    """Words without their last full stop, in lower case; sentence_ends.toml says what each is."""

    never_last: frozenset[str]
    before_numbers: frozenset[str]
    sometimes_last: frozenset[str]
    openers: frozenset[str]
    ordinal_languages: frozenset[str]


@cache
def _tables() -> _Tables:
    read = tomllib.loads(files(__package__).joinpath("sentence_ends.toml").read_text("utf-8"))
    return _Tables(**{name: frozenset(words.split()) for name, words in read.items()})


@cache
def _abbreviations() -> frozenset[str]:
    tables = _tables()
    return tables.never_last | tables.before_numbers | tables.sometimes_last


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Offsets (start, end exclusive) of the sentences, in order, without white space around them.

    Every character that is not white space lies in exactly one sentence. A heading or a list line
    is a sentence of its own; hard-wrapped lines are joined. The rules of all languages hold at
    once, but a number with a full stop is an ordinal in German only, which is told by its little
    words where `language` is English, the one of texts that declare none.
    """
    ordinals = language == "de" or (language == "en" and _writes_ordinals(text))
    return [
        span
        for start, end in _paragraphs(text)
        for span in _split_paragraph(text, start, end, ordinals=ordinals)
    ]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Runs of lines that read on: a blank line, a list mark or a finished line ends a run."""
    runs: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        if runs and _reads_on(text, runs[-1], line):
            runs[-1] = (runs[-1][0], line.end())
        else:
            runs.append((line.start(), line.end()))
    return runs


def _reads_on(text: str, run: tuple[int, int], line: re.Match[str]) -> bool:
    start, end = run
    if text.count("\n", end, line.start()) != 1 or _STARTS_ALONE.match(line.group()):
        return False
    last = text[text.rfind("\n", start, end) + 1 if "\n" in text[start:end] else start : end]
    return len(last.rstrip()) >= _WRAP_WIDTH and not last.rstrip().endswith(_ENDS)


def _writes_ordinals(text: str) -> bool:
    """Whether a text is German by its beginning, looked at only where a number has a full stop."""
    if not _NUMBER_STOP.search(text):
        return False
    words = re.findall(r"\w+", text[:_SAMPLE].lower())
    return sum(word in _tables().ordinal_languages for word in words) >= _LEAST_WORDS


def _split_paragraph(text: str, start: int, end: int, *, ordinals: bool) -> list[tuple[int, int]]:
    spans = []
    begin = start
    for mark in _MARK.finditer(text, start, end):
        after = mark.end()
        if _plainly_ends(text, mark.start(), after, end) or _ends_sentence(
            text, begin, mark, end, ordinals=ordinals
        ):
            spans.append((begin, after))
            begin = after
    spans.append((begin, end))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def _plainly_ends(text: str, mark: int, after: int, end: int) -> bool:
    """Whether a whole word, marks, a blank and a capital follow one another.

    That is most sentences, and `_ends_sentence` says yes to each in ten times the time.
    """
    if after + 1 >= end or text[after] != " " or not text[after + 1].isupper():
        return False
    word = text[text.rfind(" ", 0, mark) + 1 : mark]
    return len(word) > 1 and word.isalpha() and word.lower() not in _abbreviations()


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int, *, ordinals: bool) -> bool:
    if mark.group()[0] in _ALWAYS:
        return True
    following = _NEXT_WORD.match(text, mark.end(), end)
    after = following.group(1) if following else ""
    if after[:1].islower():
        return False
    if mark.group()[0] != "." or mark.group().startswith(".."):
        return True
    found = _WORD_BEFORE.search(text, max(begin, mark.start() - 24), mark.start())
    before = found.group() if found else ""
    if before.isdigit():
        listed = found is not None and not text[begin : found.start()].strip()
        return not listed and not (ordinals and _is_ordinal(before, after))
    glued = mark.end() < end and not text[mark.end()].isspace()
    if glued and before.islower():
        return _opens(after)  # "rose.The", but a dotted name: "quill.Widget"
    return _full_stop_ends(before, after)


def _is_ordinal(number: str, after: str) -> bool:
    """Whether a noun follows a short number: "3. Oktober", but "Es waren 3. Dann ging er."."""
    short = len(number) <= _ORDINAL_DIGITS and after[:1].isalpha()
    return short and not _opens(after)


def _full_stop_ends(before: str, after: str) -> bool:
    """Whether a full stop between these two words ends a sentence."""
    tables, word = _tables(), before.lower().rpartition("-")[2]
    initial = len(before) == 1 and before != "I" and (before.isupper() or after[:1].isupper())
    if word in tables.never_last:
        return False
    if word in tables.before_numbers:
        return not after[:1].isdigit()
    doubtful = initial or word in tables.sometimes_last or _DOTTED.fullmatch(word) is not None
    return not doubtful or _opens(after)


def _opens(word: str) -> bool:
    """Whether a word is one that begins sentences; "ET" is not the French "Et"."""
    return word.lower() in _tables().openers and not word[1:].isupper()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
