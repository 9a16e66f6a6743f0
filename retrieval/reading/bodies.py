"""The text below a header, in whichever markup it is, as plain paragraphs."""

from __future__ import annotations

import re

from retrieval.reading.markup import body_to_text

_RST_SUFFIXES = frozenset((".rst", ".rest"))
_ASCIIDOC_SUFFIXES = frozenset((".adoc", ".asciidoc", ".asc", ".ad"))
_RST_MARKS = re.compile(r"^\.\. [a-z-]+::|`[^`\n]+<[^<>\n]+>`__?|:[a-z]+:`[^`\n]+`", re.MULTILINE)


def render_body(body: str, suffix: str = "") -> str:
    """Plain paragraphs of a body; markup other than Markdown is told by the file's ending."""
    if suffix in _RST_SUFFIXES or (suffix == ".txt" and _RST_MARKS.search(body)):
        from retrieval.reading.rst import rst_to_text  # noqa: PLC0415  # loads docutils, for few

        return rst_to_text(body)
    if suffix in _ASCIIDOC_SUFFIXES:
        from retrieval.reading.asciidoc import asciidoc_to_text  # noqa: PLC0415  # for few

        return asciidoc_to_text(body)
    if suffix == ".org":
        from retrieval.reading.org import org_to_text  # noqa: PLC0415  # for few

        return org_to_text(body)
    return body_to_text(body)
