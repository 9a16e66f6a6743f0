"""A story in blocks: its reports, its timeline, its differences, and what changed."""

from __future__ import annotations

from datetime import date

from bot.replies import (
    Citation,
    Heading,
    Note,
    Reply,
    Title,
    render_changes,
    render_comparison,
    render_story,
    render_timeline,
)
from bot.wording import Wording
from retrieval.model import (
    Changes,
    Comparison,
    Conflict,
    CopyGroup,
    Span,
    Story,
    Timeline,
    TimelineEntry,
    Window,
)
from tests.support.articles import make_article, make_quote

WORDING = Wording("en")
SPAN = Span(8, date(2031, 4, 1), date(2031, 5, 19))
FIRST = make_article(n=1)
COPY = make_article(n=2, outlet="Radio Aldan")
THIRD = make_article(n=3, outlet="The Lighthouse", title="Six ferries")
STORY = Story((FIRST, COPY, THIRD), (CopyGroup((FIRST, COPY)),))


def citations(reply: Reply) -> list[Citation]:
    return [block for block in reply.blocks if isinstance(block, Citation)]


def notes(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Note)]


def test_a_story_names_its_copies_after_their_original() -> None:
    reply = render_story(STORY, WORDING, span=SPAN)
    assert [cited.also for cited in citations(reply)] == ["", "copy of Aldan Courier", ""]
    assert notes(reply) == ["Reports: 3 · outlets: 3"]
    assert reply.story == FIRST.id


def test_a_timeline_quotes_what_each_report_added() -> None:
    added = make_quote(FIRST)
    timeline = Timeline(STORY, (TimelineEntry(FIRST, added), TimelineEntry(COPY, None)))
    first, second = citations(render_timeline(timeline, WORDING, span=SPAN))
    assert [quote.text for quote in first.quotes] == [added.text]
    assert second.quotes == ()


def test_statements_that_differ_stand_side_by_side_each_with_its_source() -> None:
    conflict = Conflict("cables", make_quote(FIRST), FIRST, make_quote(THIRD), THIRD)
    comparison = Comparison(STORY, STORY.outlets, ("Gazette",), (conflict,))
    reply = render_comparison(comparison, WORDING, span=SPAN)
    assert [c.outlet for c in citations(reply)] == ["Aldan Courier", "The Lighthouse"]
    assert Heading("They differ on: cables") in reply.blocks
    assert notes(reply) == [
        "Reported by Aldan Courier, Radio Aldan, The Lighthouse",
        "Nothing found from Gazette",
    ]


def test_a_comparison_counts_the_outlets_that_were_heard_in_those_days() -> None:
    window = Window(date(2031, 4, 25), date(2031, 5, 10))
    comparison = Comparison(STORY, STORY.outlets, ("Gazette",), (), window)
    counted, *_ = notes(render_comparison(comparison, WORDING, span=SPAN))
    assert counted == ("Told by 3 of 4 outlets with reports from 25 Apr 2031 to 10 May 2031")


def test_agreement_is_said() -> None:
    reply = render_comparison(Comparison(STORY, STORY.outlets, (), ()), WORDING, span=SPAN)
    assert "No differing numbers or dates found." in notes(reply)


def test_changes_are_new_stories_and_older_ones_with_what_came() -> None:
    entry = TimelineEntry(THIRD, make_quote(THIRD))
    changes = Changes(date(2031, 5, 1), (Story((FIRST,)),), ((STORY, (entry,)),))
    reply = render_changes(changes, WORDING, span=SPAN)
    headings = [block.text for block in reply.blocks if isinstance(block, Heading)]
    assert headings == ["1 new story", FIRST.title]
    assert [cited.title for cited in citations(reply)] == [FIRST.title, "Six ferries"]


def test_changes_name_their_days_and_count_what_has_none() -> None:
    changes = Changes(date(2031, 5, 1), (Story((FIRST,)),), (), date(2031, 5, 7), 3)
    reply = render_changes(changes, WORDING, span=SPAN)
    assert reply.blocks[0] == Title("From 1 May 2031 to 7 May 2031")
    assert notes(reply) == ["3 articles without a day are left out."]


def test_nothing_new_is_said() -> None:
    reply = render_changes(Changes(date(2031, 5, 1), (), ()), WORDING, span=SPAN)
    assert notes(reply) == ["Nothing new."]
