"""AsciiDoc files: title, author and revision lines, attributes, then text in blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.reading.drafts import Parsed
from retrieval.reading.fields import draft_fields
from retrieval.reading.keys import squash
from retrieval.reading.markup import markdown_to_text

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_TITLE = re.compile(r"^=[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"^:!?([\w-]+)!?:[ \t]*(.*)$")
_AUTHOR = re.compile(
    r"([^\W\d_][\w.' -]*?)[ \t]*<[^<>]+>(?:;.*)?|((?:[A-Z][\w.'-]*[ \t]+){1,3}[A-Z][\w.'-]+)"
)
_REVISION = re.compile(r"(?:v?[\w.]+,[ \t]*)?([^:]*\d{4}[^:]*|\d{4}-\d{2}-\d{2})(?::[ \t].*)?")
_DELIMITED = re.compile(r"^(-{4,}|\.{4,}|\+{4,})[ \t]*\n(.*?)\n\1[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT_LINE = re.compile(r"^//(?!/)[^\n]*$", re.MULTILINE)
_COMMENT_BLOCK = re.compile(r"^/{4,}[ \t]*\n.*?\n/{4,}[ \t]*$", re.MULTILINE | re.DOTALL)
_FRAME = re.compile(r"^(?:={4,}|\*{4,}|_{4,}|\|={3,}|--)[ \t]*$", re.MULTILINE)
_BLOCK_LINE = re.compile(
    r"^\[[^\[\]\n]*\][ \t]*$|^(?:image|video|audio|include|toc|ifdef|ifndef|endif)::.*$",
    re.MULTILINE,
)
_HEADING = re.compile(r"^(={2,6})[ \t]+(\S.*)$", re.MULTILINE)
_CAPTION = re.compile(r"^\.(?=[^\s.])(.*)$", re.MULTILINE)
_ADMONITION = re.compile(r"^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+", re.MULTILINE)
_LINK = re.compile(
    r"(?:link:|xref:|mailto:)?(?:https?://|(?<=link:)|(?<=xref:)|(?<=mailto:))[^\s\[\]]{0,1000}\[([^\[\]]*?)(?:,[^\[\]]*|\^)?\]"
)
_INLINE_MACRO = re.compile(
    r"(?:image|icon|footnote|kbd|btn|anchor|indexterm\d?):[^\s\[\]:]*\[[^\[\]]*\]|<<[^<>,]*,([^<>]*)>>|<<([^<>]*)>>|\[\[[^\[\]]*\]\]|\(\(\([^()]*\)\)\)"
)
_ROLE = re.compile(r"\[[.#%][^\[\]\n]*\](?=[#*_`])|(?<!\w)#(?=\S)([^#\n]+)#(?!\w)")
_MARKS = re.compile(r"(?<![\w*_`])([*_`+]{1,2})(?=\S)([^\n]{1,200}?)(?<=\S)\1(?![\w*_`])")
_LIST = re.compile(r"^[ \t]*(?:\*+|\.+)[ \t]+", re.MULTILINE)
_TERM = re.compile(r"^(\S[^\n]*?)::[ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\{([\w-]+)\}")
_CELL = re.compile(r"^\|[ \t]*|[ \t]+\|[ \t]*(?=\S)", re.MULTILINE)
_LONGEST_HEAD = 40


def parse_asciidoc(source: SourceText) -> Parsed:
    """The article of an AsciiDoc file."""
    fields, below = split_head(source.text)
    return Parsed([draft_fields(fields, body=asciidoc_to_text(below, fields))])


def split_head(text: str) -> tuple[dict[str, object], str]:
    """The title, author, day and attributes at the top, and the text below them."""
    fields: dict[str, object] = {}
    lines = text.strip("\n").split("\n")
    end, titled = 0, False
    for number, line in enumerate(lines[:_LONGEST_HEAD]):
        blank = not line.strip()
        if blank and titled and not _more_head(lines[number + 1 : number + 2]):
            break
        if not (blank or line.startswith("//") or _take_line(line.strip(), fields)):
            break
        titled = "title" in fields
        end = number + 1
    return _name_alike(fields), "\n".join(lines[end:])


def _take_line(line: str, fields: dict[str, object]) -> bool:
    """Whether a line belongs to the head; what it says is kept in the fields."""
    if found := _ATTRIBUTE.fullmatch(line):
        fields.setdefault(squash(found[1]), found[2].strip())
    elif "title" not in fields and (found := _TITLE.fullmatch(line)):
        fields["title"] = found[1]
    elif "title" in fields and "author" not in fields and (found := _AUTHOR.fullmatch(line)):
        fields["author"] = found[1] or found[2]
    elif "title" in fields and "date" not in fields and (found := _REVISION.fullmatch(line)):
        fields["date"] = found[1]
    else:
        return False
    return True


def _name_alike(fields: dict[str, object]) -> dict[str, object]:
    """The fields with those of single engines under the names that all have."""
    named = dict(fields)
    for name, value in fields.items():
        for prefix in ("jbake", "page", "awestruct"):
            if name.startswith(prefix):
                named.setdefault(name.removeprefix(prefix), value)
    for name in ("revdate", "docdate"):
        if fields.get(name):
            named.setdefault("date", fields[name])
    return named


def _more_head(following: list[str]) -> bool:
    return bool(following) and _ATTRIBUTE.fullmatch(following[0]) is not None


def asciidoc_to_text(text: str, attributes: dict[str, object] | None = None) -> str:
    """Plain paragraphs of AsciiDoc markup."""
    text = _COMMENT_LINE.sub("", _COMMENT_BLOCK.sub("", text))
    text = _DELIMITED.sub(lambda m: f"\n```\n{m[2]}\n```\n", text)
    known = attributes or {}
    text = _REFERENCE.sub(
        lambda m: str(known.get(squash(m[1]), "")) if squash(m[1]) in known else m[0], text
    )
    text = "".join(
        part if n % 2 else _render_prose(part)
        for n, part in enumerate(re.split(r"(```.*?```)", text, flags=re.DOTALL))
    )
    return markdown_to_text(text)


def _render_prose(text: str) -> str:
    text = _FRAME.sub("", _BLOCK_LINE.sub("", text))
    text = _HEADING.sub(lambda m: f"\n{'#' * len(m[1])} {m[2]}\n", text)
    text = _LINK.sub(r"\1", _ADMONITION.sub("", _CAPTION.sub(r"\1\n", text)))
    text = _INLINE_MACRO.sub(lambda m: m[1] or "", text)
    text = _TERM.sub(r"\1\n", _LIST.sub("- ", _ROLE.sub(lambda m: m[1] or "", text)))
    text = re.sub(r"^\+[ \t]*$", "", text, flags=re.MULTILINE)
    return _MARKS.sub(r"\2", _CELL.sub("\n\n", text) if "|" in text else text)
