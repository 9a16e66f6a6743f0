"""Headers of lines `key: value` in their many dresses: plain, in comments, doubled, exported."""

# ruff: noqa: RUF001  # full width marks are meant

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.reading import keys
from retrieval.reading.bodies import render_body
from retrieval.reading.drafts import Draft, Parsed
from retrieval.reading.fields import draft_fields, find_body
from retrieval.reading.front_matter import draft_article, parse_yaml
from retrieval.reading.keys import squash

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_LINE = re.compile(r"(?:\.\. )?([^\W\d_][\w .-]{0,24}?)[ \t]*[:：=][ \t]*(.*)")
_DOUBLED = re.compile(r"(?:- )?([\w-]+)::[ \t]*(.*)")
_RULE = re.compile(r"-{3,}\s*")
_COMMENT = re.compile(r"\s*<!--+(.*?)--+>", re.DOTALL)
_EXPORT = re.compile(
    r"^export\s+(?:const|let|var)\s+(?:meta|metadata|frontmatter|attributes|post|article)\b[^={]*=\s*\{",
    re.MULTILINE | re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"""(?:^|[{,\s])["']?([A-Za-z_$][\w$-]*)["']?\s*:\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`"""
    r"""|\[([^\[\]]*)\]|(?:new\s+Date\(["']?([^"')]*)["']?\)|(true|false|-?\d+(?:\.\d+)?)))"""
)
_QUOTED = re.compile(r"""["'`]([^"'`\n]*)["'`]""")
_BLOCK_ID = re.compile(r"^[ \t]*(?:-[ \t]+)?[\w-]+::[ \t].*\n?", re.MULTILINE)
_SYNCED = re.compile(
    r"^[ \t]*-[ \t]+(?:New )?[Hh]ighlights (?:first synced|added) .*\n?", re.MULTILINE
)
_LONGEST_OBJECT = 20_000


def parse_header_lines(source: SourceText) -> Parsed:
    """A header that ends at an empty line or a rule, or one of fields that rules part."""
    text = source.text.strip("\n")
    if source.suffix == ".lr" or _is_lektor(text):
        return Parsed([_draft_lektor(text)])
    lines = text.split("\n")
    end = next(
        (n for n, line in enumerate(lines) if not line.strip() or _RULE.fullmatch(line)), len(lines)
    )
    if end < len(lines) and lines[end].strip():  # a rule closes front matter that none opened
        return parse_yaml(replace(source, text=f"---\n{text}"))
    body = "\n".join(lines[end:])
    return Parsed([draft_article(parse_lines(lines[:end]), body, source.suffix)])


def parse_comment_header(source: SourceText) -> Parsed:
    """A header in an HTML comment, or in the comments of reStructuredText (`.. title: …`)."""
    text = source.text.lstrip()
    if found := _COMMENT.match(text):
        fields = parse_lines(found[1].strip().split("\n"))
        return Parsed([draft_article(fields, text[found.end() :], source.suffix)])
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if not line.startswith("..")), len(lines))
    body = "\n".join(lines[end:])
    fields = parse_lines(lines[:end])
    return Parsed(
        [draft_article(fields, body, ".rst" if source.suffix == ".txt" else source.suffix)]
    )


def parse_doubled_colons(source: SourceText) -> Parsed:
    """Notes whose first lines are `key:: value`, below them an outline."""
    lines = source.text.strip("\n").split("\n")
    end = next(
        (n for n, line in enumerate(lines) if line.strip() and not _DOUBLED.match(line.strip())),
        len(lines),
    )
    fields: dict[str, object] = {}
    for line in lines[:end]:
        if found := _DOUBLED.match(line.strip()):
            fields.setdefault(squash(found[1]), found[2].strip())
    body = _SYNCED.sub("", _BLOCK_ID.sub("", "\n".join(lines[end:])))
    return Parsed([draft_article(fields, body, source.suffix)])


def parse_exported_object(source: SourceText) -> Parsed:
    """A page whose header is an object that its script exports."""
    found = _EXPORT.search(source.text)
    if found is None:
        return Parsed([draft_article({}, source.text, source.suffix)])
    end = _find_close(source.text, found.end())
    fields = parse_object(source.text[found.end() : end - 1])
    body = source.text[: found.start()] + source.text[end:].lstrip("; \t")
    return Parsed([draft_article(fields, body, source.suffix)])


def parse_lines(lines: list[str]) -> dict[str, object]:
    """The fields of lines `key: value`; an indented line goes on with the value before it."""
    fields: dict[str, object] = {}
    key = ""
    for line in lines:
        found = _LINE.fullmatch(line.rstrip()) if line[:1].strip() else None
        if found:
            key = squash(found[1])
            fields.setdefault(key, _unquote(found[2]))
        elif key and line.strip():
            fields[key] = f"{fields[key]} {line.strip()}".strip()
    return fields


def parse_object(text: str) -> dict[str, object]:
    """The plain properties of an object in JavaScript's notation."""
    fields: dict[str, object] = {}
    for found in _PROPERTY.finditer(text):
        name, *quoted, entries, moment, plain = found.groups()
        value: object = next((q for q in quoted if q is not None), None)
        if value is not None:
            value = re.sub(r"\\(.)", r"\1", str(value))
        elif entries is not None:
            value = _QUOTED.findall(entries)
        else:
            value = (
                moment if moment is not None else {"true": True, "false": False}.get(plain, plain)
            )
        fields.setdefault(squash(name), value)
    return fields


def _find_close(text: str, start: int) -> int:
    """Where the brace closes that was opened before `start`."""
    depth = 1
    for at in range(start, min(len(text), start + _LONGEST_OBJECT)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return at + 1
    return min(len(text), start + _LONGEST_OBJECT)


def _is_lektor(text: str) -> bool:
    """Whether fields are parted by rules of three hyphens: `title: x`, `---`, `body:`."""
    parts = re.split(r"\n---\n", text)
    if len(parts) < len(("title", "body")):
        return False
    named = sum(bool((f := _LINE.match(p.strip())) and squash(f[1]) in keys.KNOWN) for p in parts)
    return named == len(parts)


def _draft_lektor(text: str) -> Draft:
    fields: dict[str, object] = {}
    for part in re.split(r"^---[ \t]*$", text, flags=re.MULTILINE):
        name, _, value = part.strip().partition(":")
        if name.strip():
            fields.setdefault(squash(name.strip()), value.strip())
    return draft_fields(fields, body=render_body(find_body(fields)))


def _unquote(value: str) -> str:
    value = value.strip()
    pair = value[:1] + value[-1:]
    return value[1:-1] if len(value) > 1 and pair in {'""', "''"} else value
