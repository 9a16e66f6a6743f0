"""What a feed holds, as parsed: the feed's own title and wishes, and its entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from retrieval import clean_url

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry, its words plain text; `published` is aware, in its printed zone, or none.

    `url` is http(s) or "".
    """

    guid: str = ""
    url: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    published: datetime | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as it came; `every` is how many seconds it asks to be left alone, 0 where it is mute.

    `warning` says what was wrong with a feed that could be read all the same, else "".
    """

    title: str
    entries: tuple[FeedEntry, ...]
    language: str = ""
    every: float = 0.0
    warning: str = ""


class FeedError(Exception):
    """A body that is no feed; the message is a phrase that says what it seems to be."""


def resolve_url(link: str, address: str) -> str:
    """The http or https address of a link in a feed that was found at `address`, "" for none."""
    try:
        return (clean_url(urljoin(address, link)) or "") if link else ""
    except ValueError:
        return ""
