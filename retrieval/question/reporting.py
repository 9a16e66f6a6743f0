"""Questions about who told a story: who had it first, and who else has it."""

from __future__ import annotations

import re
from typing import Literal

# "first": who had the story first. "all": who else has it, or who has it at all.
Reporting = Literal["", "first", "all"]

_OPENING = r"^\W*(?:(?:and|but|so|ok|okay)\b\W*)?"
_WHO = (
    r"(?:who|(?:which|what)(?: other)?(?: news)?"
    r" (?:outlets?|newspapers?|papers?|publications?|sites?|media))"
)
_TOLD = r"(?:reported|broke|covered|published|carried|wrote about|told|ran)"
_TELL = r"(?:report|break|cover|publish|carry|write about|tell|run)"
# What is told: a story, or a clause about it. Anything else is what somebody reported of himself.
_STORY = (
    r"(?:(?:the|this|that) (?:story|news|report|scoop)(?: (?:that|about|on|of))?|it|this|that)\b"
)
_ABOUT = rf"(?:{_STORY}|on\b|about\b|\W*$)"
_FIRST = (
    rf"{_OPENING}{_WHO} first {_TOLD} {_ABOUT}",
    rf"{_OPENING}{_WHO} {_TOLD} first(?: (?:that|about|on)\b|\W*$)",
    rf"{_OPENING}{_WHO} (?:{_TOLD}|had|has|got) {_STORY} first\b",
    rf"{_OPENING}{_WHO} broke {_STORY}",
    rf"{_OPENING}{_WHO} (?:was|were) (?:the )?first(?: to {_TELL}(?: {_ABOUT})?|\W*$)",
)
_ALL = (
    rf"{_OPENING}{_WHO} else (?:has |have |had )?(?:{_TOLD}|had|has)(?: {_ABOUT}|\W*$)",
    rf"{_OPENING}{_WHO} (?:has |have |had )?{_TOLD} {_STORY}",
)
_RULES: tuple[tuple[Reporting, re.Pattern[str]], ...] = (
    *(("first", re.compile(rule, re.IGNORECASE)) for rule in _FIRST),
    *(("all", re.compile(rule, re.IGNORECASE)) for rule in _ALL),
)


def parse_reporting(text: str) -> tuple[Reporting, str]:
    """Whether a question asks who told a story, and the words that say which story.

    "Who reported higher profits?" asks for a company: only "it", "the story", or a clause that
    begins with "that", "about" or "on" is a story. `text` comes back whole where nothing is asked.
    """
    for reporting, rule in _RULES:
        if found := rule.search(text):
            return reporting, text[found.end() :].strip()
    return "", text
