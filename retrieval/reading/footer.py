"""The footer of a translation project's file: where it came from, and who handled it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from retrieval.reading.urls import clean_url

_COLON = "[ \t]*[:\uff1a][ \t]*"  # ASCII or full width, as in Chinese texts
_VIA = re.compile(
    rf"^ {{0,3}}[*_]*via[*_]*{_COLON}(.*(?:https?://|www\.).*)$", re.IGNORECASE | re.MULTILINE
)
_RULE = re.compile(r"\n[ \t>+]*(?:-{5,}|—{5,}|={20,})\s*\Z")
_DEFINITION = re.compile(rf"^[ \t]*\[([^\[\]\n]+)\]{_COLON}(\S*).*$", re.MULTILINE)
_CREDIT = re.compile(
    r"[ \t]*(作者|译者|校对|选题|编译|题图|本文|author|translator|proofreader|editor)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(rf"^[ \t]*(?:作者|author){_COLON}(.*)$", re.IGNORECASE | re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")


@dataclass(frozen=True, slots=True)
class Footer:
    """`via` is the address of the original; `author` is as credited, or ""."""

    via: str | None = None
    author: str = ""


def split_footer(text: str) -> tuple[str, Footer]:
    """The body, with the link definitions of the footer kept at its end, and the footer.

    A footer begins at the last `via:` that names an address and stands below a long rule, or above
    nothing but credits and link definitions. A text without one is all body.
    """
    for via in reversed(list(_VIA.finditer(text))):
        above, below = text[: via.start()], text[via.end() :]
        rule = _RULE.search(above)
        if rule or _is_closing(below):
            body = above[: rule.start()] if rule else above
            return _keep_definitions(body, below), Footer(clean_url(via[1]), _find_author(below))
    return text, Footer()


def _is_closing(below: str) -> bool:
    lines = (line for line in below.split("\n") if line.strip())
    return all(_CREDIT.match(line) or _DEFINITION.match(line) for line in lines)


def _keep_definitions(body: str, below: str) -> str:
    """Without the definitions, the references of the body would stay in its text as marks."""
    lines = (f"[{name}]: {address}" for name, address in _DEFINITION.findall(below) if address)
    return body + "\n\n" + "\n".join(lines)


def _find_author(below: str) -> str:
    """The credited author, looked for above the link definitions."""
    credits_ = "\n".join(takewhile(lambda line: not _DEFINITION.match(line), below.split("\n")))
    found = _AUTHOR.search(credits_)
    return _LINK.sub(r"\1", found.group(1)).strip(" []") if found else ""
