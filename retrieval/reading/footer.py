"""The footer of a translation project's file: where it came from, and who handled it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.reading.urls import clean_url

_RULE = re.compile(r"^[ \t>+]*(?:-{20,}|—{10,}|={40,})[ \t]*$", re.MULTILINE)
_VIA = re.compile(r"\s*[*_]*(?:via|from|原文)[*_ ]*[:：](.*)", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:\s*(\S+).*$", re.MULTILINE)
_CREDIT = re.compile(r"^[ \t]*(?:作者|author)[ \t]*[:：][ \t]*(.*)$", re.IGNORECASE | re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_DEFINITION_LINE = re.compile(r"[ \t]*\[[^\[\]\n]+\][:：]")


@dataclass(frozen=True, slots=True)
class Footer:
    """`via` is the address of the original; `author` is as credited, or ""."""

    via: str | None = None
    author: str = ""


def split_footer(text: str) -> tuple[str, Footer]:
    """The body, with the link definitions of the footer kept at its end, and the footer.

    A footer starts at the last long rule that is followed by `via:`; a text without one is all body.
    """
    for rule in reversed(list(_RULE.finditer(text))):
        below = text[rule.end() :]
        if found := _VIA.match(below):
            definitions = _DEFINITION.finditer(below)
            body = text[: rule.start()] + "\n\n" + "\n".join(d.group().strip() for d in definitions)
            return body, Footer(clean_url(found.group(1)), _read_credit(below))
    return text, Footer()


def drop_definitions(text: str) -> str:
    """Text without its lines of link definitions."""
    return "\n".join(line for line in text.split("\n") if not _DEFINITION_LINE.match(line))


def _read_credit(below: str) -> str:
    if not (found := _CREDIT.search(below)):
        return ""
    return _LINK.sub(r"\1", found.group(1)).strip(" []")
