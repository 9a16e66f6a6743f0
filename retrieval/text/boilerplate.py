"""Sentences that no reader would call part of the report."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from retrieval.text.analysis import stop_words
from retrieval.text.listings import is_listing

_MARKS = re.compile(r"(?:https?://|www\.)\S+$|^\W*$|^\[[^\]]*\]:|^(?:via|source|copyright|©)[ :]")
# A credit line ("Jane Doe/Reuters"), and the place line above a report ("London CNN —").
_CREDIT = re.compile(r"(?:^|\()[A-Z][\w. ]{2,40}/\s?[A-Z][\w ]{2,30}\)?$|^[^.!?]{2,40} [—–-]$")
# A link to another report, set among the lines of this one: "Around the bay:Why the tide is late",
# "► Timeline of the strike", "RELATED: …". A sentence has a space after its colon, or an end.
_LINK_LINE = re.compile(
    r"^(?i:(?:related|more|read|watch|see also|see more|live updates?|opinion|explainer|video"
    r"|photos|gallery|listen|recap)"
    r"(?: (?:posts?|stor(?:y|ies)|articles?|reading|coverage|news|links?))?)\s*:"
    r"|^(?i:(?:you can )?(?:find|read|see|view|check|download|get)\b.*\bhere\b)[^.]{0,40}\.?$"
    r"|^(?:[►▶▸»→]|[^:.!?]{2,70}:(?=[A-Z0-9“‘\"']))(?!.*[.!?…][”’\"']?$)"
)
# A line on its author: "Jane Doe is a reporter who covers ships", "… can be reached at …".
_BIOGRAPHY = re.compile(
    r"^(?:[A-Z][\w.’'-]+ ){1,4}is (?:an? |the )?(?:[\w’'-]+,? ){0,6}?"
    r"(?:reporter|writer|editor|journalist|columnist|correspondent|contributor|freelancer|blogger)\b"
    r".{0,60}\b(?:at|for|with|who|based|covering|from)\b(?!.*[“\"])"
    r"|\b(?:can be reached (?:at|via)|(?:reach|email) (?:him|her|them|me) (?:at|on)"
    r"|tweets (?:at|@)|on (?:twitter|x|mastodon|threads|bluesky)(?: at)?:? ?@)"
)
_ENDS = tuple('.!?…。！？"”’»)')
_CUT_OFF = re.compile(r"(?:\.\.|…|[,;:(–—-]|\w['’]s)[\"'”’]?$")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_LEADS_ON = ("?", ":", ",", ";", "–", "—", "-")

# A heading is hardly longer, and a sentence with nothing to tell seldom is.
_SHORT = 60
# A number, or a capital that does not merely begin the sentence.
_TELLING = re.compile(r"\d|(?<=\s)[“\"‘(]?[^\W\d_a-zß-öø-ÿ]")


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence asks the reader for something, credits a picture, or is page furniture."""
    lower = sentence.lower()
    for phrase in _phrases():  # any() over a generator, or one pattern, takes twice the time
        if phrase in lower:
            return True
    return (
        bool(_MARKS.search(lower))
        or bool(_BIOGRAPHY.search(sentence))
        or bool(_CREDIT.search(sentence))
        or bool(_LINK_LINE.search(sentence))
        or is_listing(sentence)
    )


@cache
def _phrases() -> tuple[str, ...]:
    """The phrases of every language at once: which one a sentence is in need not be known."""
    read = tomllib.loads(files(__package__).joinpath("boilerplate.toml").read_text("utf-8"))
    return tuple(said for listed in read.values() for said in listed)


def is_unfinished(sentence: str) -> bool:
    """Whether a line has no ending mark: a heading, a caption or a cut-off excerpt."""
    return not sentence.endswith(_ENDS)


def is_heading(sentence: str) -> bool:
    """Whether a line is short and has no ending mark: it stands above a text, and is none of it."""
    return len(sentence) < _SHORT and is_unfinished(sentence)


def names_nothing(sentence: str) -> bool:
    """Whether a sentence is short and without a name or a number ("This should be fun.")."""
    return len(sentence) < _SHORT and not _TELLING.search(sentence)


def leads_on(sentence: str) -> bool:
    """Whether what a sentence promises stands after it: it asks or lists.

    One that was cut off at an ellipsis may have told enough before it.
    """
    return sentence.endswith(_LEADS_ON)


def is_cut_off(sentence: str, language: str) -> bool:
    """Whether the publisher broke off amid a sentence: at a comma, or at a word like "the"."""
    if _CUT_OFF.search(sentence):
        return True
    last = _LAST_WORD.search(sentence)
    return last is not None and last[1].lower() in stop_words(language)
