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
    from collections.abc import Collection, Sequence

    from bot.replies.blocks import Citation
    from bot.wording import Wording
    from retrieval.model import (
        Article,
        Changes,
        Comparison,
        Conflict,
        Span,
        Story,
        StoryChoice,
        Timeline,
        TimelineEntry,
    )

STORY_STEPS: frozenset[Action] = frozenset({"timeline", "compare", "show", "delete"})
TIMELINE_STEPS: frozenset[Action] = frozenset({"more_from_story", "compare", "show", "delete"})
COMPARE_STEPS: frozenset[Action] = frozenset({"more_from_story", "timeline", "show", "delete"})
TELLERS_NAMED, SILENT_NAMED = 20, 8


def render_story(story: Story, wording: Wording, *, span: Span) -> Reply:
    """Render the reports of a story, earliest first; a copy is cited after its original.

    Where several stories may be meant, ask which.
    """
    if story.choices:
        return render_choices(story.choices, wording, span=span)
    copied = {copy.id: group.articles[0] for group in story.copies for copy in group.articles[1:]}
    cited = [
        cite(article, wording, n=n, also=_copy_of(copied.get(article.id), wording))
        for n, article in enumerate(story.articles, start=1)
    ]
    return Reply(
        blocks=(_title(story), _count(story, wording), *cited, footer(span, wording)),
        actions=STORY_STEPS,
        story=_story_id(story),
    )


def render_choices(choices: Sequence[StoryChoice], wording: Wording, *, span: Span) -> Reply:
    """Ask which of several stories is meant: the first report of each, and how large it is."""
    cited = tuple(
        cite(
            choice.article,
            wording,
            n=n,
            also=_say_size(choice.reports, choice.outlets, wording),
        )
        for n, choice in enumerate(choices, start=1)
    )
    asked = Note(wording.say("story.which", n=len(choices)))
    return Reply(
        blocks=(asked, *cited, footer(span, wording)),
        actions=frozenset({"show", "delete"}),
        choices=cited,
    )


def render_timeline(timeline: Timeline, wording: Wording, *, span: Span) -> Reply:
    """Render a story over time: each report that added something, with that sentence."""
    cited = [_cite_entry(entry, wording, n) for n, entry in enumerate(timeline.entries, start=1)]
    story = timeline.story
    return Reply(
        blocks=(_title(story), _count_chapters(timeline, wording), *cited, footer(span, wording)),
        actions=TIMELINE_STEPS,
        story=_story_id(story),
    )


def render_comparison(comparison: Comparison, wording: Wording, *, span: Span) -> Reply:
    """Render who reported a story, who was silent, and the statements that differ, side by side.

    Nothing is said of what was not established. Where several stories may be meant, ask which.
    """
    story = comparison.story
    if story.choices:
        return render_choices(story.choices, wording, span=span)
    covered = _name_some(comparison.covered, wording, TELLERS_NAMED)
    differing = [
        block
        for place, conflict in enumerate(_leave_out_repeated(comparison.conflicts))
        for block in _show_conflict(conflict, 2 * place + 1, wording)
    ]
    told = [
        Note(wording.say("compare.covered", outlets=covered)),
        *_name_silent(comparison, wording),
    ]
    return Reply(
        blocks=(_title(story), _count(story, wording), *told, *differing, footer(span, wording)),
        actions=COMPARE_STEPS,
        story=_story_id(story),
    )


def render_changes(
    changes: Changes, wording: Wording, *, span: Span, most: int | None = None
) -> Reply:
    """Render stories first told since a day, then those that went on, a line each, largest first.

    A story that went on is cited by its first report with a new statement, or by its latest one.
    `most` of either are shown, and a line says how many more there are.
    """
    new = [_cite_first(story, wording) for story in changes.new[:most]]
    grown = [_cite_latest(story, entries, wording) for story, entries in changes.grown[:most]]
    left = len(changes.new) + len(changes.grown) - len(new) - len(grown)
    blocks: list[Block] = [
        *([Heading(wording.say("changes.new", n=len(changes.new)))] if new else []),
        *new,
        *([Heading(wording.say("changes.grown", n=len(changes.grown)))] if grown else []),
        *grown,
        *([Note(wording.say("changes.more", n=left))] if left else []),
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


def _cite_latest(story: Story, entries: Sequence[TimelineEntry], wording: Wording) -> Citation:
    if entries:
        return _cite_entry(entries[0], wording, 0)
    latest = story.articles[-1]
    others = tuple(name for name in story.outlets if name != latest.outlet)
    return cite(latest, wording, also=name_others(StorySummary(others), wording))


def _cite_entry(entry: TimelineEntry, wording: Wording, n: int) -> Citation:
    cited = cite(entry.article, wording, n=n)
    said = entry.added if entry.added and not entry.added.headline else None
    return replace(cited, quotes=(quote(said, inside=True),) if said else ())


def _leave_out_repeated(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Show two values of one thing once, however many outlets give them."""
    shown: dict[tuple[str, frozenset[str]], Conflict] = {}
    for conflict in conflicts:
        sides = (conflict.left, conflict.right)
        values = frozenset(
            side.text[slice(*side.highlights[0])] for side in sides if side.highlights
        )
        shown.setdefault((conflict.about, values), conflict)
    return list(shown.values())


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


def _say_size(reports: int, outlets: int, wording: Wording) -> str:
    """How large a story is; of articles whose outlets are unknown, only how many there are."""
    if not outlets:
        return wording.say("story.reports", n=reports)
    return wording.say("story.counts", n=reports, outlets=outlets)


def _count(story: Story, wording: Wording) -> Note:
    counted = _say_size(len(story.articles), len(story.outlets), wording)
    copies = sum(len(group.articles) - 1 for group in story.copies)
    return Note(f"{counted} ({wording.say('reply.copies', n=copies)})" if copies else counted)


def _count_chapters(timeline: Timeline, wording: Wording) -> Note:
    days = [entry.article.day for entry in timeline.entries if entry.article.day]
    if len(timeline.chapters) < 2 or not days:  # noqa: PLR2004  # one chapter is the story itself
        return _count(timeline.story, wording)
    first, last = wording.day(min(days)), wording.day(max(days))
    return Note(wording.say("story.over_time", n=len(timeline.chapters), first=first, last=last))


def _name_silent(comparison: Comparison, wording: Wording) -> list[Note]:
    """Who published in the days of the story, without an article near it."""
    window = comparison.window
    if not comparison.not_covered or not window or not window.since or not window.until:
        return []
    silent = _name_some(comparison.not_covered, wording, SILENT_NAMED)
    days = {"first": wording.day(window.since), "last": wording.day(window.until)}
    return [Note(wording.say("compare.silent", outlets=silent, **days))]


def _name_some(outlets: Collection[str], wording: Wording, most: int) -> str:
    names = [cut_line(name, 60) for name in outlets]
    named, rest = ", ".join(names[:most]), len(names) - most
    return wording.say("reply.and_more", outlets=named, n=rest) if rest > 0 else named
