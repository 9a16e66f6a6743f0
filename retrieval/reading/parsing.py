"""One file's bytes to its articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from retrieval.errors import ArticleError
from retrieval.reading.cleaning import unseal
from retrieval.reading.decoding import decode_bytes, name_binary
from retrieval.reading.detect import Format, detect_format
from retrieval.reading.drafts import Draft, finish
from retrieval.reading.lctt import parse_lctt
from retrieval.reading.merging import merge_articles
from retrieval.reading.plain import parse_plain

if TYPE_CHECKING:
    from retrieval.model import Article

# Without an article's header, files of these kinds are parts of a site or a program.
_NOT_COVERAGE = frozenset(
    ".css .scss .sass .less .js .mjs .cjs .ts .jsx .tsx .map .py .rb .go .rs .c .h .java .sh .svg .xml"
    " .yml .yaml .toml .ini .cfg .csv .tsv .lock .json .jsonl .ico .woff .woff2 .ttf .sql .log".split()
)
_LINE_OF_PATCH = re.compile(r"^\+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The articles of one file, its own first, at least one; warnings name what had to be guessed."""

    articles: tuple[Article, ...]
    warnings: tuple[str, ...] = ()


def parse_file(raw: bytes, path: str) -> ParsedFile:
    """The articles in the bytes of a file; `path` is relative to the coverage, with `/`.

    Raises ArticleError with the reason where there is none; no bytes raise anything else.
    """
    if not raw.strip():
        raise ArticleError(Path(path), "empty")
    if kind := name_binary(raw):
        raise ArticleError(Path(path), f"not text but {kind}" if kind != "binary" else "binary")
    decoded = decode_bytes(raw)
    text = unseal(_strip_patch_marks(decoded.text))
    form = detect_format(text)
    suffix = PurePosixPath(path).suffix.lower()
    if form is Format.PLAIN and suffix in _NOT_COVERAGE:
        raise ArticleError(Path(path), f"a {suffix} file without an article's header")
    drafts, warnings = _parse_text(text, form)
    articles = [a for n, d in enumerate(drafts) if (a := finish(d, path, n)) is not None]
    if not articles:
        raise ArticleError(Path(path), "neither a title nor text")
    noted = ([decoded.warning] if decoded.warning else []) + warnings
    return ParsedFile(_merge_within(articles), tuple(f"{path}: {warning}" for warning in noted))


def _parse_text(text: str, form: Format) -> tuple[list[Draft], list[str]]:
    if form is Format.LCTT:
        return [parse_lctt(text)], []
    if form is Format.PLAIN:
        return [parse_plain(text)], []
    # It loads YAML, which a folder of plain texts can do without.
    from retrieval.reading.front_matter import parse_front_matter  # noqa: PLC0415  # as said above

    return parse_front_matter(text, form)


def _strip_patch_marks(text: str) -> str:
    """A file saved as an added patch has `+` before every line."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.startswith("+") and line.strip() != "+++" for line in lines):
        return _LINE_OF_PATCH.sub("", text)
    return text


def _merge_within(articles: list[Article]) -> tuple[Article, ...]:
    by_id: dict[str, list[Article]] = {}
    for article in articles:
        by_id.setdefault(article.id, []).append(article)
    return tuple(merge_articles(same) for same in by_id.values())
