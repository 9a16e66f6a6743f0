"""Markdown and HTML to plain paragraphs, a blank line between them, code as it was written."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.reading.code_ranges import mark_listing
from retrieval.reading.engine_marks import plain_markdown
from retrieval.reading.residue import clean_listing, clean_prose, shelter

if TYPE_CHECKING:
    from lxml.etree import _Element
    from markdown_it import MarkdownIt

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
     "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
     "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
     "thead", "tr", "ul")
)  # fmt: skip
# What holds no sentence of the article: programs, pictures and the captions of pictures.
_DROPPED = frozenset(
    ("audio", "button", "canvas", "embed", "figcaption", "head", "iframe", "img", "input", "link",
     "map", "math", "meta", "noscript", "object", "picture", "rp", "script", "select", "source",
     "style", "svg", "template", "textarea", "title", "video")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_PICTURES = frozenset(("img", "picture"))
_SENTENCE_END = tuple(".!?:;\u3002\uff01\uff1f\uff1a\uff1b")  # the latter in full width
_LONGEST_LABEL = 120

_HTML_START = re.compile(
    r"\s*<(!doctype|html|head|body|article|section|main|header|div|p|h[1-6]|table|ul|ol)\b",
    re.IGNORECASE,
)
_MARKDOWN_LINE = re.compile(
    r"^(#{1,6}\s|[*+-]\s|>\s|\d+\.\s|```|~~~|={3,}\s*$|.*\]\(|.*\]\[)", re.MULTILINE
)
# Without an empty line before it, a link definition is text to CommonMark.
_GLUED_DEFINITION = re.compile(r"\n(?=\[[^\[\]\n]+\]: ?\S+[ \t]*(?:\n|\Z))")


def body_to_text(body: str) -> str:
    """Plain paragraphs from a body in Markdown or HTML, told apart by content."""
    return html_to_text(body) if is_html(body) else markdown_to_text(body)


def is_html(text: str) -> bool:
    """Whether a body is HTML throughout, rather than Markdown with some HTML in it."""
    return bool(_HTML_START.match(text)) and not _MARKDOWN_LINE.search(text)


def markdown_to_text(markdown: str, *, engines: bool = True) -> str:
    """Paragraphs of plain text from Markdown (CommonMark with tables), HTML in it included.

    `engines`: what blog engines add to Markdown is taken out first.
    """
    if not markdown.strip():
        return ""
    source = _GLUED_DEFINITION.sub("\n\n", plain_markdown(markdown) if engines else markdown)
    return html_to_text(_renderer().render(source))


def html_to_text(html: str) -> str:
    """Paragraphs of plain text from HTML: tags, scripts, pictures and captions left out."""
    root = parse_html(html)
    return "" if root is None else collect_text(root)


def parse_html(html: str) -> _Element | None:
    """The tree of a page or a part of one, or none where it holds no element or text."""
    from lxml import etree  # noqa: PLC0415  # slow to import, needed only where a file is parsed

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return etree.HTML(html.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None


def collect_text(root: _Element) -> str:
    """The paragraphs of a tree of elements."""
    return _Collector().collect(root)


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # slow to import, as above

    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    # Links leave no address in the text, so that an address no browser may open does no harm.
    renderer.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # the documented hook
    return renderer


class _Collector:
    """Gathers the text of a tree of elements, paragraph by paragraph."""

    def __init__(self) -> None:
        self._root: _Element | None = None
        self._paragraphs: list[str] = []
        self._line: list[str] = []
        self._listing = 0
        self._code = 0
        self._below_picture = False

    def collect(self, root: _Element) -> str:
        from lxml import etree  # noqa: PLC0415  # slow to import, as above

        self._root = root
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag).lower()
            if event == "end":
                self._leave(tag, element)
            elif tag in _DROPPED:
                self._below_picture |= tag in _PICTURES and not "".join(self._line).strip()
                walk.skip_subtree()
            else:
                self._enter(tag, element)
        self._close()
        return "\n\n".join(self._paragraphs)

    def _enter(self, tag: str, element: _Element) -> None:
        if tag in _BLOCKS:
            self._close()
        if tag == "pre":
            self._listing += 1
        elif tag in _CODE:
            self._code += 1
        elif tag in _CELLS and "".join(self._line).strip():
            self._line.append(" · ")
        elif tag == "rt":
            self._line.append(" (")
        elif tag == "br":
            self._break_line()
        self._add(element.text or "")

    def _leave(self, tag: str, element: _Element) -> None:
        if tag in _BLOCKS:
            self._close()
        if tag == "pre":
            self._listing -= 1
        elif tag in _CODE:
            self._code -= 1
        elif tag == "rt":
            self._line.append(")")
        if element is not self._root:
            self._add(element.tail or "")

    def _add(self, text: str) -> None:
        self._line.append(shelter(text) if self._code and not self._listing else text)

    def _break_line(self) -> None:
        """A forced break ends a paragraph after a sentence, and is a space within one."""
        if self._listing:
            self._line.append("\n")
        elif "".join(self._line).rstrip().endswith(_SENTENCE_END):
            self._close()
        else:
            self._line.append(" ")

    def _close(self) -> None:
        raw = "".join(self._line)
        self._line.clear()
        text = mark_listing(clean_listing(raw)) if self._listing else clean_prose(raw)
        if text and not (self._below_picture and _is_label(text)):
            self._paragraphs.append(text)
        self._below_picture = False


def _is_label(text: str) -> bool:
    """Whether a paragraph that begins with a picture says no more than what is in the picture."""
    return len(text) <= _LONGEST_LABEL and not text.endswith(_SENTENCE_END)
