"""One paragraph without what markup leaves behind: stray marks, dead links, captions, credits."""

from __future__ import annotations

import re

from retrieval.reading.cleaning import fold_blanks, mend, unescape

_COLON = "[:\uff1a]"  # ASCII or full width, as in Chinese texts

# Marks that their author got wrong, so that no Markdown parser takes them: what each leaves.
_DEBRIS = (
    (re.compile(r"!\[[^\[\]]*\](\([^()]*\)|\[[^\[\]]*\])"), ""),
    (re.compile(r"\[([^\[\]]+)\]\([^()]*(\([^()]*\)[^()]*)*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\] ?\[(\d{1,3}|[a-z])?\]"), r"\1"),
    (re.compile(r"(?<=[^\W\d_]{3})\[\d{1,3}\]|(?<=[.,;!?”\"])\[\d{1,3}\]"), ""),
    (re.compile(r"\[\^[\w-]+\]:?|\[\](\[\w*\]|\([^()]*\))?"), ""),
    (re.compile(r"\[/?code\]|^\[[ xX]\] |\[(?:TOC|toc)\]"), ""),
    (re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"), ""),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^*_]*\s)\1(?=\w)"), r"\2"),
    (re.compile(r"(?<=\w)\*{4,}(?=\w)"), " "),
    (re.compile(r"\*{2,}|(?<!\w)_{2,3}(?=\w)|(?<=\w)_{2,3}(?!\w)|~~"), ""),
    (re.compile(r"^#{2,6}\s*|\s*#{2,6}$"), ""),
)
# What each of these begins or ends with; most paragraphs hold none of it.
_MARK_LEFT = re.compile(r"[\[\]*_~#]")
_TEMPLATE_TAG = re.compile(r"\{%[^%\n]{0,400}%\}|\{\{[^{}\n]{0,400}\}\}")
_WHOLE_IN_BACKTICKS = re.compile(r"`+([^`\n]+)`+")

_PICTURE = "image|photo|picture|photograph|illustration|screenshot"
_CAPTION = re.compile(
    rf"((cover|title|header|featured?|lead) )?({_PICTURE})s?( ?credits?)? ?"
    rf"(by|from|courtesy( of)?|credits?|source|via|©|:)[ :\uff1a].{{0,120}}"
    rf"|(图片|题图)(来源|来自|由)?{_COLON}.{{0,60}}",
    re.IGNORECASE,
)
_CREDITED_CAPTION = re.compile(
    r".{0,200}\b(Photo|Image|Picture|Screenshot)s? (by|courtesy of) [A-Z][^.]{0,40}\.?"
)
_TRANSLATION_CREDITS = re.compile(
    r"(作者|译者|校对|选题|编译|本文由).{0,60}(译者|校对|LCTT).{0,80}|[作译]者简介" + _COLON
)
_WORD = re.compile(r"\w")

# Inside inline code these are no marks: they wait in the private use area while debris is removed.
_MARKS = "*_[]()#~`{}!"
_SHELTER = {ord(mark): chr(0xE100 + n) for n, mark in enumerate(_MARKS)}
_UNSHELTER = {0xE100 + n: mark for n, mark in enumerate(_MARKS)}


def shelter(code: str) -> str:
    """Inline code in a form that `clean_prose` leaves, and gives back, as it was."""
    return code.translate(_SHELTER)


def clean_prose(raw: str) -> str:
    """A paragraph on one line; "" where nothing is left, or only a caption or a credit."""
    text = fold_blanks(mend(unescape(raw)))
    if "{" in text:
        text = " ".join(_TEMPLATE_TAG.sub("", text).split())
    if _MARK_LEFT.search(text):
        text = _remove_debris(text)
    if text[:1] == "|" and text[-1:] == "|":  # the row of a table that no parser took
        text = " · ".join(cell for part in text.split("|") if (cell := part.strip()))
    text = text.translate(_UNSHELTER)
    beside_it = (_CAPTION, _CREDITED_CAPTION, _TRANSLATION_CREDITS)
    if not _WORD.search(text) or any(pattern.fullmatch(text) for pattern in beside_it):
        return ""
    return text


def _remove_debris(text: str) -> str:
    """A text without what is left of marks, nor what that leaves in turn: "[~~]" gives "[]"."""
    before = ""
    while text != before:
        before = text
        for debris, rest in _DEBRIS:
            text = debris.sub(rest, text)
        text = " ".join(text.split())
    return text


def clean_listing(raw: str) -> str:
    """Code with its line breaks; blank lines inside would read as the end of the paragraph."""
    lines = [line.rstrip() for line in mend(unescape(raw)).replace("\u00a0", " ").split("\n")]
    code = "\n".join(line for line in lines if line)
    return found.group(1) if (found := _WHOLE_IN_BACKTICKS.fullmatch(code)) else code
