"""Files of a translation project: `[#]: key: value` lines, a heading, Markdown, a footer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.reading.cleaning import clean_line
from retrieval.reading.drafts import Draft, Parsed
from retrieval.reading.footer import split_footer
from retrieval.reading.markup import body_to_text, markdown_to_text
from retrieval.reading.titles import split_first_line, split_heading
from retrieval.reading.urls import clean_url
from retrieval.text.languages import identify_language

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_MARK = re.compile(r"^[ \t]*\[#\][ \t]*:[ \t]*")
_KEY = re.compile(r"([^\s:\"(]+)[ \t]*:?[ \t]*")
_NOT_A_LETTER = re.compile(r"[^\w]")
_TRANSLATED_KEYS = {"作者": "author", "标题": "subject", "来源": "via"}
_ADDRESS = re.compile(r"<?https?://\S*")
# The project's converter sets a space where emphasis ends, which the article's own page has not.
_SPACE_BEFORE_STOP = re.compile(r"(?<=\S)([*_]) (?=[,.;:!?](?:\s|$))", re.MULTILINE)
_SPACED_QUOTE = re.compile(r"(?<![^\s(])(['\"]) ([*_]+[^*_\s][^*_\n]{0,80}[*_]+) (?=\1)")
_PAIRS = {"(": ")", '"': '"', "“": "”"}


def parse_lctt(source: SourceText) -> Parsed:
    """The article of a `[#]:` file. Its header is read before Markdown, which would swallow it."""
    fields, rest = split_fields(source.text)
    body, footer = split_footer(rest)
    heading, body = split_heading(body)
    heading = clean_line(markdown_to_text(heading))
    subject = clean_line(" ".join(fields.get("subject", [])[:1]))
    plain = body_to_text(_SPACED_QUOTE.sub(r"\1\2", _SPACE_BEFORE_STOP.sub(r"\1", body)))
    first, below = ("", plain) if subject or heading else split_first_line(plain)
    authors = [clean_line(_ADDRESS.sub("", author)) for author in fields.get("author", [])]
    addresses = [*fields.get("via", []), *fields.get("url", [])]
    via = next((url for value in addresses if (url := clean_url(value))), None)
    draft = Draft(
        title=subject or heading or first,
        body=below,
        url=via or footer.via,
        site=clean_line(fields.get("outlet", [""])[0]),
        author=", ".join(dict.fromkeys(name for name in authors if name)) or footer.author,
        digest=fields.get("digest", [""])[0].strip().lower() == "true",
        translated=identify_language(plain) != "en",
        aliases=(heading,) if subject else (),
    )
    return Parsed([draft])


def split_fields(text: str) -> tuple[dict[str, list[str]], str]:
    """The header's values by key in lower case, each key's in order, and the text below it.

    A value may stand in `(…)`, in `"…"` or bare, and may run on over the next line until its
    bracket or quote is closed.
    """
    fields: dict[str, list[str]] = {}
    lines = text.strip("\n").split("\n")
    rest, number = [], 0
    while number < len(lines):
        if not _MARK.match(lines[number]):
            rest.append(lines[number])
            number += 1
            continue
        entry = _MARK.sub("", lines[number]).strip()
        number += 1
        while number < len(lines) and _is_open(entry) and _runs_on(lines[number]):
            entry += " " + lines[number].strip()
            number += 1
        _keep(entry, fields)
    return fields, "\n".join(rest)


def _keep(entry: str, fields: dict[str, list[str]]) -> None:
    if found := _KEY.match(entry):
        key = _NOT_A_LETTER.sub("", found.group(1)).lower()
        value = _unwrap(entry[found.end() :].strip())
        fields.setdefault(_TRANSLATED_KEYS.get(key, key), []).append(value)


def _is_open(entry: str) -> bool:
    found = _KEY.match(entry)
    value = entry[found.end() :] if found else ""
    if value[:1] == "(":
        return value.count("(") > value.count(")")
    close = _PAIRS.get(value[:1], "")
    return bool(close) and not (len(value) > 1 and value.endswith(close))


def _runs_on(line: str) -> bool:
    return bool(line.strip()) and not _MARK.match(line) and not set(line.strip()) <= set("=-")


def _unwrap(value: str) -> str:
    """A value without its one outer pair of brackets or quotes; those inside are its own."""
    close = _PAIRS.get(value[:1], "")
    if not close:
        return value
    return value[1:].removesuffix(close).strip()
