"""What a message says when it asks nothing of the coverage: a greeting, thanks, an insult."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# "identity": who or what the bot is. The first that occurs in a message says what it is.
SmallTalk = Literal["insult", "identity", "greeting", "thanks"]
KINDS: tuple[SmallTalk, ...] = get_args(SmallTalk)
FILLER, POINTING = "filler", "pointing"

_CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(r"[\w'*-]+")
_MASKED = re.compile(r"\*+")
_HAN = re.compile(r"([\u3400-\u9fff])")
_PART_END = re.compile(r"[,;!?.…:)\n]+\s*")


def classify_talk(text: str) -> SmallTalk | None:
    """What a message is that asks nothing, none for everything else, a question above all.

    A message without a word is a greeting: there is somebody who wants something of the bot.
    """
    said = _normalise(text)
    if not said:
        return "greeting"
    if not _pattern((*KINDS, FILLER)).fullmatch(said):
        return None
    return next((kind for kind in KINDS if _pattern((kind,)).search(said)), None)


def strip_talk(text: str) -> str:
    """A message without the greeting before and the thanks after its question.

    Only whole parts go, with the marks that end them: "Hello! Who won? Thanks" is "Who won?".
    """
    ends = [0, *(match.end() for match in _PART_END.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends) if start < end]
    while len(parts) > 1 and _is_talk(parts[0]):
        parts.pop(0)
    while len(parts) > 1 and _is_talk(parts[-1]):
        parts.pop()
    return "".join(parts).strip()


def is_pointing(text: str) -> bool:
    """Whether a message only points at another: "is that true?", "source?"."""
    return bool(_pattern((*KINDS, FILLER, POINTING)).fullmatch(_normalise(text))) and bool(
        _pattern((POINTING,)).search(_normalise(text))
    )


def is_personal(text: str) -> bool:
    """Whether people speak of or to one another in a message: "can someone help me"."""
    return bool(_pattern(("personal",)).search(_normalise(text)))


def begins_as_question(text: str) -> bool:
    """Whether the first words ask, with or without a mark: "who won"."""
    return bool(_pattern(("interrogative",)).match(_normalise(text)))


def is_rude(text: str) -> bool:
    """Whether a message holds an insult, which the bot would not say in bold."""
    return bool(_pattern(("insult",)).search(_normalise(text)))


def _is_talk(part: str) -> bool:
    return bool(_normalise(part)) and classify_talk(part) is not None


def _normalise(text: str) -> str:
    """The words alone, in lower case, a space between each and around Chinese letters."""
    plain = _MASKED.sub("*", text.casefold().replace(_CURLED, "'"))
    words = (word.strip("'-") for word in _WORD.findall(_HAN.sub(r" \1 ", plain)))
    return " ".join(word for word in words if word not in ("", "*"))


@cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of the phrases; as a whole match, any number of them and nothing else."""
    phrases = {_normalise(phrase) for kind in kinds for phrase in _phrases(kind)}
    longest_first = sorted(phrases - {""}, key=len, reverse=True)
    one = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?:(?<!\S)(?:{one})(?!\S) ?)+")


def _phrases(kind: str) -> Iterable[str]:
    for listed in _tables()[kind].values():
        yield from re.split(r"[,\n]", listed)


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = files("bot.desk").joinpath("small_talk.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, str]]", tomllib.loads(text))
