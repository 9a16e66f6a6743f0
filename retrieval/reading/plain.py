"""Files without a header: plain text, Markdown or a page of HTML."""

from __future__ import annotations

import re

from retrieval.reading.builder import Draft
from retrieval.reading.cleaning import clean_line
from retrieval.reading.footer import split_footer
from retrieval.reading.language import detect_language
from retrieval.reading.markup import body_to_text, is_html, markdown_to_text
from retrieval.reading.titles import split_first_line, split_heading

# A text that is a digest says so as every other format does, here on a line above the text.
_DIGEST_LINE = re.compile(r"\A\s*digest:[ \t]*(true)[ \t]*\n", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# Lines this long were not wrapped by hand: each of them is a paragraph.
_UNWRAPPED = 100


def parse_plain(text: str) -> Draft:
    """The article of a headerless text; its title is a heading, else its first line."""
    marked = _DIGEST_LINE.match(text)
    body, footer = split_footer(text[marked.end() :] if marked else text)
    if is_html(body) and (page := _PAGE_TITLE.search(body)):
        title, plain = clean_line(page.group(1)), body_to_text(body)
    else:
        title, plain = _split_title(body)
    return Draft(
        title=title,
        body=plain,
        url=footer.via,
        author=footer.author,
        digest=marked is not None,
        translated=footer.via is not None and detect_language(plain) != "en",
    )


def _split_title(body: str) -> tuple[str, str]:
    heading, rest = split_heading(body)
    if title := clean_line(markdown_to_text(heading)):
        return title, body_to_text(rest)
    return split_first_line(body_to_text(_part_lines(rest)))


def _part_lines(text: str) -> str:
    """Text whose paragraphs are single lines, with blank lines between them."""
    text = text.strip()
    if "\n\n" in text or max(map(len, text.split("\n"))) <= _UNWRAPPED:
        return text
    return text.replace("\n", "\n\n")
