"""Numbers of versions: 7.14 is 7.14.0, v8 is 8.0.0, and 7.1 is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(
    r"(?<![\w.$£€¥%-])(?P<mark>v(?:ersion)? ?\.?)?(?P<number>\d{1,4}(?:\.\d{1,4}){0,3})"
    r"(?P<rest>(?:-?(?:alpha|beta|rc|preview|dev)[.-]?\d*))?(?![\w%]|\.\d|,\d)",
    re.IGNORECASE,
)
# A number after these counts something, or names a day: "in 2", "by 3.5", "May 4".
_NO_NAME = re.compile(
    r"\b(?:in|on|at|by|to|of|for|from|with|and|or|the|a|an|about|over|under|than|least|most|is|was"
    r"|are|were|only|after|before|until|since|next|last|first|top|up|down|nearly|almost"
    r"|around|some|another|these|those|all|any|other|every|few|just|some"
    r"|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\s$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:%|percent|per cent|million|billion|thousand|bn|people|years?|months?|weeks?|days?"
    r"|hours?"
    r"|minutes?|times|dollars|euros|pounds|points?|gigs?|gigabit|gbps|gb|mb|tb|km|miles|games?|seasons?)\b",
    re.IGNORECASE,
)
_A_WORD = re.compile(r"[^\W\d_][\w'\u2019+#.-]*\s$")


@dataclass(frozen=True, slots=True)
class Version:
    """A version in a text, `text[start:end]`; `number` is without trailing zeros: ("7", "14").

    `stage` is "beta2" and the like, "" for a release.
    """

    number: tuple[str, ...]
    stage: str
    start: int
    end: int

    def __str__(self) -> str:
        """The number as it is written shortest, its stage after a hyphen."""
        number = ".".join(self.number)
        return f"{number}-{self.stage}" if self.stage else number

    def same_as(self, other: Version) -> bool:
        """Whether both name one version."""
        return (self.number, self.stage) == (other.number, other.stage)


def find_versions(text: str) -> tuple[Version, ...]:
    """The versions that a text names: marked with a "v", of two parts or more, or after a name.

    Prices, counts, decimals before a unit, days and years are none.
    """
    return tuple(
        _build_version(found) for found in _VERSION.finditer(text) if _is_version(found, text)
    )


def _is_version(found: re.Match[str], text: str) -> bool:
    if found["mark"] or found["rest"] or found["number"].count(".") > 1:
        return True
    before = text[max(0, found.start() - 24) : found.start()]
    if _COUNTED.match(text, found.end()) or _NO_NAME.search(before):
        return False
    year = len(found["number"]) == len("2024") and found["number"][:2] in ("19", "20")
    return bool(_A_WORD.search(before)) and not year


def _build_version(found: re.Match[str]) -> Version:
    stage = re.sub(r"[.-]", "", found["rest"] or "").lower()
    return Version(cut_zeros(found["number"]), stage, found.start(), found.end())


def cut_zeros(number: str) -> tuple[str, ...]:
    """The parts of a version's number without the zeros at its end: "8.0.0" is ("8",)."""
    parts = number.split(".")
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    return tuple(parts)
