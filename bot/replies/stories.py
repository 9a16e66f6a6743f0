"""A story as replies: its reports, its timeline, where outlets differ, what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.answers import footer
from bot.replies.blocks import TITLE_LIMIT, Action, Block, Heading, Note, Reply, Title
from bot.replies.citing import cite, name_others, quote
from bot.replies.cutting import cut_line
from retrieval.model import StorySummary

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.replies.blocks import Citation
    from bot.wording import Wording
    from retrieval.model import (
        Article,
        Changes,
        Comparison,
        Conflict,
        Span,
        Story,
        Timeline,
        TimelineEntry,
    )

STORY_STEPS: frozenset[Action] = frozenset({"timeline", "compare", "show", "delete"})
TIMELINE_STEPS: frozenset[Action] = frozenset({"more_from_story", "compare", "show", "delete"})
COMPARE_STEPS: frozenset[Action] = frozenset({"more_from_story", "timeline", "show", "delete"})
TELLERS_NAMED, SILENT_NAMED = 20, 8


def render_story(story: Story, wording: Wording, *, span: Span) -> Reply:
    """Render the reports of a story, earliest first; a copy is cited after its original."""
    copied = {copy.id: group.articles[0] for group in story.copies for copy in group.articles[1:]}
    cited = [
        cite(article, wording, n=n, also=_copy_of(copied.get(article.id), wording))
        for n, article in enumerate(story.articles, start=1)
    ]
    counts = wording.say("story.counts", n=len(story.articles), outlets=len(story.outlets))
    return Reply(
        blocks=(_title(story), Note(counts), *cited, footer(span, wording)),
        actions=STORY_STEPS,
        story=_story_id(story),
    )


def render_timeline(timeline: Timeline, wording: Wording, *, span: Span) -> Reply:
    """Render a story in time order, each report with the sentence that it added."""
    cited = [_cite_entry(entry, wording, n) for n, entry in enumerate(timeline.entries, start=1)]
    story = timeline.story
    counts = wording.say("story.counts", n=len(story.articles), outlets=len(story.outlets))
    return Reply(
        blocks=(_title(story), Note(counts), *cited, footer(span, wording)),
        actions=TIMELINE_STEPS,
        story=_story_id(story),
    )


def render_comparison(comparison: Comparison, wording: Wording, *, span: Span) -> Reply:
    """Render who covered a story, who did not, and the statements that differ, side by side."""
    story = comparison.story
    covered = _name_some(comparison.covered, wording, TELLERS_NAMED)
    told = [
        *_count_heard(comparison, wording),
        Note(wording.say("compare.covered", outlets=covered)),
    ]
    if comparison.not_covered:
        silent = _name_some(comparison.not_covered, wording, SILENT_NAMED)
        told.append(Note(wording.say("compare.not_covered", outlets=silent)))
    agreed = [] if comparison.conflicts else [Note(wording.say("compare.no_conflict"))]
    differing = [
        block
        for place, conflict in enumerate(comparison.conflicts)
        for block in _show_conflict(conflict, 2 * place + 1, wording)
    ]
    return Reply(
        blocks=(_title(story), *told, *agreed, *differing, footer(span, wording)),
        actions=COMPARE_STEPS,
        story=_story_id(story),
    )


def render_changes(changes: Changes, wording: Wording, *, span: Span) -> Reply:
    """Render stories first told since a day, then older stories with their new reports."""
    new = [_cite_first(story, wording) for story in changes.new]
    grown: list[Block] = []
    for story, entries in changes.grown:
        grown.append(Heading(cut_line(story.articles[0].title, TITLE_LIMIT)))
        grown.extend(_cite_entry(entry, wording, 0) for entry in entries)
    blocks: list[Block] = [
        *([Heading(wording.say("changes.new", n=len(new)))] if new else []),
        *new,
        *([Note(wording.say("changes.grown", n=len(changes.grown)))] if grown else []),
        *grown,
        *([] if new or grown else [Note(wording.say("changes.none"))]),
        *([Note(wording.say("changes.undated", n=changes.undated))] if changes.undated else []),
    ]
    return Reply(
        blocks=(_name_days(changes, wording), *blocks, footer(span, wording)),
        actions=frozenset({"show", "delete"}),
        answered=bool(new or grown),
    )


def _name_days(changes: Changes, wording: Wording) -> Title:
    since = wording.day(changes.since)
    if changes.until is None:
        return Title(wording.say("changes.title", day=since))
    last = wording.day(changes.until)
    return Title(wording.say("changes.title_until", first=since, last=last))


def _title(story: Story) -> Title:
    return Title(cut_line(story.articles[0].title, TITLE_LIMIT) if story.articles else "")


def _story_id(story: Story) -> str:
    return story.articles[0].id if story.articles else ""


def _copy_of(original: Article | None, wording: Wording) -> str:
    if original is None:
        return ""
    return wording.say("story.copy_of", outlet=cut_line(original.outlet or original.domain, 60))


def _cite_first(story: Story, wording: Wording) -> Citation:
    first = story.articles[0]
    others = tuple(name for name in story.outlets if name != first.outlet)
    return cite(first, wording, also=name_others(StorySummary(others), wording))


def _cite_entry(entry: TimelineEntry, wording: Wording, n: int) -> Citation:
    cited = cite(entry.article, wording, n=n)
    return replace(cited, quotes=(quote(entry.added, inside=True),) if entry.added else ())


def _show_conflict(conflict: Conflict, n: int, wording: Wording) -> list[Block]:
    left, right = (
        cite(conflict.left_article, wording, n=n),
        cite(conflict.right_article, wording, n=n + 1),
    )
    return [
        Heading(wording.say("compare.conflict", about=cut_line(conflict.about, 120))),
        replace(left, quotes=(quote(conflict.left, inside=True),)),
        replace(right, quotes=(quote(conflict.right, inside=True),)),
    ]


def _count_heard(comparison: Comparison, wording: Wording) -> list[Note]:
    """How many outlets were heard in the days of the story, and how many of them told it."""
    window = comparison.window
    if window is None or window.since is None or window.until is None:
        return []
    told = len(comparison.covered)
    days = {"first": wording.day(window.since), "last": wording.day(window.until)}
    heard = told + len(comparison.not_covered)
    return [Note(wording.say("compare.share", all=heard, told=told, **days))]


def _name_some(outlets: Collection[str], wording: Wording, most: int) -> str:
    names = [cut_line(name, 60) for name in outlets]
    named, rest = ", ".join(names[:most]), len(names) - most
    return wording.say("reply.and_more", outlets=named, n=rest) if rest > 0 else named
