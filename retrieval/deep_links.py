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
_WORD = re.compile(r"[^\s\u3001-\u3011\uff01-\uff0f\uff1a-\uff20]+")
_OUTER_MARKS = re.compile(r"^\W+|\W+$")


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
    plain = list(_plain_directives(page, start, end))
    yield from plain
    before = _edge(page, [m.span() for m in _WORD.finditer(page, 0, start)][-CONTEXT_WORDS:])
    after = _edge(page, [m.span() for m in _WORD.finditer(page, end)][:CONTEXT_WORDS])
    for prefix, suffix in ((before, ""), ("", after), (before, after)):
        for directive in plain:
            yield _Directive(directive.start, directive.end, prefix, suffix)


def _plain_directives(page: str, start: int, end: int) -> Iterator[_Directive]:
    words = [m.span() for m in _WORD.finditer(page, start, end) if re.search(r"\w", m[0])]
    one_line = "\n" not in page[start:end].strip()
    if words and one_line and len(words) <= WHOLE_QUOTE_WORDS:
        yield _Directive(_edge(page, words))
        return
    for count in (1, 2, *EDGE_WORDS) if _unspaced(page[start:end]) else EDGE_WORDS:
        if len(words) >= 2 * count:
            yield _Directive(_edge(page, words[:count]), _edge(page, words[-count:]))


def _unspaced(text: str) -> bool:
    """Whether the script writes no spaces, so that a "word" here is a whole clause."""
    return len(text) > 12 * max(1, len(text.split()))


def _edge(page: str, spans: list[tuple[int, int]]) -> str:
    """Return the words at these places as the page shows them: one line, no marks at either end."""
    if not spans:
        return ""
    text = page[spans[0][0] : spans[-1][1]]
    return _OUTER_MARKS.sub("", " ".join(text.split()))


def _opens_on(directive: _Directive, page: str, start: int, end: int) -> bool:
    """Whether the first match in the page, read as the specification says, lies in the quote."""
    found = re.search(_pattern(directive), page, re.IGNORECASE | re.DOTALL)
    return found is not None and start <= found.start("start") and found.end("end") <= end


def _pattern(directive: _Directive) -> str:
    prefix = rf"\b{_words(directive.prefix)}\W+" if directive.prefix else r"\b"
    rest = rf".*?\b{_words(directive.end)}" if directive.end else ""
    suffix = rf"\W+{_words(directive.suffix)}" if directive.suffix else ""
    return rf"{prefix}(?P<start>{_words(directive.start)})(?P<end>{rest})\b{suffix}"


def _words(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())


def _encode(words: str) -> str:
    """Percent-encode all but letters, digits, "_", "." and "~": "-" has a meaning here."""
    return percent_encode(words, safe="").replace("-", "%2D")


def _with_fragment(url: str, directive: str) -> str:
    address, _, fragment = url.partition("#")
    return f"{address}#{fragment.partition(':~:')[0]}{directive}"
