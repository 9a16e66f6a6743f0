"""Saved feeds (RSS, Atom, RDF) and the exports of blogs that are feeds: each entry an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retrieval.reading.cleaning import clean_line
from retrieval.reading.dates import parse_date
from retrieval.reading.drafts import Draft, Parsed, Rejected
from retrieval.reading.engine_marks import drop_shortcodes
from retrieval.reading.fields import clean_author, clean_excerpt
from retrieval.reading.keys import HIDDEN_STATES, squash
from retrieval.reading.markup import body_to_text, html_to_text
from retrieval.reading.urls import clean_url, parse_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retrieval.reading.dates import PrintedDate
    from retrieval.reading.detect import SourceText

# A document type may define entities that expand without end; no feed needs one.
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ARTICLE_TYPES = frozenset(("", "post", "page", "article", "news", "story", "product-news"))
_BLOGGER_KIND = re.compile(r"/kind#(\w+)$")
_WORDPRESS_LISTING = re.compile(r"\[(?:source)?code\b[^\]]*\](.*?)\[/(?:source)?code\]", re.DOTALL)
_PARAGRAPHS = re.compile(r"\n\s*\n")
_BLOCK_TAG = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|blockquote|pre|table|figure|section)\b", re.IGNORECASE
)
_LEAD_OUT = re.compile(
    r"(?:<p>)?\s*The post <a[^>]*>[^<]*</a> (?:first )?appeared (?:first )?on .{0,300}?(?:</p>|\Z)"
    r"|(?:<p>)?\s*(?:Continue reading|Read more|Weiterlesen)\b[^<]{0,80}(?:<a[^>]*>[^<]*</a>)?"
    r"[^<]{0,20}(?:</p>|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def parse_feed(source: SourceText) -> Parsed:
    """The entries of a feed. Raises Rejected where there are none, or nothing of it parses."""
    import feedparser  # noqa: PLC0415  # needed for feeds alone

    text = _DECLARATION.sub("", _DOCTYPE.sub("", source.text), count=1)
    feed: Any = feedparser.parse(
        text.encode("utf-8", "replace"),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = [entry for entry in feed.entries if _is_post(entry)]
    if not entries:
        problem = str(feed.get("bozo_exception", "")) if feed.get("bozo") else ""
        raise Rejected(f"a feed without entries{f' ({problem})' if problem else ''}")
    drafts = [_draft_entry(entry, feed.feed) for entry in entries]
    warnings = (
        ["the feed is damaged; what still parses was read"]
        if feed.get("bozo") and _is_cut(text)
        else []
    )
    return Parsed(drafts, warnings, left_out=len(feed.entries) - len(entries), many=True)


def _is_cut(text: str) -> bool:
    return not text.rstrip().lower().endswith((">",)) or not re.search(
        r"</(?:rss|feed|rdf:RDF|channel)>\s*\Z", text
    )


def _is_post(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is an article, and no picture, menu, comment or template of an export."""
    if str(entry.get("wp_post_type", "")) not in _ARTICLE_TYPES:
        return False
    kinds = [
        found[1]
        for tag in entry.get("tags") or ()
        if (found := _BLOGGER_KIND.search(str(tag.get("term"))))
    ]
    return not kinds or kinds[0] in {"post", "page"}


def _draft_entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Draft:
    body, excerpt = _find_texts(entry)
    published = _find_date(
        entry, ("wp_post_date", "published", "dc_date", "date", "created", "updated", "gd_date")
    )
    url = _find_link(entry)
    origin = entry.get("source") if isinstance(entry.get("source"), dict) else {}
    return Draft(
        title=clean_line(html_to_text(str(entry.get("title", "")))),
        excerpt=excerpt,
        body=body,
        url=url,
        site=clean_line((origin or {}).get("title")) or clean_line(feed.get("title")),
        domain="" if url else parse_host(str(feed.get("link", ""))),
        author=_find_author(entry, feed),
        published=published,
        date_from="front matter" if published else "none",
        updated=_find_date(entry, ("wp_post_modified", "updated")),
        topics=_find_topics(entry),
        declared_language=str(entry.get("language") or feed.get("language") or "").strip(),
        hidden=_find_hidden(entry),
    )


def _find_texts(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The full text, and the summary where it is another one."""
    contents = [str(c.get("value", "")) for c in entry.get("content") or ()]
    summary, content = str(entry.get("summary", "")), max(contents, key=len, default="")
    if not content:
        return _render(summary), ""
    written = str(entry.get("excerpt_encoded", "")) or (summary if summary != content else "")
    return _render(content), clean_excerpt(_LEAD_OUT.sub("", written)) if written else ""


def _render(html: str) -> str:
    """Text from an entry's HTML, or from a blog's own, where empty lines part paragraphs."""
    html = drop_shortcodes(_LEAD_OUT.sub("", _WORDPRESS_LISTING.sub(r"<pre>\1</pre>", html)))
    if _PARAGRAPHS.search(html) and not _BLOCK_TAG.search(html):
        html = "".join(f"<p>{part}</p>" for part in _PARAGRAPHS.split(html))
        return html_to_text(html)
    return html_to_text(html) if "<" in html else body_to_text(html)


def _find_date(entry: Mapping[str, Any], names: Iterable[str]) -> PrintedDate | None:
    held = (entry.get(name) for name in names if name in entry)  # it gives one for another
    return next((moment for value in held if (moment := parse_date(value))), None)


def _find_link(entry: Mapping[str, Any]) -> str | None:
    links = [entry.get("feedburner_origlink"), entry.get("link"), entry.get("id")]
    links[1:1] = [k.get("href") for k in entry.get("links") or () if k.get("rel") == "alternate"]
    return next((url for link in links if (url := clean_url(link))), None)


def _find_author(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str:
    names = [clean_author(str(a.get("name", ""))) for a in entry.get("authors") or ()]
    names = [name for name in names if name] or [clean_author(str(entry.get("author", "")))]
    return ", ".join(dict.fromkeys(n for n in names if n)) or clean_author(
        str(feed.get("author", ""))
    )


def _find_topics(entry: Mapping[str, Any]) -> tuple[str, ...]:
    tags = entry.get("tags") or ()
    terms = (
        clean_line(t.get("label") or t.get("term"))
        for t in tags
        if not _BLOGGER_KIND.search(str(t.get("term")))
    )
    return tuple(dict.fromkeys(term for term in terms if term and term.lower() != "uncategorized"))


def _find_hidden(entry: Mapping[str, Any]) -> str:
    status = str(entry.get("wp_status", ""))
    if squash(status) in HIDDEN_STATES or status in {"auto-draft", "inherit"}:
        return f"status: {status}"
    control = str(entry.get("app_draft", "") or entry.get("draft", ""))
    return "draft: yes" if control.strip().lower() in {"yes", "true"} else ""
