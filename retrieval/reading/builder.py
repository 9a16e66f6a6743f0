"""What one file says about an article, and the finished `Article` made of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.model import Article
from retrieval.reading.dates import find_date_in_name
from retrieval.reading.language import detect_language
from retrieval.reading.outlets import name_folder, name_outlet
from retrieval.reading.titles import name_from_path, shorten
from retrieval.reading.urls import build_url_key, read_host

if TYPE_CHECKING:
    from datetime import datetime

    from retrieval.model import DateFrom

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as read from one file, fields cleaned, names and dates not yet settled.

    `site` is the outlet's name as given, `declared_language` what the file says of itself.
    `translated` marks a text in another language than the page at `url`. `feed` and `entry` are
    those that a web feed's file says of itself.
    """

    title: str = ""
    excerpt: str = ""
    body: str = ""
    url: str | None = None
    site: str = ""
    domain: str = ""
    author: str = ""
    published: datetime | None = None
    date_from: DateFrom = "none"
    topics: tuple[str, ...] = ()
    quality: float | None = None
    digest: bool = False
    declared_language: str = ""
    translated: bool = False
    feed: str = ""
    entry: str = ""
    aliases: tuple[str, ...] = ()


def finish(draft: Draft, path: str, position: int = 0) -> Article | None:
    """The article of a draft, or none where it has neither text nor a title of its own.

    What a feed brought is an article of that feed alone, whatever else tells of the same address:
    who may not see the feed must not see its words in another article.

    `path` is relative to the coverage, `position` counts the articles of the file from 0. The id
    comes from the normalised address, else from path and position, so that it survives re-reading.
    """
    excerpt = "" if _holds(draft.body, draft.excerpt) else draft.excerpt
    text = excerpt or draft.body
    if not text and not draft.title:
        return None
    title = draft.title or name_from_path(path) or shorten(text.split("\n")[0])
    language = detect_language(f"{draft.body[:2000] or excerpt} {title}", draft.declared_language)
    domain = draft.domain.lower().removeprefix("www.") or read_host(draft.url or "")
    published, date_from = _settle_date(draft, path, position)
    return Article(
        id=_build_id(draft, path, position, language),
        title=title,
        excerpt=excerpt,
        body=draft.body,
        url=draft.url,
        outlet=name_outlet(draft.site, domain) or name_folder(path) or draft.author,
        domain=domain,
        author=draft.author or None,
        published=published,
        date_from=date_from,
        topics=draft.topics,
        quality=draft.quality,
        digest=draft.digest,
        language=language,
        feed=draft.feed,
        aliases=tuple(a for a in dict.fromkeys(draft.aliases) if a and a != title),
        path=path,
    )


def _holds(body: str, excerpt: str) -> bool:
    """Whether the body says the excerpt's words in a row; its last word may be cut short."""
    words = " ".join(_WORDS.findall(excerpt.casefold()))
    return bool(words) and f" {words}" in f" {' '.join(_WORDS.findall(body.casefold()))}"


def _settle_date(draft: Draft, path: str, position: int) -> tuple[datetime | None, DateFrom]:
    if draft.published is not None:
        return draft.published, draft.date_from
    # The name of a file dates the article it was written for, not the related ones.
    if position == 0 and (found := find_date_in_name(path)):
        return found, "file name"
    return None, "none"


def _build_id(draft: Draft, path: str, position: int, language: str) -> str:
    if draft.feed:
        basis = f"{draft.feed}/{draft.entry}"
    elif draft.url:
        # A translation shares the address of its original and must not be merged into it.
        basis = build_url_key(draft.url) + (f"#{language}" if draft.translated else "")
    else:
        basis = f"{path}#{position}"
    return hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:16]
