"""Names in a text: runs of capitalised words, and quoted words."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re

# A capitalised word or an initialism; digits may follow ("GPT-4", "H100").
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w&’'.-]*[\w]|[A-Z]"
_NAME = re.compile(
    rf"(?:{_CAPITALISED})(?:\s+"
    r"(?:(?:of|de|da|del|di|du|la|le|van|von|al|bin|the|&|and the|of the)\s+)?"
    rf"(?:{_CAPITALISED}|\d+\b))*"
)
_QUOTED = re.compile(r"“([^”]{2,80})”|\"([^\"]{2,80})\"|‘([^’]{2,80})’(?!\w)")
_POSSESSIVE = re.compile(r"[’']s?$")

# Capitalised only because they begin a sentence, or name no one.
NOT_NAMES = frozenset(
    """a an the this that these those he she it they we i you his her its their our my your in on at
    by for from with as after before when while if but and so or yet however although though since
    there here what who whom whose which where why how meanwhile now then also some many most all
    both each another according is are was were do does did has have had will would can could should
    may might must not no yes one two three four five six seven eight nine ten please tell name list
    show give find any more monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december to of about
    during under over last next today yesterday tomorrow new following despite because once
    until its it’s it's such just only even still per every several other few despite earlier
    later""".split()
)


def find_names(text: str) -> tuple[str, ...]:
    """Names in order of appearance, each once, without possessive endings."""
    found = [(m.start(), next(filter(None, m.groups()))) for m in _QUOTED.finditer(text)]
    runs = ((m.start(), _strip_common(m.group())) for m in _NAME.finditer(text))
    found += [(start, name) for start, name in runs if name]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _strip_common(run: str) -> str:
    """The run without leading words that are no names ("The Senate": Senate)."""
    words = run.split()
    while words and words[0].lower().rstrip(".") in NOT_NAMES:
        words.pop(0)
    named = any(word[0].isalpha() for word in words)
    return _POSSESSIVE.sub("", " ".join(words)) if named else ""
