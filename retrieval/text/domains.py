"""Whose a host is: the domain that was registered, and the part of it that names the owner."""

from __future__ import annotations

import re

# "bbc.co.uk": the second last label is no name where the last is a country. A guess, and not the
# list of public suffixes, which names thousands that no outlet has.
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"))
_WWW = re.compile(r"www\.(?=.)", re.IGNORECASE)


def find_registered(host: str) -> str:
    """The part of a host that was registered: paper.co.uk of news.paper.co.uk, "" of ""."""
    labels = _WWW.sub("", host.lower()).split(".")
    return ".".join(labels[-1 - _count_suffix(labels) :])


def find_label(host: str) -> str:
    """The part of a host that names its owner: "paper" of news.paper.co.uk, "" of ""."""
    return find_registered(host).split(".")[0]


def _count_suffix(labels: list[str]) -> int:
    """How many labels at the end name no owner; none where there is but one label."""
    country = len(labels[-1]) == len("uk")
    if len(labels) > 2 and country and labels[-2] in _SECOND_LEVEL:  # noqa: PLR2004  # a name, "co", "uk"
        return 2
    return min(1, len(labels) - 1)
