"""Files that begin with front matter in YAML, TOML or JSON, aggregator records among them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.reading.bodies import render_body
from retrieval.reading.cleaning import clean_line
from retrieval.reading.detect import Format
from retrieval.reading.drafts import Draft, Parsed
from retrieval.reading.fields import draft_fields, find_body, find_feed, find_title, squash_keys
from retrieval.reading.header import split_header
from retrieval.reading.markup import markdown_to_text
from retrieval.reading.plain import parse_plain
from retrieval.reading.titles import split_heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.reading.detect import SourceText

_OPENING = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n")


def parse_front_matter(source: SourceText, form: Format) -> Parsed:
    """The article of the file and its related ones, in the file's order, with warnings."""
    header = split_header(source.text, form)
    if not header.fields:
        rest = replace(source, text=_OPENING.sub("", header.body))
        return Parsed(parse_plain(rest).drafts, header.warnings)
    fields = squash_keys(header.fields)
    main = draft_article(fields, header.body, source.suffix)
    return Parsed([main, *_draft_related(fields, main)], header.warnings)


def parse_yaml(source: SourceText) -> Parsed:
    """A file that begins with front matter in YAML."""
    return parse_front_matter(source, Format.YAML)


def parse_toml(source: SourceText) -> Parsed:
    """A file that begins with front matter in TOML."""
    return parse_front_matter(source, Format.TOML)


def draft_article(fields: Mapping[str, object], body: str, suffix: str = "") -> Draft:
    """The draft of an article whose header holds these fields and whose text stands below it."""
    title = find_title(fields)
    body = body if body.strip() else find_body(fields)
    heading, rest = split_heading(body)
    heading = clean_line(markdown_to_text(heading))
    if heading and (not title or heading.casefold() == title.casefold()):
        title, body = title or heading, rest
    if find_feed(fields.get("feed"))[0]:  # written as plain Markdown, to come back word for word
        return draft_fields(fields, title=title, body=markdown_to_text(body, engines=False))
    return draft_fields(fields, title=title, body=render_body(body, suffix))


def _draft_related(fields: Mapping[str, object], main: Draft) -> list[Draft]:
    related = fields.get("related")
    entries = related if isinstance(related, list) else []
    records = (squash_keys(entry) for entry in entries if isinstance(entry, dict))
    drafts = (draft_fields(record, digest=main.digest) for record in records)
    return [replace(draft, hidden="") for draft in drafts]
