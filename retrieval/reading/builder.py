"""Drafts to finished articles: names, days, language and identity settled."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from retrieval.model import Article
from retrieval.reading.code_ranges import find_listings, unmark
from retrieval.reading.dates import PrintedDate, find_date_in_name, find_dateline
from retrieval.reading.furniture import drop_furniture
from retrieval.reading.options import DEFAULTS, NO_SITE, ReadingOptions, Site
from retrieval.reading.outlets import name_outlet
from retrieval.reading.titles import name_from_path, shorten
from retrieval.reading.urls import build_url_key, join_url, parse_host
from retrieval.text.languages import identify_language

if TYPE_CHECKING:
    from datetime import datetime

    from retrieval.model import DateFrom
    from retrieval.reading.dates import Order
    from retrieval.reading.drafts import Draft

_WORDS = re.compile(r"\w+")
# A time without a zone may be that of the islands where a day begins first.
_EARLIEST_ZONE = timedelta(hours=14)
_CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished article, and what was doubtful about its day.

    `order` is what its date says about dates of figures beside it; `read_as` how its own, which
    can be read in two ways, was read. `ahead` is a day that is not believed because it lies ahead.
    """

    article: Article
    order: Order = ""
    read_as: Order = ""
    ahead: datetime | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft comes from: its file, whose folder that is, and how its days are read."""

    path: str
    site: Site = NO_SITE
    options: ReadingOptions = DEFAULTS


def build_article(
    draft: Draft, origin: Origin, position: int = 0, *, dated_by_name: bool = False
) -> Built | None:
    """The article of a draft, or none where it has neither text nor a title of its own.

    What a feed brought is an article of that feed alone, whatever else tells of the same address:
    who may not see the feed must not see its words in another article.

    `position` counts the articles of the file from 0; with `dated_by_name` the day in the file's
    name counts where no other is found. The id comes from the normalised address,
    else from path and position, so that it survives re-reading.
    """
    body = drop_furniture(draft.body)
    excerpt = "" if _holds(draft.body, draft.excerpt) else drop_furniture(draft.excerpt)
    text = excerpt or body
    if not text and not draft.title:
        return None
    title = draft.title or name_from_path(origin.path) or shorten(unmark(text).split("\n")[0])
    language = identify_language(f"{body[:2000] or excerpt} {title}", draft.declared_language)
    url = draft.url or join_url(origin.site.address, draft.address_path)
    domain = draft.domain.lower().removeprefix("www.") or parse_host(url or "")
    day = _Day.settle(draft, origin, language, dated_by_name=dated_by_name)
    text, listings = find_listings("\n\n".join(part for part in (excerpt, body) if part))
    return Built(
        article=Article(
            id=_build_id(draft, url, f"{origin.path}#{position}", language),
            title=title,
            excerpt=unmark(excerpt),
            body=unmark(body),
            url=url,
            outlet=name_outlet(draft.site or origin.site.outlet, domain),
            domain=domain,
            author=draft.author or None,
            published=day.moment,
            date_from=day.date_from,
            topics=draft.topics,
            quality=draft.quality,
            digest=draft.digest,
            language=language,
            aliases=tuple(a for a in dict.fromkeys(draft.aliases) if a and a != title),
            path=origin.path,
            updated=_believe(draft.updated, origin.options),
            listings=listings,
            feed=draft.feed,
        ),
        order=draft.published.order if draft.published else "",
        read_as=day.read_as,
        ahead=day.ahead,
    )


def _holds(body: str, excerpt: str) -> bool:
    """Whether the body says the excerpt's words in a row; its last word may be cut short."""
    if not excerpt or not body:
        return False
    words = " ".join(_WORDS.findall(excerpt.casefold()))
    return bool(words) and f" {words}" in f" {' '.join(_WORDS.findall(body.casefold()))}"


@dataclass(frozen=True, slots=True)
class _Day:
    """When an article was published, as far as it is believed."""

    moment: datetime | None = None
    date_from: DateFrom = "none"
    read_as: Order = ""
    ahead: datetime | None = None

    @classmethod
    def settle(cls, draft: Draft, origin: Origin, language: str, *, dated_by_name: bool) -> _Day:
        printed, date_from = draft.published, draft.date_from
        if printed is None and dated_by_name:
            printed, date_from = find_date_in_name(origin.path), "file name"
        if printed is None:
            printed, date_from = find_dateline(draft.body), "dateline"
        if printed is None:
            return cls()
        read_as: Order = ""
        if printed.swapped:
            # No language but English puts the month first.
            day_first = origin.options.day_first or language != "en"
            read_as = "" if language != "en" else "day" if day_first else "month"
            if day_first:
                printed = PrintedDate(printed.swapped, zoned=printed.zoned)
        believed = _believe(printed, origin.options)
        if believed is None:
            return cls(ahead=printed.moment)
        return cls(believed, date_from, read_as)


def _believe(printed: PrintedDate | None, options: ReadingOptions) -> datetime | None:
    """The moment, unless it lies ahead of now."""
    if printed is None:
        return None
    leeway = _CLOCKS_DIFFER if printed.zoned else _EARLIEST_ZONE
    return printed.moment if printed.moment <= options.moment + leeway else None


def _build_id(draft: Draft, url: str | None, place: str, language: str) -> str:
    # A translation shares the address of its original and must not be merged into it.
    apart = f"#{language}" if draft.translated else ""
    basis = build_url_key(url) + apart if url else place
    if draft.feed:
        return build_feed_id(draft.feed, draft.entry)
    return _hash(basis)


def build_address_id(url: str) -> str:
    """The id of the article with that address, if it came neither from a feed nor a translation."""
    return _hash(build_url_key(url))


def build_feed_id(feed: str, entry: str) -> str:
    """The id of the article that a feed's entry becomes."""
    return _hash(f"{feed}/{entry}")


def _hash(basis: str) -> str:
    return hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:16]
