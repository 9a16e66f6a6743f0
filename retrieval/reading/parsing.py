"""One file's bytes to its articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from retrieval.errors import ArticleError
from retrieval.reading.builder import Built, Origin, build_article
from retrieval.reading.cleaning import mend, unseal
from retrieval.reading.decoding import decode_bytes, name_binary
from retrieval.reading.detect import Format, SourceText, detect_format
from retrieval.reading.drafts import Rejected
from retrieval.reading.merging import merge_articles
from retrieval.reading.options import DEFAULTS, NO_SITE, ReadingOptions, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from retrieval.model import Article
    from retrieval.reading.dates import Order
    from retrieval.reading.drafts import Draft, Parsed

# The parser of each format, loaded on first use: some need libraries that are slow to load.
_PARSERS = {
    Format.MAIL: "mail:parse_mail",
    Format.FEED: "feed:parse_feed",
    Format.BOOKMARKS: "exports:parse_bookmarks",
    Format.PAGE: "page:parse_page",
    Format.XML: "exports:reject_xml",
    Format.YAML: "front_matter:parse_yaml",
    Format.TOML: "front_matter:parse_toml",
    Format.JSON: "json_files:parse_json_file",
    Format.LCTT: "lctt:parse_lctt",
    Format.MDX: "header_lines:parse_exported_object",
    Format.COMMENT: "header_lines:parse_comment_header",
    Format.ORG: "org:parse_org",
    Format.ASCIIDOC: "asciidoc:parse_asciidoc",
    Format.RST: "rst:parse_rst",
    Format.LOGSEQ: "header_lines:parse_doubled_colons",
    Format.BLOG_EXPORT: "exports:parse_blog_export",
    Format.HEADER: "header_lines:parse_header_lines",
    Format.CSV: "records:parse_table",
    Format.PLAIN: "plain:parse_plain",
}
# Without an article's header, files of these kinds are parts of a site or a program.
_NOT_COVERAGE = frozenset(
    (".c", ".cfg", ".cjs", ".cpp", ".cs", ".css", ".dart", ".go", ".h", ".ico", ".ini", ".java",
     ".js", ".json", ".jsonl", ".jsx", ".kt", ".less", ".lock", ".log", ".lua", ".map", ".mjs",
     ".php", ".pl", ".po", ".pot", ".ps1", ".py", ".rb", ".rs", ".sass", ".scss", ".sh", ".sql",
     ".svelte", ".svg", ".swift", ".tf", ".toml", ".ts", ".tsx", ".ttf", ".vue", ".woff", ".woff2",
     ".xml", ".xsl", ".yaml", ".yml", ".bib", ".tex", ".ipynb", ".properties", ".gradle", ".bat")
)  # fmt: skip
# No parser takes these, and no reader sees them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_OF_PATCH = re.compile(r"^\+", re.MULTILINE)
_DRAFT_FOLDERS = frozenset(("_drafts", "drafts", ".drafts"))


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The articles of one file, at least one; warnings name what was guessed.

    The first `own` are the file's own, the others are related to them.

    `order` is what its dates say about dates of figures ("day" first or "month" first), `read_as`
    how one that says nothing was read; `ahead` is when to look again, for a day that lies ahead.
    """

    articles: tuple[Article, ...]
    own: int
    warnings: tuple[str, ...] = ()
    order: Order = ""
    read_as: Order = ""
    ahead: datetime | None = None


