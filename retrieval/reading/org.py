"""Org files: keywords above the text, stars for headings, blocks between `#+BEGIN` and `#+END`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.reading.drafts import Parsed
from retrieval.reading.fields import draft_fields
from retrieval.reading.keys import squash
from retrieval.reading.markup import markdown_to_text
from retrieval.reading.titles import split_heading

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_KEYWORD = re.compile(r"^#\+([A-Za-z_]+)(?:\[[^\]]*\])?:[ \t]*(.*)$", re.MULTILINE)
_DRAWER = re.compile(r"^[ \t]*:[A-Z_]+:[ \t]*\n(?:[ \t]*:.*\n)*?[ \t]*:END:[ \t]*\n?", re.MULTILINE)
_PROPERTY = re.compile(r"^[ \t]*:([\w-]+):[ \t]+(.*)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^[ \t]*#\+begin_(\w+)[^\n]*\n((?:(?![ \t]*#\+begin_).*\n)*?)[ \t]*#\+end_\1[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]+)\])?\]")
_HEADING = re.compile(
    r"^(\*+)[ \t]+(?:(?:TODO|DONE|NEXT)[ \t]+)?(?:\[#[A-Z]\][ \t]+)?(.*?)"
    r"(?:[ \t]+:[\w@:]+:)?[ \t]*$",
    re.MULTILINE,
)
_EMPHASIS = re.compile(r"(?<![\w*/=~+_])([*/=~+_])(?=\S)([^\n*=~]{1,200}?)(?<=\S)\1(?![\w*/=~+])")
_PLANNING = re.compile(r"^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):.*\n?|^[ \t]*# .*\n?", re.MULTILINE)
_STAMP = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})(?: [^<>\[\]\d]*)?(\d{1,2}:\d{2})?[^<>\[\]]*[>\]]")
_FOOTNOTE = re.compile(r"\[fn:[^\[\]]*\]")
_CODE_BLOCKS = frozenset(("src", "example", "export"))


def parse_org(source: SourceText) -> Parsed:
    """The article of an Org file."""
    text = source.text
    fields: dict[str, object] = {}
    for name, value in (*_KEYWORD.findall(text), *_PROPERTY.findall(text[:2000])):
        told = _STAMP.sub(lambda m: f"{m[1]} {m[2] or ''}".strip(), value.strip())
        fields.setdefault({"filetags": "tags"}.get(name.lower(), squash(name)), told)
    tags = fields.get("tags")
    if isinstance(tags, str) and ":" in tags:
        fields["tags"] = [tag for tag in tags.split(":") if tag]
    if not fields.get("title"):
        heading = _HEADING.search(text)
        if heading and not _KEYWORD.sub("", text[: heading.start()]).strip():
            fields["title"] = heading[2]
            text = text[: heading.start()] + text[heading.end() :]
    return Parsed([draft_fields(fields, body=org_to_text(text))])


def org_to_text(text: str) -> str:
    """Plain paragraphs of Org markup."""
    text = _BLOCK.sub(_render_block, _DRAWER.sub("", text))
    text = _PLANNING.sub("", _KEYWORD.sub("", text))
    text = _LINK.sub(lambda m: m[2] or ("" if _is_picture(m[1]) else m[1]), _FOOTNOTE.sub("", text))
    text = _HEADING.sub(lambda m: f"\n{'#' * min(len(m[1]) + 1, 6)} {m[2]}\n", text)
    _, text = split_heading(text) if text.lstrip().startswith("# ") else ("", text)
    return markdown_to_text(_EMPHASIS.sub(r"\2", text))


def _render_block(found: re.Match[str]) -> str:
    if found[1].lower() in _CODE_BLOCKS:
        return f"\n```\n{found[2]}```\n"
    return "" if found[1].lower() == "comment" else f"\n{found[2]}\n"


def _is_picture(target: str) -> bool:
    return target.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"))
