"""Which outlet of the coverage a question means."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from retrieval.text.domains import find_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_NAME = (
    r"((?:the )?[A-Z][\w&’'.]*(?:\s+(?:of |and |& )?(?:the )?[A-Z\d][\w&’'.]*)*"
    r"|[a-z\d][\w-]*(?:\.[\w-]+)*\.[a-z]{2,})"  # an address: paper.example
)
_SAYS = (
    r"(?:writ(?:e|es|ing)|wrote|report(?:s|ed)?|sa(?:y|ys|id)|publish(?:es|ed)?|cover(?:s|ed)?"
    r"|mention(?:s|ed)?|claim(?:s|ed)?|tell(?:s)?|told|quote(?:s|d)?|call(?:s|ed)?|describe(?:s|d)?)"
)
# The outlet's words are a group; the whole match is what turns into a filter. The last comes before
# places and things as often.
_CUES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Aa]ccording to|[Aa]s reported by|[Rr]eported by) {_NAME}",
        rf"\b(?:did|does|do|has|have) {_NAME} {_SAYS}\b",
        rf"\b{_NAME} {_SAYS}\b",
        rf"\b(?:[Ii]n|[Ff]rom|[Bb]y|[Oo]n) {_NAME}",
    )
)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_LONG_ENOUGH = 5
# Words that are left out as often as they are said.
_FILLER = frozenset(("the", "of", "and", "online", "news", "media", "com", "magazine"))


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet of the coverage that a question names; `start` to `end` are the words that do."""

    name: str
    start: int
    end: int


def find_outlet(text: str, outlets: Collection[str]) -> NamedOutlet | None:
    """The outlet the question asks about, or none if it names none that the coverage has.

    A name counts where it follows "according to", "in" and the like, or comes before "wrote" and
    the like. It matches in full, with a slip of the keys, by its initials ("WSJ"), or
    by the last word of its name ("the Journal") where no other outlet has that. An outlet that is
    known by its address is called by it, or by the part that names it ("Paper" for paper.example)
    where the question says that it told something: "in Linux" is not in linux.example.
    """
    if not outlets:
        return None
    for cue, said, tells in _said_names(text):
        if name := match_outlet(said, outlets, in_part=tells):
            return NamedOutlet(name, *cue)
    return None


def _said_names(text: str) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """The place of each cue, the name in it, and whether who is named there tells something."""
    for cue in _CUES:
        for match in cue.finditer(text):
            yield match.span(), match.group(1).rstrip("."), cue is not _CUES[-1]


def match_outlet(said: str, outlets: Collection[str], *, in_part: bool = True) -> str | None:
    """The one outlet that is called so; none if several are, or none is.

    With `in_part` an outlet known by its address may be called by the part that names it.
    """
    if exact := next((name for name in outlets if name.casefold() == said.casefold()), None):
        return exact
    outlets = outlets if in_part else [name for name in outlets if not _ADDRESS.fullmatch(name)]
    wanted = _plain(_own_name(said))
    if not wanted:
        return None
    ways = [_is_name, _is_nearly]
    if re.sub(r"^[Tt]he ", "", said).isupper():
        ways.insert(1, _is_initials)
    if said.lower().startswith("the "):
        ways.insert(1, _is_last_word)
    for same in ways:
        found = [name for name in outlets if same(wanted, _plain(_own_name(name)))]
        for those in (found, [name for name in found if _is_front_page(name)]):
            if len(those) == 1:
                return those[0]
    return None


def _is_front_page(name: str) -> bool:
    """Whether an address is that of the house itself: paper.example, not news.paper.example."""
    return name.casefold().startswith(f"{find_label(name)}.")


def _own_name(name: str) -> str:
    """What an outlet that is known by its address is called: "paper" of news.paper.example."""
    return find_label(name) if _ADDRESS.fullmatch(name) else name


def _plain(name: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", re.sub(r"[’']s?\b", "", name.casefold()))
    return tuple(word for word in words if word != "the")


def _is_name(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    told = [tuple(w for w in words if w not in _FILLER) or words for words in (wanted, name)]
    return wanted == name or told[0] == told[1]


def _is_initials(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return len(wanted) == 1 and len(name) > 1 and wanted[0] == "".join(word[0] for word in name)


def _is_last_word(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Match "the Journal" with the Wall Street Journal; "Washington" is no newspaper."""
    return wanted == name[-len(wanted) :]


def _is_nearly(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """One letter wrong, missing, too many or swapped with the next; short names are too alike."""
    typed = " ".join(wanted)
    return len(typed) >= _LONG_ENOUGH and OSA.distance(typed, " ".join(name)) <= 1
