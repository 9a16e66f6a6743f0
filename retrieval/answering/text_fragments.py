"""Links that open an article on the quoted words: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Article

LONGEST_LINK = 512
WHOLE_QUOTE_WORDS = 8
EDGE_WORDS = (4, 6, 8)
CONTEXT_WORDS = 3
_LONGEST_MEAN_WORD = 12
_WORD = re.compile(r"[^\s\u3001-\u3011\uff01-\uff0f\uff1a-\uff20]+")


@dataclass(frozen=True, slots=True)
class _Directive:
    """The words of one text directive; `end`, `prefix` and `suffix` may be ""."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def render(self) -> str:
        parts = [f"{_encode(self.prefix)}-"] if self.prefix else []
        parts += [_encode(words) for words in (self.start, self.end) if words]
        parts += [f"-{_encode(self.suffix)}"] if self.suffix else []
        return ":~:text=" + ",".join(parts)


def build_deep_link(article: Article, quote_text: str, quote_start: int) -> str | None:
    """Return a link that scrolls to the quote, the plain link where none can be built, or none.

    `article.text[quote_start:]` begins with `quote_text`. None means that the article has no http
    or https link. A digest gets its plain link, because the page does not hold our words.
    """
    url = article.url
    if url is None or urlsplit(url).scheme.lower() not in {"http", "https"}:
        return None
    if article.digest:
        return url
    page = f"{article.title}\n\n{article.text}"
    start = len(page) - len(article.text) + quote_start
    for directive in _directives(page, start, start + len(quote_text)):
        link = _with_fragment(url, directive.render())
        if len(link) <= LONGEST_LINK and _opens_on(directive, page, start, start + len(quote_text)):
            return link
    return url


def _directives(page: str, start: int, end: int) -> Iterator[_Directive]:
    """Yield the ways to name the quote, the shortest first, those with context last."""
    ranges = list(_ranges(page, start, end))
    for context in ((0, 0), (CONTEXT_WORDS, 0), (0, CONTEXT_WORDS), (CONTEXT_WORDS, CONTEXT_WORDS)):
        for named in ranges:
            first, last = (*(_one_line(page[slice(*span)]) for span in named), "")[:2]
            before = _before(page, named[0][0], context[0])
            yield _Directive(first, last, before, _after(page, named[-1][1], context[1]))


def _ranges(page: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Yield the place of all the words of the quote, of its first and last few, or of one line.

    No part goes over the end of a line, where another block of the page may begin.
    """
    words = [m.span() for m in _WORD.finditer(page, start, end) if re.search(r"\w", m[0])]
    if len(words) <= WHOLE_QUOTE_WORDS:
        parts = [[words]] if words else []
    else:
        counts = (1, 2, *EDGE_WORDS) if _unspaced(page[start:end]) else EDGE_WORDS
        parts = [[words[:n], words[-n:]] for n in counts if len(words) >= 2 * n]
    parts.append([_longest_line(page, words)])
    for named in parts:
        spans = [_trim(page, part[0][0], part[-1][1]) for part in named if part]
        if spans and not any("\n" in page[slice(*span)] for span in spans):
            yield spans


def _longest_line(page: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    lines: dict[int, list[tuple[int, int]]] = {}
    for word in words:
        lines.setdefault(page.count("\n", 0, word[0]), []).append(word)
    return max(lines.values(), key=len, default=[])


def _unspaced(text: str) -> bool:
    """Whether the script writes no spaces, so that a "word" here is a whole clause."""
    return len(text) > _LONGEST_MEAN_WORD * max(1, len(text.split()))


def _trim(page: str, start: int, end: int) -> tuple[int, int]:
    """Leave out quotation signs and marks at both ends: pages write them in many ways."""
    text = page[start:end]
    inner = re.sub(r"^\W+", "", text)
    start = end - len(inner)
    return start, start + len(re.sub(r"\W+$", "", inner))


def _before(page: str, place: int, count: int) -> str:
    """Return the last few words of the same block before a place, with all marks up to it."""
    block = page[page.rfind("\n", 0, place) + 1 : place]
    words = [m.start() for m in _WORD.finditer(block) if re.search(r"\w", m[0])]
    return _one_line(block[words[-count:][0] :]) if words and count else ""


def _after(page: str, place: int, count: int) -> str:
    block = page[place:].partition("\n")[0]
    words = [m.end() for m in _WORD.finditer(block) if re.search(r"\w", m[0])]
    return _one_line(block[: words[:count][-1]]) if words and count else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _opens_on(directive: _Directive, page: str, start: int, end: int) -> bool:
    """Whether the first match in the page, read as the specification says, lies in the quote."""
    found = re.search(_pattern(directive), page, re.IGNORECASE | re.DOTALL)
    return found is not None and start <= found.start("start") and found.end("end") <= end


def _pattern(directive: _Directive) -> str:
    prefix = rf"{_words(directive.prefix)}\s*" if directive.prefix else r"\b"
    rest = rf".*?\b{_words(directive.end)}" if directive.end else ""
    suffix = rf"\s*{_words(directive.suffix)}" if directive.suffix else ""
    return rf"{prefix}(?P<start>{_words(directive.start)})(?P<end>{rest})\b{suffix}"


def _words(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())


def _encode(words: str) -> str:
    """Percent-encode all but letters, digits, "_", "." and "~": "-" has a meaning here."""
    return percent_encode(words, safe="").replace("-", "%2D")


def _with_fragment(url: str, directive: str) -> str:
    address, _, fragment = url.partition("#")
    return f"{address}#{fragment.partition(':~:')[0]}{directive}"
