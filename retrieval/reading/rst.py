"""reStructuredText to plain paragraphs, and the title and fields above them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from retrieval.reading.cleaning import clean_line
from retrieval.reading.drafts import Parsed
from retrieval.reading.fields import draft_fields
from retrieval.reading.keys import KNOWN, squash
from retrieval.reading.markup import html_to_text

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_ADORNED = re.compile(
    r"\A\s*(?:([=\-`:.'\"~^_*+#<>])\1{2,}[ \t]*\n)?[ \t]*(\S[^\n]*)\n"
    r"([=\-`:.'\"~^_*+#<>])\3{2,}[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(r":([^:\n]+):(?:[ \t]+(.*))?")
# Roles and directives that docutils does not know are those of one engine: their text stays.
_ROLE = re.compile(r"(?::[\w.+-]+(?::[\w.+-]+)*:)`([^`<\n]*?)(?:\s*<[^`<>]*>)?`")
_DIRECTIVE = re.compile(
    r"^([ \t]*)\.\. ([\w-]+(?::[\w-]+)?)::[ \t]*(.*)((?:\n[ \t]+:[\w-]+:.*)*)$", re.MULTILINE
)
# A post of a blog says its day and more of itself in a directive above its title.
_POST = re.compile(r"\s*\.\. (?:post|article|blogpost)::[ \t]*(.*)((?:\n[ \t]+:[\w-]+:.*)*)")
_ADMONITIONS = frozenset(
    ("note", "warning", "tip", "important", "caution", "danger", "attention", "hint", "error",
     "admonition", "seealso", "versionadded", "versionchanged", "deprecated", "topic", "sidebar",
     "epigraph", "highlights", "pull-quote", "compound", "container", "rubric", "post", "update")
)  # fmt: skip
_CODE = frozenset(
    ("code", "code-block", "sourcecode", "parsed-literal", "highlight", "literalinclude", "listing",
     "doctest", "testcode", "prompt", "gist")
)  # fmt: skip
_SETTINGS = {
    "report_level": 5, "halt_level": 6, "file_insertion_enabled": False, "raw_enabled": False,
    "_disable_config": True, "embed_stylesheet": False, "stylesheet_path": None, "traceback": True,
    "line_length_limit": 1_000_000, "syntax_highlight": "none", "doctitle_xform": False,
    "sectsubtitle_xform": False, "input_encoding": "unicode", "docinfo_xform": False,
}  # fmt: skip
# The parser takes time that grows with the square of these.
_LONGEST, _MOST_MARKS = 1_000_000, 5_000
_DEEPEST_INDENT = re.compile(r"^[ \t]{120,}", re.MULTILINE)


def parse_rst(source: SourceText) -> Parsed:
    """A text whose title is underlined and whose fields stand below it, as in `:date: …`."""
    text = source.text.strip("\n")
    told: dict[str, object] = {}
    if found := _POST.match(text):
        told, _ = split_fields("\n".join(line.strip() for line in found[2].split("\n")))
        told.setdefault("date", found[1])
        text = text[found.end() :]
    title, below = split_title(text.strip("\n"))
    fields, below = split_fields(below)
    fields = {**told, **fields}
    if not title and fields:
        title, below = split_title(below)
    draft = draft_fields(fields, title=clean_line(rst_to_text(title)), body=rst_to_text(below))
    return Parsed([draft])


def split_title(text: str) -> tuple[str, str]:
    """The adorned title at the top of a text ("" without one), and the text below it."""
    found = _ADORNED.match(text)
    return (found[2].strip(), text[found.end() :]) if found else ("", text)


def split_fields(text: str) -> tuple[dict[str, object], str]:
    """The fields of a list `:name: value` at the top of a text, and the text below it."""
    lines = text.strip("\n").split("\n")
    fields: dict[str, object] = {}
    key, number = "", 0
    for number, line in enumerate(lines):  # noqa: B007  # where the list ends is used below
        if found := _FIELD.fullmatch(line):
            key = squash(found[1])
            fields.setdefault(key, (found[2] or "").strip())
        elif key and line[:1] in {" ", "\t"} and line.strip():
            fields[key] = f"{fields[key]} {line.strip()}".strip()
        else:
            break
    else:
        number += 1
    if KNOWN.isdisjoint(fields):
        return {}, text
    return fields, "\n".join(lines[number:])


def rst_to_text(text: str) -> str:
    """Plain paragraphs; markup that does not parse stays as it was written."""
    if not text.strip():
        return ""
    from docutils import core, utils  # noqa: PLC0415  # needed for this format alone

    source = _DEEPEST_INDENT.sub("        ", _simplify(text))
    if len(source) > _LONGEST or source.count("`") + source.count("*") > _MOST_MARKS:
        return _render_plain(source)
    try:
        parts = core.publish_parts(source, writer="html5", settings_overrides=_SETTINGS)
    except (
        utils.SystemMessage,
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
        OSError,
    ):
        return _render_plain(source)
    return html_to_text(parts["body"])


def _render_plain(source: str) -> str:
    """The paragraphs as they were written."""
    return html_to_text("".join(f"<p>{escape(part)}</p>" for part in source.split("\n\n")))


def _simplify(text: str) -> str:
    """The source with what only one engine understands replaced by what all do."""
    return _DIRECTIVE.sub(_replace_directive, _ROLE.sub(r"\1", text))


def _replace_directive(found: re.Match[str]) -> str:
    indent, name, argument, _ = found.groups()
    name = name.rsplit(":", 1)[-1].lower()
    if name in _CODE:
        return f"{indent}.. code::"
    if name in _ADMONITIONS:
        return (
            f"{indent}.. container::\n\n{indent}   {argument}\n"
            if argument
            else f"{indent}.. container::\n"
        )
    if name in {
        "image",
        "figure",
        "raw",
        "include",
        "contents",
        "table",
        "math",
        "list-table",
        "csv-table",
        "replace",
    }:
        return found[0]
    return f"{indent}.. {argument}" if argument else f"{indent}.."
