"""Where sentences begin and end, by rule."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re

# Followed by a name, and so never the end of a sentence.
_NEVER_LAST = frozenset(
    """mr mrs ms mx dr prof sen sens rep reps gov gen lt col sgt capt cmdr cpl pvt adm maj rev hon
    st ste mt ft pres supt det insp messrs mme mlle vs v cf viz approx e.g i.e""".split()
)
# The end unless a number follows: "No. 5", "Jan. 6", but "He said no."
_BEFORE_NUMBERS = frozenset(
    """no nos fig figs vol pp p ch sec art jan feb mar apr jun jul aug sep sept oct nov
    dec""".split()
)
# May end a sentence: they do when the next word is one that begins sentences.
_SOMETIMES_LAST = frozenset(
    """inc ltd co corp bros plc llc jr sr etc al esq u.s u.k u.n e.u u.s.a d.c l.a a.m p.m b.c a.d
    ph.d m.d b.a m.a d.phil ave blvd rd dept est mph km kg lb lbs oz""".split()
)
_OPENERS = frozenset(
    """a an the this that these those he she it they we i you his her its their our my in on at by
    for from with as after before when while if but and so or yet however although though since
    there here what who why how meanwhile now then also some many most all both each another
    according""".split()
)
_ABBREVIATIONS = _NEVER_LAST | _BEFORE_NUMBERS | _SOMETIMES_LAST
_CLOSING = "\"'”’»)\\]」』）"
_OPENING = "\"'“‘«(\\[「『（"
_BULLET = r"(?:[-*•–—▪◦‣·]|\d{1,3}[.)])\s"

# A mark that may end a sentence, its closing quotes, and then: white space; or, where an extractor
# lost the space, a capitalised word directly after a lower-case one. That all begin with a set of
# marks lets the search skip what stands between.
_MARK = re.compile(
    rf"[.!?…。！？](?:(?<=[.!?…])[.!?…]*[{_CLOSING}]*(?=\s)"
    rf"|(?<=[a-z][a-z][.!?])[”’\"]?(?=[“\"]?[A-Z][a-z])"
    rf"|(?<=[。！？])[。！？]*[{_CLOSING}]*)"
)
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w.&'’-]*[^\W_])?$")
_NEXT_WORD = re.compile(rf"\s*[{_OPENING}]*([^\s{_CLOSING},.;:!?]*)")
_STARTS_ALONE = re.compile(rf"\s*(?:{_BULLET}|[#>|])")
# A line that stops at this width or beyond without an ending mark was wrapped there.
_WRAP_WIDTH = 50
_ENDS = tuple('.!?…。！？:："”’»)')


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Offsets (start, end exclusive) of the sentences, in order, without white space around them.

    Every character that is not white space lies in exactly one sentence. A heading or a list line
    is a sentence of its own; hard-wrapped lines are joined. `language` is accepted for the callers'
    sake: the rules for Latin and for Chinese or Japanese marks do not collide.
    """
    del language
    return [span for start, end in _paragraphs(text) for span in _split_paragraph(text, start, end)]


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


def _split_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    begin = start
    for mark in _MARK.finditer(text, start, end):
        after = mark.end()
        if _plainly_ends(text, mark.start(), after, end) or _ends_sentence(text, begin, mark, end):
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
    return len(word) > 1 and word.isalpha() and word.lower() not in _ABBREVIATIONS


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    if mark.group()[0] in "。！？":
        return True
    following = _NEXT_WORD.match(text, mark.end(), end)
    after = following.group(1) if following else ""
    if after[:1].islower():
        return False
    if mark.group()[0] != "." or mark.group().startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(begin, mark.start() - 24), mark.start())
    if before and before.group().isdigit() and not text[begin : before.start()].strip():
        return False  # the number of a list line belongs to its text
    return _full_stop_ends(before.group() if before else "", after)


def _full_stop_ends(before: str, after: str) -> bool:
    """Whether a full stop between these two words ends a sentence."""
    word = before.lower()
    initial = len(before) == 1 and before.isupper() and before != "I"
    if word in _NEVER_LAST:
        return False
    if word in _BEFORE_NUMBERS:
        return not after[:1].isdigit()
    return not (initial or word in _SOMETIMES_LAST) or after.lower() in _OPENERS


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
