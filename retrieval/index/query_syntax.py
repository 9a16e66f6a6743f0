"""What a searcher typed: words, "phrases", -excluded words, title:words and outlet:names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»\uff02", '"'))
_PART = re.compile(
    r"""(?<!\S)(?P<minus>-)?(?:(?P<field>title|outlet):)?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """`text` holds every wanted word, the words of phrases and titles included.

    It is as long as what was typed, and has each word where it stood there: what is syntax, or is
    not wanted, is blank.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


def parse_query(typed: str) -> ParsedQuery:
    """Read the syntax; what does not follow it, such as a lone quote sign, is plain text."""
    parts: dict[str, list[str]] = {"phrase": [], "minus": [], "title": [], "outlet": []}
    plain = typed.translate(_QUOTES)
    text = [" "] * len(plain)
    for match in _PART.finditer(plain):
        group = "phrase" if match["phrase"] is not None else "word"
        kind = _kind(match, match[group])
        if kind not in ("minus", "outlet"):
            start, end = match.span(0 if kind == "text" else group)
            text[start:end] = plain[start:end]
        if kind != "text":
            parts[kind].append(match[group])
    return ParsedQuery(
        "".join(text),
        tuple(parts["phrase"]),
        tuple(parts["minus"]),
        tuple(parts["title"]),
        tuple(parts["outlet"]),
    )


def _kind(match: re.Match[str], content: str) -> str:
    if not any(character.isalnum() for character in content):
        return "text"
    if match["minus"] and not content.startswith("-"):
        return "minus" if not match["field"] else "text"
    if match["field"]:
        return match["field"].lower()
    return "phrase" if match["phrase"] is not None else "text"
