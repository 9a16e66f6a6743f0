"""One file's bytes to its articles."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from retrieval.errors import ArticleError
from retrieval.reading.builder import Draft, finish
from retrieval.reading.cleaning import mend, unseal
from retrieval.reading.decoding import decode_bytes, name_binary
from retrieval.reading.detect import Format, detect_format
from retrieval.reading.files import ParsedFile
from retrieval.reading.lctt import parse_lctt
from retrieval.reading.merging import merge_articles
from retrieval.reading.plain import parse_plain

if TYPE_CHECKING:
    from retrieval.model import Article

# Without an article's header, files of these kinds are parts of a site or a program.
_NOT_COVERAGE = frozenset(
    (".c", ".cfg", ".cjs", ".css", ".csv", ".go", ".h", ".ico", ".ini", ".java", ".js", ".json",
     ".jsonl", ".jsx", ".less", ".lock", ".log", ".map", ".mjs", ".py", ".rb", ".rs", ".sass",
     ".scss", ".sh", ".sql", ".svg", ".toml", ".ts", ".tsv", ".tsx", ".ttf", ".woff", ".woff2",
     ".xml", ".yaml", ".yml")
)  # fmt: skip
# No parser of front matter takes these, and no reader sees them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_OF_PATCH = re.compile(r"^\+", re.MULTILINE)


def parse_file(raw: bytes, path: str) -> ParsedFile:
    """The articles in the bytes of a file; `path` is relative to the coverage, with `/`.

    Raises ArticleError with the reason where there is none; no bytes raise anything else.
    """
    if not raw.strip():
        raise ArticleError(Path(path), "empty")
    if kind := name_binary(raw):
        raise ArticleError(Path(path), f"not text but {kind}" if kind != "binary" else "binary")
    decoded = decode_bytes(raw)
    text = _CONTROL.sub("", mend(unseal(_strip_patch_marks(decoded.text))))
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