def parse_file(
    raw: bytes, path: str, options: ReadingOptions = DEFAULTS, site: Site | None = None
) -> ParsedFile:
    """The articles in the bytes of a file; `path` is relative to the coverage, with `/`.

    Raises ArticleError with the reason where there is none; no bytes raise anything else.
    """
    if not raw.strip():
        raise ArticleError(Path(path), "empty")
    if kind := name_binary(raw):
        raise ArticleError(Path(path), f"not text but {kind}" if kind != "binary" else "binary")
    decoded = decode_bytes(raw)
    text = _CONTROL.sub("", mend(unseal(_strip_patch_marks(decoded.text))))
    try:
        parsed = _parse_text(SourceText(text, path, raw))
    except Rejected as rejected:
        raise ArticleError(Path(path), str(rejected)) from None
    shown = _leave_out_hidden(parsed, path)
    origin = Origin(path, site or NO_SITE, options)
    built = _build(shown, origin, many=parsed.many)
    if not built:
        raise ArticleError(Path(path), "neither a title nor text")
    noted = [
        decoded.warning,
        *parsed.warnings,
        _say_left_out(parsed, len(shown)),
        *_say_ahead(built),
    ]
    return ParsedFile(
        *_merge_within([b.article for b in built], many=parsed.many),
        tuple(f"{path}: {warning}" for warning in noted if warning),
        order=next((b.order for b in built if b.order), ""),
        read_as=next((b.read_as for b in built if b.read_as), ""),
        ahead=min((b.ahead for b in built if b.ahead), default=None),
    )


def parse_page_text(raw: bytes) -> str:
    """The text of the article on an HTML page, "" where there is none; no bytes raise anything."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return ""
    try:
        return parse_file(raw, "page.html").articles[0].text
    except ArticleError:
        return ""


def _parse_text(source: SourceText) -> Parsed:
    form = detect_format(source)
    if form is Format.PLAIN and source.suffix in _NOT_COVERAGE:
        raise Rejected(f"a {source.suffix} file without an article's header")
    module, _, name = _PARSERS[form].partition(":")
    parse: Callable[[SourceText], Parsed] = getattr(import_module(f"{__package__}.{module}"), name)
    return parse(source)


def _leave_out_hidden(parsed: Parsed, path: str) -> Mapping[int, Draft]:
    """The drafts that may be seen, by their place in the file."""
    shown = {n: draft for n, draft in enumerate(parsed.drafts) if not draft.hidden}
    if parsed.drafts and 0 not in shown and (not parsed.many or len(parsed.drafts) == 1):
        reason = f"a draft ({parsed.drafts[0].hidden}); it is read once it is published"
        raise ArticleError(Path(path), reason)
    if not shown and parsed.drafts:
        raise ArticleError(Path(path), f"{len(parsed.drafts)} drafts; they are read once published")
    folders = _DRAFT_FOLDERS.intersection(PurePosixPath(path.lower()).parts[:-1])
    if folders and not any(draft.url for draft in shown.values()):
        raise ArticleError(Path(path), f"a draft (in {min(folders)}/); it is read once published")
    return shown


def _build(shown: Mapping[int, Draft], origin: Origin, *, many: bool) -> list[Built]:
    # The name of a file dates the article it was written for, not the related ones.
    found = (
        build_article(draft, origin, n, dated_by_name=n == 0 and not many)
        for n, draft in shown.items()
    )
    return [built for built in found if built is not None]


def _say_left_out(parsed: Parsed, shown: int) -> str:
    hidden = len(parsed.drafts) - shown
    told = [f"drafts: {hidden}"] if hidden else []
    told += [f"entries that are no articles: {parsed.left_out}"] if parsed.left_out > 0 else []
    return f"left out, {'; '.join(told)}" if told else ""


def _say_ahead(built: Sequence[Built]) -> list[str]:
    days = [b.ahead.date().isoformat() for b in built if b.ahead]
    return [f"the day {day} lies ahead and is not believed" for day in dict.fromkeys(days)]


def _strip_patch_marks(text: str) -> str:
    """A file saved as an added patch has `+` before every line."""
    if not text.startswith("+"):
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.startswith("+") and line.strip() != "+++" for line in lines):
        return _LINE_OF_PATCH.sub("", text)
    return text


def _merge_within(articles: list[Article], *, many: bool) -> tuple[tuple[Article, ...], int]:
    """The articles of one file, each once, and how many of them are its own."""
    by_id: dict[str, list[Article]] = {}
    for article in articles:
        by_id.setdefault(article.id, []).append(article)
    merged = tuple(merge_articles(same, len(same) if many else 1) for same in by_id.values())
    return merged, len(merged) if many else 1
