"""Ask coverage, get the sentence that answers.

from pathlib import Path
from retrieval import Coverage

coverage = Coverage.open([Path("seeds")], cache=Path("/tmp/clippings"))
answer = coverage.ask("Which chips has Meta chosen?")
for quote in answer.quotes:
    source = answer.sources[quote.source - 1]
    print(quote.text, source.article.outlet, source.deep_link)
print([hit.article.title for hit in coverage.search("llama licence").hits])
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from retrieval.coverage import Coverage
from retrieval.errors import (
    ArticleError,
    CoverageError,
    EvaluationError,
    IndexDamaged,
    IndexLocked,
    IndexOutdated,
    RetrievalError,
    StorageError,
    WindowError,
)
from retrieval.model import (
    Answer,
    AnswerNote,
    Article,
    Changes,
    Chapter,
    Comparison,
    Conflict,
    Context,
    CopyGroup,
    Filters,
    Hit,
    Lead,
    Passage,
    Quote,
    Ranking,
    Sort,
    Source,
    Span,
    Story,
    StoryChoice,
    StorySummary,
    Timeline,
    TimelineEntry,
    Window,
)
from retrieval.reports import IndexReport, Reject, Status

if TYPE_CHECKING:
    from retrieval.dates.windows import parse_day
    from retrieval.index import Index, Snapshot
    from retrieval.index.opensearch import EngineAddress, EngineIndex
    from retrieval.question.context import parse_context, render_context
    from retrieval.question.entities import find_entities
    from retrieval.question.outlets import match_outlet
    from retrieval.question.question import LONGEST as LONGEST_QUESTION
    from retrieval.question.question import parse_question
    from retrieval.reading import ReadingOptions, Site
    from retrieval.reading.builder import build_feed_id
    from retrieval.reading.cleaning import clean_line, split_paragraphs
    from retrieval.reading.dates import parse_moment
    from retrieval.reading.decoding import decode_bytes
    from retrieval.reading.markup import html_to_text
    from retrieval.reading.parsing import parse_page_text
    from retrieval.reading.urls import build_url_key, clean_url
    from retrieval.stories.finding import summarise_story
    from retrieval.text.analysis import analyse, analyse_with_offsets
    from retrieval.text.domains import find_registered
    from retrieval.text.languages import identify_language, identify_question
    from retrieval.text.sentences import split_sentences

__all__ = [
    "LONGEST_QUESTION",
    "Answer",
    "AnswerNote",
    "Article",
    "ArticleError",
    "Changes",
    "Chapter",
    "Comparison",
    "Conflict",
    "Context",
    "CopyGroup",
    "Coverage",
    "CoverageError",
    "EngineAddress",
    "EngineIndex",
    "EvaluationError",
    "Filters",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexLocked",
    "IndexOutdated",
    "IndexReport",
    "Lead",
    "Passage",
    "Quote",
    "Ranking",
    "ReadingOptions",
    "Reject",
    "RetrievalError",
    "Site",
    "Snapshot",
    "Sort",
    "Source",
    "Span",
    "Status",
    "StorageError",
    "Story",
    "StoryChoice",
    "StorySummary",
    "Timeline",
    "TimelineEntry",
    "Window",
    "WindowError",
    "analyse",
    "analyse_with_offsets",
    "build_feed_id",
    "build_url_key",
    "clean_line",
    "clean_url",
    "decode_bytes",
    "find_entities",
    "find_registered",
    "html_to_text",
    "identify_language",
    "identify_question",
    "match_outlet",
    "parse_context",
    "parse_day",
    "parse_moment",
    "parse_page_text",
    "parse_question",
    "render_context",
    "split_paragraphs",
    "split_sentences",
    "summarise_story",
]

# What is imported only by those who use it: module, and name there.
_ON_USE = {
    "LONGEST_QUESTION": ("retrieval.question.question", "LONGEST"),
    "EngineAddress": ("retrieval.index.opensearch", "EngineAddress"),
    "EngineIndex": ("retrieval.index.opensearch", "EngineIndex"),
    "Index": ("retrieval.index", "Index"),
    "ReadingOptions": ("retrieval.reading", "ReadingOptions"),
    "Site": ("retrieval.reading", "Site"),
    "Snapshot": ("retrieval.index", "Snapshot"),
    "analyse": ("retrieval.text.analysis", "analyse"),
    "analyse_with_offsets": ("retrieval.text.analysis", "analyse_with_offsets"),
    "build_feed_id": ("retrieval.reading.builder", "build_feed_id"),
    "build_url_key": ("retrieval.reading.urls", "build_url_key"),
    "clean_line": ("retrieval.reading.cleaning", "clean_line"),
    "clean_url": ("retrieval.reading.urls", "clean_url"),
    "decode_bytes": ("retrieval.reading.decoding", "decode_bytes"),
    "find_entities": ("retrieval.question.entities", "find_entities"),
    "parse_page_text": ("retrieval.reading.parsing", "parse_page_text"),
    "html_to_text": ("retrieval.reading.markup", "html_to_text"),
    "find_registered": ("retrieval.text.domains", "find_registered"),
    "identify_language": ("retrieval.text.languages", "identify_language"),
    "identify_question": ("retrieval.text.languages", "identify_question"),
    "match_outlet": ("retrieval.question.outlets", "match_outlet"),
    "parse_context": ("retrieval.question.context", "parse_context"),
    "parse_day": ("retrieval.dates.windows", "parse_day"),
    "parse_moment": ("retrieval.reading.dates", "parse_moment"),
    "parse_question": ("retrieval.question.question", "parse_question"),
    "render_context": ("retrieval.question.context", "render_context"),
    "split_paragraphs": ("retrieval.reading.cleaning", "split_paragraphs"),
    "split_sentences": ("retrieval.text.sentences", "split_sentences"),
    "summarise_story": ("retrieval.stories.finding", "summarise_story"),
}


def __getattr__(name: str) -> object:
    """Import a public name that is not for everybody, on its first use."""
    if name not in _ON_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, there = _ON_USE[name]
    found: object = getattr(import_module(module), there)
    return found
