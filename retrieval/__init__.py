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
    Comparison,
    Conflict,
    CopyGroup,
    Filters,
    Hit,
    IndexReport,
    Passage,
    Quote,
    Ranking,
    Reject,
    Source,
    Span,
    Status,
    Story,
    StorySummary,
    Timeline,
    TimelineEntry,
    Window,
)

__all__ = [
    "Answer",
    "AnswerNote",
    "Article",
    "ArticleError",
    "Changes",
    "Comparison",
    "Conflict",
    "CopyGroup",
    "Coverage",
    "CoverageError",
    "EvaluationError",
    "Filters",
    "Hit",
    "IndexDamaged",
    "IndexLocked",
    "IndexOutdated",
    "IndexReport",
    "Passage",
    "Quote",
    "Ranking",
    "Reject",
    "RetrievalError",
    "Source",
    "Span",
    "Status",
    "StorageError",
    "Story",
    "StorySummary",
    "Timeline",
    "TimelineEntry",
    "Window",
    "WindowError",
]
