"""Saved HTML pages: the main text, and what a page says of itself to search engines."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from retrieval.reading.cleaning import clean_line
from retrieval.reading.dates import parse_date
from retrieval.reading.drafts import Draft, Parsed, Rejected
from retrieval.reading.fields import (
    clean_author,
    find_author,
    find_date,
    find_site,
    squash_keys,
    text_of,
)
from retrieval.reading.keys import UPDATED
from retrieval.reading.markup import collect_text, parse_html
from retrieval.reading.page_text import find_main_text
from retrieval.reading.plain import split_byline
from retrieval.reading.records import find_records
from retrieval.reading.urls import clean_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from retrieval.reading.dates import PrintedDate
    from retrieval.reading.detect import SourceText

# The names under which pages say it, in `name`, `property` or `itemprop`; each in order of trust.
_TITLE = ("og:title", "twitter:title", "dc.title", "headline", "title")
_SITE = (
    "og:site_name",
    "application-name",
    "publication",
    "dc.publisher",
    "citation_journal_title",
)
_AUTHOR = ("author", "article:author", "byl", "parsely-author", "dc.creator", "sailthru.author",
           "citation_author", "twitter:creator")  # fmt: skip
_PUBLISHED = (
    "article:published_time", "article:published", "datepublished", "og:published_time",
    "publishdate", "publish-date", "publication_date", "pubdate", "parsely-pub-date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "sailthru.date", "citation_date",
    "citation_publication_date", "date", "article.published", "displaydate", "ptime",
)  # fmt: skip
_UPDATED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified",
            "dcterms.modified")  # fmt: skip
_EXCERPT = ("og:description", "description", "twitter:description", "dc.description")
_ADDRESS = ("og:url", "twitter:url", "citation_fulltext_html_url")
_TOPICS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "article:section")
_LANGUAGE = ("og:locale", "content-language", "dc.language", "language")
_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Report|Analysis|Opinion|Tech)?(?:Article|Posting)|WebPage|Report"
)
_TITLE_JOINT = re.compile(r"\s+[|–—·«»:-]\s+")
_CLASS_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:-?name)?|p-author|writer)(?:$|[\s_-])", re.IGNORECASE
)
_CLASS_DAY = re.compile(
    r"(?:^|[\s_-])(?:meta|post-?meta|entry-?meta|byline|info|date|published|pub-?date|post-?date|entry-?date|timestamp|dt-published|dateline)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_NAME = 80
_LONGEST_SITE = 5  # words
_MOST_SHOWN = 200
_COMMENT_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


def parse_page(source: SourceText) -> Parsed:
    """The article of a page. Raises Rejected where nothing but its frame is left."""
    root = parse_html(source.text)
    if root is None:
        raise Rejected("an HTML page without content")
    told = _Told(root, source.text)
    title = told.title()
    body = find_main_text(root, source.text, title)
    byline, body = split_byline(body)
    excerpt = "" if body else clean_line(told.meta(_EXCERPT))
    if not body and not excerpt:
        raise Rejected("an HTML page without text; a script may fill it in the browser")
    published = told.published() or byline.published
    return Parsed(
        [
            Draft(
                title=title,
                excerpt=excerpt,
                body=body,
                url=told.address(),
                site=told.site(),
                author=told.author() or byline.author,
                published=published,
                date_from="front matter" if published else "none",
                updated=told.updated(),
                topics=told.topics(),
                declared_language=told.language(),
            )
        ]
    )


class _Told:
    """What one page says of itself; each method asks its most reliable places first."""

    def __init__(self, root: _Element, html: str) -> None:
        self._root = root
        self._html = html
        self._metas = _collect_metas(root)
        self._linked = _find_linked_article(root)

    def meta(self, names: tuple[str, ...]) -> str:
        """The first of these that says anything, or ""."""
        return next((v for name in names for v in self._metas.get(name, ()) if v.strip()), "")

    def title(self) -> str:
        linked = clean_line(text_of(self._linked.get("headline")))
        said = clean_line(self.meta(_TITLE[:2])) or linked or clean_line(self.meta(_TITLE[2:]))
        if said:
            return self._without_site(said)
        heads = [clean_line(collect_text(h)) for h in self._root.iter("h1")]
        page = self._page_title()
        if len(heads) == 1 and _are_alike(page, heads[0]):
            return heads[0]
        return self._without_site(page) or next((h for h in heads if h), "")

    def _without_site(self, title: str) -> str:
        """A title without the site's name behind or before it."""
        site = self.meta(_SITE).strip() or find_site(self._linked)
        parts = _TITLE_JOINT.split(title)
        if len(parts) == 1:
            return title.removeprefix(f"{site}: ") if site else title
        heads = {clean_line(collect_text(h)).casefold() for h in self._root.iter("h1", "h2")}
        for cut in range(len(parts) - 1, 0, -1):
            shorter = title[: _nth_joint(title, cut)].strip()
            if shorter.casefold() in heads:
                return shorter
        if site and title.startswith(f"{site}: "):
            return title.removeprefix(f"{site}: ")
        if site and parts[-1].casefold() == site.casefold():
            return title[: _nth_joint(title, len(parts) - 1)].strip()
        if site and parts[0].casefold() == site.casefold():
            return title[len(parts[0]) :].lstrip(" |–—·«»:-")
        return title

    def address(self) -> str | None:
        links = self._root.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
        saved = _COMMENT_SAVED_FROM.search(self._html[:4000])
        classed = self._root.xpath("//a[contains(concat(' ', @class, ' '), ' p-canonical ')]/@href")
        linked = self._linked.get("mainentityofpage") or self._linked.get("url")
        linked = linked.get("@id") if isinstance(linked, dict) else linked
        places = (*links, *classed, self.meta(_ADDRESS), linked, saved[1] if saved else "")
        return next((url for place in places if (url := clean_url(place))), None)

    def site(self) -> str:
        publisher = find_site(
            {k: v for k, v in self._linked.items() if k in {"publisher", "sitename"}}
        )
        return clean_line(self.meta(_SITE)) or publisher or self._name_in_title()

    def _name_in_title(self) -> str:
        """What stands behind the headline in the page's title, where the headline is known."""
        heads = [clean_line(collect_text(h)) for h in self._root.iter("h1")]
        page = self._page_title()
        rest = page.removeprefix(heads[0]) if len(heads) == 1 and heads[0] else page
        name = _TITLE_JOINT.split(rest)[-1].strip() if rest != page else ""
        return name if name and len(name.split()) <= _LONGEST_SITE else ""

    def _page_title(self) -> str:
        titles = self._root.xpath("//head/title//text() | //title[not(ancestor::svg)]/text()")
        return clean_line(" ".join(titles))

    def author(self) -> str:
        if names := find_author(self._linked):
            return names
        said = [clean_author(v) for name in _AUTHOR for v in self._metas.get(name, ())]
        names = ", ".join(
            dict.fromkeys(n for n in said if n and "://" not in n and not n.startswith("@"))
        )
        if names:
            return names
        shown = (
            clean_author(text)
            for text in self._shown(_CLASS_BYLINE, "[@rel='author' or @itemprop='author']")
        )
        return next((name for name in shown if name and len(name) < _LONGEST_NAME), "")

    def published(self) -> PrintedDate | None:
        linked, _ = find_date(
            {k: v for k, v in self._linked.items() if k in {"datepublished", "datecreated"}}
        )
        said = (parse_date(v.strip()) for name in _PUBLISHED for v in self._metas.get(name, ()))
        if found := linked or next((moment for moment in said if moment), None):
            return found
        times = self._root.xpath(
            "//time[@datetime and not(ancestor::aside)]"
            "[ancestor::article or not(ancestor::footer)]/@datetime"
        )
        shown = self._shown(_CLASS_DAY, "[self::time]")
        return next(
            (moment for text in (*times, *shown) if (moment := parse_date(text.strip()))), None
        )

    def updated(self) -> PrintedDate | None:
        said = [
            *self._metas.get("article:modified_time", ()),
            *(v for n in _UPDATED for v in self._metas.get(n, ())),
        ]
        linked = (self._linked.get(key) for key in UPDATED)
        return next((moment for v in (*said, *linked) if (moment := parse_date(v))), None)

    def topics(self) -> tuple[str, ...]:
        for name in _TOPICS:
            values = self._metas.get(name, [])
            parts = values if len(values) > 1 else [p for v in values for p in v.split(",")]
            if topics := tuple(dict.fromkeys(t for p in parts if (t := clean_line(p)))):
                return topics
        return ()

    def language(self) -> str:
        said = self._root.xpath("//html/@lang | //html/@*[local-name()='lang']")
        return str(said[0]).strip() if said else self.meta(_LANGUAGE).strip()

    def _shown(self, classes: re.Pattern[str], marked: str) -> Iterator[str]:
        """The texts of elements that are marked so, or whose class says so."""
        for element in self._root.xpath(f"//*{marked}"):
            yield clean_line(collect_text(element))
        for element in self._root.iter("span", "div", "p", "time", "a", "address", "li"):
            if classes.search(element.get("class") or "") and not element.xpath(
                "ancestor::aside|ancestor::footer[not(ancestor::article)]"
            ):
                text = clean_line(" ".join(element.itertext()))
                if text and len(text) < _LONGEST_NAME:
                    yield text


def _are_alike(page: str, head: str) -> bool:
    """Whether the page's title and its only headline are about the same."""
    words, others = set(page.casefold().split()), set(head.casefold().split())
    return bool(head) and 2 * len(words & others) >= min(len(words), len(others)) > 0


def _nth_joint(title: str, number: int) -> int:
    """Where the joint begins that parts the first `number` parts of a title from the others."""
    return list(_TITLE_JOINT.finditer(title))[number - 1].start()


def _collect_metas(root: _Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (
            meta.get("property")
            or meta.get("name")
            or meta.get("itemprop")
            or meta.get("http-equiv")
        )
        if name and meta.get("content"):
            metas.setdefault(name.strip().lower(), []).append(meta.get("content") or "")
    return metas


def _find_linked_article(root: _Element) -> dict[str, object]:
    """The fields of the article that the page describes in JSON-LD, or none."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            value: Any = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for record in find_records(value):
            kinds = record.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind) for kind in kinds):
                return squash_keys(record)
    return {}
