"""Markdown and HTML to plain paragraphs, a blank line between them, code as it was written."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.reading.cleaning import fold_blanks, mend, unescape

if TYPE_CHECKING:
    from lxml.etree import _Element
    from markdown_it import MarkdownIt

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
# What holds no sentence of the article: programs, pictures and the captions of pictures.
_DROPPED = frozenset(
    "audio button canvas embed figcaption head iframe img input link map math meta noscript object"
    " picture rp script select source style svg template textarea title video".split()
)
_CELLS = frozenset(("td", "th"))
_SENTENCE_END = tuple(".!?:;。！？：；")

_HTML_START = re.compile(
    r"\s*<(!doctype|html|head|body|article|section|main|header|div|p|h[1-6]|table|ul|ol)\b",
    re.IGNORECASE,
)
_MARKDOWN_LINE = re.compile(r"^(#{1,6}\s|[*+-]\s|>\s|\d+\.\s|```|~~~|={3,}\s*$|.*\]\(|.*\]\[)", re.MULTILINE)

# Template tags of the blog engines; a highlighted listing becomes a fence, so that it stays code.
_LISTING = re.compile(
    r"\{%-?\s*highlight\s+(\w*)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_TEMPLATE_TAG = re.compile(r"\{%[^\n]*?%\}|\{\{[^{}\n]*\}\}")
_ATTRIBUTE_LINE = re.compile(r"^[ \t]*\{:[^\n{}]*\}[ \t]*$", re.MULTILINE)

# What is left of Markdown that its author got wrong: links to nowhere, marks without a partner.
_DEBRIS = (
    (re.compile(r"!\[[^\[\]]*\](\([^()]*\)|\[[^\[\]]*\])"), ""),
    (re.compile(r"\[([^\[\]]+)\]\([^()]*(\([^()]*\)[^()]*)*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\] ?\[(\d{1,3}|[a-z])?\]"), r"\1"),
    (re.compile(r"\[\^[\w-]+\]:?"), ""),
    (re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"), ""),
    (re.compile(r"\[\](\[\w*\]|\([^()]*\))?"), ""),
    (re.compile(r"\*{2,}|(?<!\w)_{2,3}(?=\w)|(?<=\w)_{2,3}(?!\w)|~~"), ""),
    (re.compile(r"^#{2,6}\s*|\s*#{2,6}$"), ""),
)
_CAPTION = re.compile(
    r"(image|photo|picture|photograph|illustration|screenshot)s?( ?credits?)? ?"
    r"(by|from|courtesy( of)?|credits?|source|via|©|:)[ :：].{0,120}|(图片|题图)(来源|来自|由)?[:：].{0,60}",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")


def markdown_to_text(markdown: str) -> str:
    """Paragraphs of plain text from Markdown (CommonMark with tables), HTML in it included."""
    if not markdown.strip():
        return ""
    source = _LISTING.sub(r"```\1\n\2\n```\n", markdown)
    return html_to_text(_renderer().render(_ATTRIBUTE_LINE.sub("", source)))


def html_to_text(html: str) -> str:
    """Paragraphs of plain text from HTML: tags, scripts, pictures and captions left out."""
    from lxml import etree  # noqa: PLC0415  # slow to import, needed only where a file is parsed

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.HTML(html.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return unescape(html)
    return "" if root is None else _Collector().collect(root)


def is_html(text: str) -> bool:
    """Whether a body is HTML throughout, rather than Markdown with some HTML in it."""
    return bool(_HTML_START.match(text)) and not _MARKDOWN_LINE.search(text)


def body_to_text(body: str) -> str:
    """Plain paragraphs from a body in Markdown or HTML, told apart by content."""
    return html_to_text(body) if is_html(body) else markdown_to_text(body)


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # slow to import, as above

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class _Collector:
    """Gathers the text of a tree of elements, paragraph by paragraph."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._line: list[str] = []
        self._listing = 0

    def collect(self, root: _Element) -> str:
        from lxml import etree  # noqa: PLC0415  # slow to import, as above

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag).lower()
            if event == "start":
                if tag in _DROPPED:
                    walk.skip_subtree()
                else:
                    self._enter(tag, element)
            else:
                self._leave(tag, element)
        self._close()
        return "\n\n".join(self._paragraphs)

    def _enter(self, tag: str, element: _Element) -> None:
        if tag in _BLOCKS:
            self._close()
        if tag == "pre":
            self._listing += 1
        elif tag in _CELLS and "".join(self._line).strip():
            self._line.append(" · ")
        elif tag == "rt":
            self._line.append(" (")
        elif tag == "br":
            self._break_line()
        self._line.append(element.text or "")

    def _leave(self, tag: str, element: _Element) -> None:
        if tag == "rt":
            self._line.append(")")
        if tag in _BLOCKS:
            self._close()
        if tag == "pre":
            self._listing -= 1
        self._line.append(element.tail or "")

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
        if text := _clean_listing(raw) if self._listing else _clean_prose(raw):
            self._paragraphs.append(text)


def _clean_listing(raw: str) -> str:
    """Code with its line breaks; blank lines inside would read as the end of the paragraph."""
    lines = [line.rstrip() for line in mend(raw).split("\n")]
    return "\n".join(line for line in lines if line)


def _clean_prose(raw: str) -> str:
    text = fold_blanks(mend(unescape(raw)))
    if "{" in text:
        text = _TEMPLATE_TAG.sub("", text)
    for debris, rest in _DEBRIS:
        text = debris.sub(rest, text)
    text = " ".join(text.split())
    return "" if _CAPTION.fullmatch(text) or not _WORD.search(text) else text
