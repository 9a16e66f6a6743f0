"""Which format a text is in: told by its content, by its name only where content cannot."""

# ruff: noqa: RUF001  # full width marks are meant

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from retrieval.reading.keys import DATE, KNOWN, TITLE, squash

if TYPE_CHECKING:
    from collections.abc import Callable


class Format(Enum):
    """How a file says what it is about."""

    MAIL = "mail"
    FEED = "a feed"
    BOOKMARKS = "a list of links"
    PAGE = "an HTML page"
    XML = "XML"
    YAML = "YAML front matter"
    TOML = "TOML front matter"
    JSON = "JSON"
    LCTT = "[#]: header"
    MDX = "an exported object"
    COMMENT = "a header in a comment"
    ORG = "Org"
    ASCIIDOC = "AsciiDoc"
    RST = "reStructuredText"
    LOGSEQ = "key:: value lines"
    BLOG_EXPORT = "a Movable Type export"
    HEADER = "key: value lines"
    CSV = "a table"
    PLAIN = "plain text"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded file: `path` as in `parse_file`, `raw` its bytes, for formats that decode parts."""

    text: str
    path: str = ""
    raw: bytes = b""

    @property
    def suffix(self) -> str:
        """The file name's ending with its full stop, in lower case."""
        return PurePosixPath(self.path).suffix.lower()


