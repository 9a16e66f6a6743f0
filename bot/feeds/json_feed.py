"""JSON Feed (versions 1 and 1.1) to entries."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from bot.feeds.entries import FeedEntry, FeedError, ParsedFeed, resolve_url
from bot.feeds.limits import LIMITS
from retrieval import clean_line, decode_bytes, html_to_text, parse_moment, split_paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_TOPICS = 20


def is_json(raw: bytes, content_type: str) -> bool:
    """Whether these bytes are meant as JSON, by what they begin with or are called."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" or "json" in content_type.lower()


def parse_json_feed(raw: bytes, address: str) -> ParsedFeed:
    """The feed in these bytes; raises FeedError."""
    try:
        feed = json.loads(decode_bytes(raw).text)
    except (ValueError, RecursionError):
        raise FeedError("is damaged JSON") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedError("is JSON, but no JSON Feed")
    if not _VERSION.match(str(feed.get("version"))):
        raise FeedError("is JSON, but names no version of JSON Feed")
    entries = (_parse_entry(e, address) for e in feed["items"][: LIMITS.entries])
    return ParsedFeed(
        title=clean_line(feed.get("title")),
        entries=tuple(entry for entry in entries if entry.title or entry.text),
        language=clean_line(feed.get("language")),
    )


def _parse_entry(entry: object, address: str) -> FeedEntry:
    if not isinstance(entry, dict):
        return FeedEntry()
    tags = entry.get("tags")
    return FeedEntry(
        guid=clean_line(entry.get("id"))[:2000],
        url=_find_url(entry, address),
        title=clean_line(entry.get("title")),
        text=_find_text(entry),
        author=_find_author(entry),
        published=parse_moment(entry.get("date_published"))
        or parse_moment(entry.get("date_modified")),
        topics=tuple(
            filter(None, map(clean_line, tags[:_TOPICS] if isinstance(tags, list) else ()))
        ),
    )


def _find_url(entry: Mapping[str, object], address: str) -> str:
    for name in ("url", "external_url", "id"):
        value = entry.get(name)
        link = value.strip() if isinstance(value, str) and (name != "id" or "://" in value) else ""
        if found := resolve_url(link, address):
            return found
    return ""


def _find_text(entry: Mapping[str, object]) -> str:
    for name in ("content_html", "content_text", "summary"):
        value = entry.get(name)
        if isinstance(value, str) and value.strip():
            value = value[: LIMITS.entry_characters]
            return html_to_text(value if name == "content_html" else _mark_up(value))
    return ""


def _mark_up(text: str) -> str:
    """Plain text as HTML, so that it is cleaned as all other text is."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in split_paragraphs(text))


def _find_author(entry: Mapping[str, object]) -> str:
    authors = entry.get("authors") or [entry.get("author")]
    names = (
        (a.get("name") if isinstance(a, dict) else "" for a in authors)
        if isinstance(authors, list)
        else ()
    )
    return ", ".join(filter(None, map(clean_line, names)))
