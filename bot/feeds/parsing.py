"""The bytes of a web feed to its entries: RSS and Atom by feedparser, JSON Feed of our own."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.feeds.entries import FeedEntry, FeedError, ParsedFeed, resolve_url
from bot.feeds.json_feed import is_json, parse_json_feed
from bot.feeds.limits import LIMITS
from retrieval import clean_line, html_to_text, identify_language, parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HTML = re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE)
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}
_TOPICS = 20
LANGUAGE_SAMPLES, TELLING = 20, 200  # entries that have to agree; characters of each; by hand


def parse_feed(raw: bytes, address: str, content_type: str = "") -> ParsedFeed:
    """The feed in these bytes; `address` is where they were found.

    Tolerant of broken markup and wrong encodings. Raises FeedError where there is no feed in it.
    """
    if not raw.strip():
        raise FeedError("holds nothing")
    if is_json(raw, content_type):
        return parse_json_feed(raw, address)
    if is_page(raw):
        raise FeedError("is a page, not a feed")
    parsed = _parse_xml(raw, content_type)
    if not parsed.get("version") and not parsed.entries:
        raise FeedError("is no RSS, Atom or JSON feed")
    feed, entries = parsed.feed, tuple(_parse_entries(parsed.entries, address))
    return ParsedFeed(
        title=clean_line(feed.get("title", "")),
        entries=entries,
        language=clean_line(feed.get("language", "")) or find_language(entries),
        every=_find_every(feed),
        warning=_describe_damage(parsed),
    )


def find_language(entries: Sequence[FeedEntry]) -> str:
    """The language that the entries of a feed share, "" where they are of several, or too few.

    Some tell it of all: to ask each of a thousand takes a second, and the shortest tell nothing.
    """
    step = max(1, len(entries) // LANGUAGE_SAMPLES)
    texts = [f"{e.title}\n{e.text}" for e in entries[::step] if len(e.text) >= TELLING]
    found = {identify_language(text) for text in texts[:LANGUAGE_SAMPLES]}
    return found.pop() if len(found) == 1 and len(texts) >= LANGUAGE_SAMPLES else ""


def _parse_xml(raw: bytes, content_type: str) -> Any:  # noqa: ANN401  # feedparser's dictionary
    import feedparser  # noqa: PLC0415  # slow to import, needed only where a feed is read

    try:
        return feedparser.parse(
            raw,
            response_headers={"content-type": content_type},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # what strangers publish has tripped it in many ways
        raise FeedError(f"cannot be read ({type(error).__name__})") from error


def is_page(raw: bytes) -> bool:
    """Whether the bytes are a page in HTML."""
    return bool(_HTML.match(raw.removeprefix(b"\xef\xbb\xbf")[:1000]))


def _parse_entries(entries: Iterable[Any], address: str) -> Iterable[FeedEntry]:
    for number, entry in enumerate(entries):
        if number == LIMITS.entries:
            return
        parsed = _parse_entry(entry, address)
        if parsed.title or parsed.text:
            yield parsed


def _parse_entry(entry: Any, address: str) -> FeedEntry:  # noqa: ANN401  # feedparser's dictionary
    return FeedEntry(
        guid=str(entry.get("id") or "").strip()[:2000],
        url=resolve_url(_find_link(entry), address),
        title=clean_line(html_to_text(str(entry.get("title") or ""))),
        text=_find_text(entry),
        author=clean_line(entry.get("author") or ""),
        published=_find_date(entry),
        topics=tuple(_find_topics(entry)),
    )


def _find_link(entry: Any) -> str:  # noqa: ANN401  # as above
    """The link of an entry; a GUID that feedparser put in its place counts only as an address."""
    link = str(entry.get("link") or "")
    return "" if link == entry.get("id") and "://" not in link else link


def _find_text(entry: Any) -> str:  # noqa: ANN401  # as above
    """The longest of what an entry says of itself, as text."""
    values = [str(each.get("value") or "") for each in entry.get("content") or ()]
    values.append(str(entry.get("summary") or ""))
    longest = max(values, key=len)[: LIMITS.entry_characters]
    return html_to_text(longest) if longest.strip() else ""


def _find_date(entry: Any) -> datetime | None:  # noqa: ANN401  # as above
    for name in ("published", "created", "updated"):
        if name not in entry:  # feedparser answers for "published" with "updated"
            continue
        printed = parse_moment(entry.get(name))
        if (parts := entry.get(f"{name}_parsed")) is None:
            if printed:
                return printed
            continue
        try:
            moment = parse_moment(datetime.fromtimestamp(calendar.timegm(parts), UTC))
        except (ValueError, OverflowError, OSError):
            continue
        # feedparser reads more forms, and tells them in UTC; the day is to be as printed.
        return printed if printed == moment else moment
    return None


def _find_topics(entry: Any) -> Iterable[str]:  # noqa: ANN401  # as above
    for tag in (entry.get("tags") or ())[:_TOPICS]:
        if topic := clean_line(tag.get("label") or tag.get("term") or ""):
            yield topic[:80]


def _find_every(feed: Any) -> float:  # noqa: ANN401  # as above
    """What `ttl` (minutes) and the syndication module ask for, in seconds: the longer."""
    ttl = _parse_number(feed.get("ttl")) * 60
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    times = _parse_number(feed.get("sy_updatefrequency")) or 1
    return max(ttl, period / times)


def _parse_number(value: object) -> float:
    try:
        return min(max(float(str(value)), 0.0), 1e6)
    except ValueError:
        return 0.0


def _describe_damage(parsed: Any) -> str:  # noqa: ANN401  # as above
    if not parsed.get("bozo"):
        return ""
    kind = type(parsed.get("bozo_exception")).__name__
    if kind in {"CharacterEncodingOverride", "NonXMLContentType"}:
        return ""
    return f"is not well-formed ({kind}); read as far as it could be"
