"""Lists of links that browsers and read-later services export, and exports of Movable Type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.reading.cleaning import clean_line
from retrieval.reading.drafts import Draft, Parsed, Rejected
from retrieval.reading.fields import draft_fields
from retrieval.reading.keys import squash
from retrieval.reading.markup import body_to_text, parse_html
from retrieval.reading.urls import clean_url

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_ENTRY_END = re.compile(r"^-{8}[ \t]*$", re.MULTILINE)
_SECTION_END = re.compile(r"^-{5}[ \t]*$", re.MULTILINE)
_SECTION_NAME = re.compile(r"(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):[ \t]*\n?")
_XML_ROOT = re.compile(r"<(?![?!])([\w:.-]+)")
_ADVICE = {
    "opml": "a list of feeds in OPML; add the feeds, or save their articles",
    "urlset": "a sitemap, a list of addresses without texts",
    "sitemapindex": "a sitemap, a list of addresses without texts",
    "en-export": "an Evernote export; export its notes as HTML or Markdown",
    "svg": "a picture in SVG",
    "plist": "a property list; export its articles as JSON or CSV",
}


def parse_bookmarks(source: SourceText) -> Parsed:
    """Each link of a list an article known by its title alone; Rejected where there is none."""
    root = parse_html(source.text)
    links = [] if root is None else list(root.iter("a"))
    drafts = []
    for link in links:
        url, title = clean_url(link.get("href")), clean_line(" ".join(link.itertext()))
        if url and title and title != url:
            topics = tuple(t for t in (link.get("tags") or "").split(",") if t)
            drafts.append(Draft(title=title, url=url, topics=topics))
    if not drafts:
        raise Rejected("a list of links without titles; save the articles themselves")
    return Parsed(drafts, left_out=len(links) - len(drafts), many=True)


def parse_blog_export(source: SourceText) -> Parsed:
    """The entries of an export in Movable Type's format."""
    entries = [entry for entry in _ENTRY_END.split(source.text) if entry.strip()]
    return Parsed([_draft_entry(entry) for entry in entries], many=True)


def reject_xml(source: SourceText) -> Parsed:
    """XML that is no feed and no page: raises Rejected, naming what it is."""
    found = _XML_ROOT.search(source.text)
    name = found[1] if found else ""
    advice = _ADVICE.get(name.lower())
    raise Rejected(
        advice or f"XML that is no feed and no page (<{name}>); save its articles as text"
    )


def _draft_entry(entry: str) -> Draft:
    head, *sections = _SECTION_END.split(entry.strip("\n"))
    fields: dict[str, object] = {}
    for line in head.split("\n"):
        name, _, value = line.partition(":")
        fields.setdefault(squash(name), value.strip())
    texts: dict[str, str] = {}
    for section in sections:
        if found := _SECTION_NAME.match(section.strip("\n")):
            texts.setdefault(found[1], section.strip("\n")[found.end() :])
    body = f"{texts.get('BODY', '')}\n\n{texts.get('EXTENDED BODY', '')}"
    fields |= {
        "excerpt": texts.get("EXCERPT", "").strip(),
        "tags": texts.get("KEYWORDS", "").strip(),
    }
    return draft_fields(fields, body=body_to_text(body.strip()))
