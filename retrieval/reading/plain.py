"""Files without a header: plain text, or Markdown, perhaps with a byline below its headline."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.reading.bodies import render_body
from retrieval.reading.cleaning import clean_line
from retrieval.reading.dates import parse_date
from retrieval.reading.drafts import Draft, Parsed
from retrieval.reading.fields import clean_author
from retrieval.reading.footer import split_footer
from retrieval.reading.keys import AUTHOR, DATE, SITE, UPDATED, squash
from retrieval.reading.markup import markdown_to_text
from retrieval.reading.titles import split_first_line, split_heading
from retrieval.reading.urls import clean_url
from retrieval.text.languages import identify_language

if TYPE_CHECKING:
    from retrieval.reading.dates import PrintedDate
    from retrieval.reading.detect import SourceText

# A text that is a digest says so as every other format does, here on a line above the text.
_DIGEST_LINE = re.compile(r"\A\s*digest:[ \t]*(true)[ \t]*\n", re.IGNORECASE)
# Lines this long were not wrapped by hand: each of them is a paragraph.
_UNWRAPPED = 100
_LONGEST_BYLINE = 90
_MOST_LINES = 6
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|words by|written by|story by|reported by)[ :]\s*(\S.{1,70})",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[*_]*([^\W\d_][\w -]{1,24}?)[*_]*[ \t]*[:：][*_]*[ \t]*(\S.*)")
_SIGNED_DAY = re.compile(r"(.*\d{4})\s+(?:by|von|par|por)\s+(\S.{1,60})", re.IGNORECASE)
_ON = re.compile(r"\s+(?:on|am|le|el)\s+(?=\S*\s*\d)", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|·•–—]\s+|\s*\|\s*")


def parse_plain(source: SourceText) -> Parsed:
    """The article of a headerless text; its title is a heading, else its first line."""
    marked = _DIGEST_LINE.match(source.text)
    body, footer = split_footer(source.text[marked.end() :] if marked else source.text)
    title, below = _split_title(body)
    byline, below = split_byline(below)
    if not byline:
        title, plain = _render(body, source.suffix)
    else:
        plain = render_body(_part_lines(below), source.suffix)
    draft = Draft(
        title=title,
        body=plain,
        url=footer.via or byline.url,
        author=footer.author or byline.author,
        site=byline.site,
        published=byline.published,
        date_from="front matter" if byline.published else "none",
        updated=byline.updated,
        digest=marked is not None,
        translated=footer.via is not None and identify_language(plain) != "en",
    )
    return Parsed([draft])


@dataclass(slots=True)
class Byline:
    """What stands between a headline and its text."""

    author: str = ""
    published: PrintedDate | None = None
    updated: PrintedDate | None = None
    url: str | None = None
    site: str = ""

    def __bool__(self) -> bool:
        return bool(self.author or self.published or self.url)


def split_byline(text: str) -> tuple[Byline, str]:
    """The lines that only say who wrote, when and where, taken off the top of a text.

    At least one of them must name its kind ("By …", "Date: …"), or be nothing but a day.
    """
    byline, lines = Byline(), text.strip("\n").split("\n")
    taken = 0
    for number, line in enumerate(lines[:_MOST_LINES]):
        if line.strip() and not _take(line.strip(), byline):
            break
        taken = number + 1
    return byline, "\n".join(lines[taken:]) if byline else text


def _take(line: str, byline: Byline) -> bool:
    """Whether a line, each of its parts, belongs to a byline; what it says is kept there."""
    if len(line) > _LONGEST_BYLINE + (len(line) if line.startswith("http") else 0):
        return False
    if line.startswith(("http://", "https://")) and " " not in line:
        byline.url = byline.url or clean_url(line)
        return True
    seen = replace(byline)
    if not all(
        _take_part(part.strip(" *_"), seen) for part in _PARTS.split(line) if part.strip(" *_")
    ):
        return False
    byline.author, byline.published, byline.updated = seen.author, seen.published, seen.updated
    byline.url, byline.site = seen.url, seen.site
    return True


def _take_part(part: str, byline: Byline) -> bool:
    if (found := _SIGNED_DAY.fullmatch(part)) and (moment := _parse_day_line(found[1])):
        byline.published = byline.published or moment
        return _take_author(found[2], byline)
    if found := _BYLINE.fullmatch(part):
        return _take_author(found[1], byline)
    if found := _LABELLED.fullmatch(part):
        return _take_labelled(squash(found[1]), found[2], byline)
    if moment := _parse_day_line(part):
        byline.published = byline.published or moment
        return True
    return False


def _take_author(named: str, byline: Byline) -> bool:
    """A name, perhaps with the day after it ("A Writer, 3 May 2024"); no sentence."""
    name, _, rest = _ON.sub(",", named).partition(",")
    if rest and (moment := _parse_day_line(rest.strip())):
        byline.published, named = byline.published or moment, name
    if named.endswith((".", "!", "?")) or not any(word[:1].isupper() for word in named.split()):
        return named.isascii() is False and len(named) < len("abcdefghij")
    byline.author = byline.author or clean_author(named)
    return True


def _take_labelled(key: str, value: str, byline: Byline) -> bool:
    if key in AUTHOR:
        byline.author = byline.author or clean_author(value)
    elif key in UPDATED and (moment := parse_date(value)):
        byline.updated = moment
    elif key in DATE and (moment := parse_date(value)):
        byline.published = byline.published or moment
    elif url := clean_url(value):
        byline.url = byline.url or url
    elif key in SITE:
        byline.site = byline.site or clean_line(value)
    else:
        return False
    return True


def _parse_day_line(line: str) -> PrintedDate | None:
    """The day of a line that is nothing else, for a line of prose may hold one too."""
    return (
        parse_date(line)
        if len(line.split()) <= len(["on", "the", "3", "of", "May", "2024", "at", "10", "h"])
        else None
    )


def _split_title(body: str) -> tuple[str, str]:
    """The title as split off the source, and the source below it."""
    heading, rest = split_heading(body)
    if title := clean_line(markdown_to_text(heading)):
        return title, rest
    title, rest = split_first_line(body.strip())
    return clean_line(markdown_to_text(title)), rest


def _render(body: str, suffix: str) -> tuple[str, str]:
    heading, rest = split_heading(body)
    if title := clean_line(markdown_to_text(heading)):
        return title, render_body(rest, suffix)
    return split_first_line(render_body(_part_lines(rest), suffix))


def _part_lines(text: str) -> str:
    """Text whose paragraphs are single lines, with blank lines between them."""
    text = text.strip()
    if "\n\n" in text or max(map(len, text.split("\n"))) <= _UNWRAPPED:
        return text
    return text.replace("\n", "\n\n")