_HEAD = 3000
_PROLOGUE_WITHIN = 20_000
_LCTT_LINE = re.compile(r"^[ \t+]*\[#\][ \t]*:", re.MULTILINE)
_LCTT_WITHIN_LINES = 25
_JSON_START = re.compile(r"[\[{]\s*([\"{\[]|[}\]])")
_PROLOGUE = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s+(?!html|NETSCAPE)[^\[>]*(?:\[.*?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_FEED_START = re.compile(r"<(?:rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
_PAGE_START = re.compile(r"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_BOOKMARKS = re.compile(
    r"<!DOCTYPE NETSCAPE-Bookmark|<title>(?:Pocket|Instapaper)[^<]*Export", re.IGNORECASE
)
_XML_START = re.compile(r"\s*<\?xml\b|\s*<!DOCTYPE (?!html)", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    r"^(From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type|Delivered-To"
    r"|Reply-To|Snapshot-Content-Location|X-[\w-]+|List-[\w-]+|DKIM-Signature|Cc)[ \t]?:",
    re.IGNORECASE,
)
_MAIL_LINE = re.compile(r"^(?:[A-Za-z][\w-]*[ \t]?:|[ \t]+\S|From )")
_EXPORTED_NAME = re.compile(
    r"^export\s+(?:const|let|var)\s+(?:meta|metadata|frontmatter|frontMatter|attributes|post|article)\b",
    re.MULTILINE,
)
_NIKOLA = re.compile(r"(?:<!--\s*)?\.\. [a-z_]+: ?[^:\s]")
_COMMENT = re.compile(r"<!--+\s*\n?[ \t]*([\w-]+)[ \t]*:[ \t]*\S")
_ORG = re.compile(r"^#\+(?:TITLE|DATE|AUTHOR)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ASCIIDOC = re.compile(
    r"(?::[\w-]+:.*\n|//.*\n|\n)*= \S.*\n(?:.*\n){0,3}?(?::[\w-]+:|\n*\[\w+|[^\n]+<\S+@\S+>)"
)
_RST_DOCINFO = re.compile(
    r"(?:([=#*~^-]{3,})\n)?[^\n]+\n[=#*~^+-]{3,}[ \t]*\n(?:[^\n]*\n[=~^-]{3,}\n)?\n*:[a-z_]+:[ \t]",
    re.IGNORECASE,
)
_LOGSEQ = re.compile(r"(?:- )?[\w-]+:: ?\S")
_BLOG_EXPORT = re.compile(
    r"(?:AUTHOR|TITLE|BASENAME|STATUS): .*\n(?:[A-Z ]+:.*\n)+-----\n(?:EXTENDED )?BODY:"
)
_KEY_LINE = re.compile(r"([^\W\d_][\w .-]{0,24}?)[ \t]*[:：=][ \t]*(\S.*)?$")
_TITLE_OR_DAY = frozenset((*TITLE, *DATE, "subject"))
_FEWEST_KEYS = 2


def detect_format(source: SourceText) -> Format:
    """The format of a decoded text; blank lines before it do not matter."""
    text = source.text.lstrip("\n \t")
    head = text[:_HEAD]
    return next(form for form, recognise in _RECOGNISERS if recognise(head, source))


def _is_mail(head: str, source: SourceText) -> bool:
    if source.suffix in {".eml", ".mbox", ".mht", ".mhtml", ".msg"}:
        return True
    names: set[str] = set()
    for line in head.split("\n"):
        if not _MAIL_LINE.match(line):
            break
        if found := _MAIL_HEADER.match(line):
            names.add(found[1].lower())
    return (
        "from" in names
        and ("subject" in names or "message-id" in names)
        and len(names) > _FEWEST_KEYS
    )


def _is_feed(head: str, source: SourceText) -> bool:
    head = source.text.lstrip()[:_PROLOGUE_WITHIN] if head.startswith("<") else ""
    return _FEED_START.match(_PROLOGUE.sub("", head, count=1)) is not None


def _is_page(head: str, _: SourceText) -> bool:
    return head.startswith("<") and _PAGE_START.match(_PROLOGUE.sub("", head, count=1)) is not None


def _is_xml(head: str, source: SourceText) -> bool:
    return _XML_START.match(head) is not None or (
        source.suffix in {".xml", ".opml", ".enex"} and head.startswith("<")
    )


def _is_lctt(head: str, _: SourceText) -> bool:
    return bool(
        _LCTT_LINE.search("\n".join(head.split("\n", _LCTT_WITHIN_LINES)[:_LCTT_WITHIN_LINES]))
    )


def _is_comment(head: str, _: SourceText) -> bool:
    if _NIKOLA.match(head):
        return True
    found = _COMMENT.match(head)
    return found is not None and squash(found[1]) in KNOWN


def _is_org(head: str, source: SourceText) -> bool:
    return source.suffix == ".org" or (head.startswith("#+") and _ORG.search(head) is not None)


def _is_asciidoc(head: str, source: SourceText) -> bool:
    return source.suffix in {".adoc", ".asciidoc", ".asc", ".ad"} or (
        head.startswith(("= ", ":")) and _ASCIIDOC.match(head) is not None
    )


def _is_rst(head: str, source: SourceText) -> bool:
    return source.suffix in {".rst", ".rest"} or _RST_DOCINFO.match(head) is not None


def _is_header(head: str, source: SourceText) -> bool:
    """A block of lines `Key: value` above the text, most of whose keys are known ones."""
    if source.suffix == ".lr":
        return True
    known: list[str] = []
    lines = 0
    for line in head.split("\n"):
        if not line.strip() or line.strip() == "---":
            break
        if found := _KEY_LINE.fullmatch(line):
            lines += 1
            known += [squash(found[1])] if squash(found[1]) in KNOWN else []
        elif not line.startswith((" ", "\t", "- ")) or not lines:
            return False
    return len(known) >= _FEWEST_KEYS and not _TITLE_OR_DAY.isdisjoint(known)


def _starts(pattern: re.Pattern[str]) -> Callable[[str, SourceText], bool]:
    return lambda head, _: pattern.match(head) is not None


# In this order; the first that says yes.
_RECOGNISERS: tuple[tuple[Format, Callable[[str, SourceText], bool]], ...] = (
    (Format.YAML, lambda head, _: head.split("\n", 1)[0].rstrip() == "---"),
    (Format.TOML, lambda head, _: head.split("\n", 1)[0].rstrip() == "+++"),
    (Format.MAIL, _is_mail),
    (Format.FEED, _is_feed),
    (Format.BOOKMARKS, lambda head, _: head[:1] == "<" and _BOOKMARKS.search(head) is not None),
    (Format.PAGE, _is_page),
    (Format.XML, _is_xml),
    (Format.JSON, _starts(_JSON_START)),
    (Format.LCTT, _is_lctt),
    (Format.MDX, lambda head, _: _EXPORTED_NAME.search(head) is not None),
    (Format.COMMENT, _is_comment),
    (Format.ORG, _is_org),
    (Format.ASCIIDOC, _is_asciidoc),
    (Format.RST, _is_rst),
    (Format.LOGSEQ, _starts(_LOGSEQ)),
    (Format.BLOG_EXPORT, _starts(_BLOG_EXPORT)),
    (Format.HEADER, _is_header),
    (Format.CSV, lambda _, source: source.suffix in {".csv", ".tsv"}),
    (Format.PLAIN, lambda head, _: True),  # noqa: ARG005  # the last takes everything
)
