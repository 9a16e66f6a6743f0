"""Answers, rankings and stories as blocks of plain text that any screen can show.

reply = render_answer(coverage.ask("Who won?"), wording)
for block in reply.blocks: ...            # Title, Quotation, Citation, Heading, Note, Footer
for page in reply.paged(measure, 3900): ...   # where a message holds only so much
"""

from __future__ import annotations

from bot.replies.answers import render_answer, render_more_sources
from bot.replies.blocks import (
    Action,
    Block,
    Citation,
    Footer,
    Heading,
    Note,
    Quotation,
    Reply,
    Title,
)
from bot.replies.listings import (
    render_article,
    render_latest,
    render_outlets,
    render_ranking,
)
from bot.replies.stories import (
    render_changes,
    render_comparison,
    render_story,
    render_timeline,
)

__all__ = [
    "Action",
    "Block",
    "Citation",
    "Footer",
    "Heading",
    "Note",
    "Quotation",
    "Reply",
    "Title",
    "render_answer",
    "render_article",
    "render_changes",
    "render_comparison",
    "render_latest",
    "render_more_sources",
    "render_outlets",
    "render_ranking",
    "render_story",
    "render_timeline",
]
