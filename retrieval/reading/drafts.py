"""What a parser makes of a file: drafts of its articles, or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.model import DateFrom
    from retrieval.reading.dates import PrintedDate


class Rejected(Exception):  # noqa: N818  # reads as what it is
    """A file that no article can be made of, with the reason as a phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as read from one file, fields cleaned, names and dates not yet settled.

    `site` is the outlet's name as given, `declared_language` what the file says of itself.
    `translated` marks a text in another language than the page at `url`. `address_path` is where
    the article stands on a site of its own. `hidden` says why nobody is to see it yet.
    `feed` and `entry` are those that a web feed's file says of itself.
    """

    title: str = ""
    excerpt: str = ""
    body: str = ""
    url: str | None = None
    address_path: str = ""
    site: str = ""
    domain: str = ""
    author: str = ""
    published: PrintedDate | None = None
    date_from: DateFrom = "none"
    updated: PrintedDate | None = None
    topics: tuple[str, ...] = ()
    quality: float | None = None
    digest: bool = False
    declared_language: str = ""
    translated: bool = False
    feed: str = ""
    entry: str = ""
    aliases: tuple[str, ...] = ()
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The drafts of one file, with warnings; `left_out` counts records of no use.

    Of `many` each is an article of its own; else the first is, and the others are related to it.
    """

    drafts: Sequence[Draft]
    warnings: Sequence[str] = ()
    left_out: int = 0
    many: bool = False
