"""A story in blocks: its reports, its timeline, its differences, and what changed."""

from __future__ import annotations

from dataclasses import replace
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
    Chapter,
    Comparison,
    Conflict,
    CopyGroup,
    Quote,
    Span,
    Story,
    StoryChoice,
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
    assert notes(reply) == ["Reports: 3 · outlets: 3 (1 copy)"]
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
    assert notes(reply)[1:] == ["Reported by Aldan Courier, Radio Aldan, The Lighthouse"]


def test_a_comparison_says_of_whom_it_looked_at_which_days() -> None:
    window = Window(date(2031, 4, 25), date(2031, 5, 10))
    comparison = Comparison(STORY, STORY.outlets, ("Gazette",), (), window)
    counted, _, silent = notes(render_comparison(comparison, WORDING, span=SPAN))
    assert counted == "Reports: 3 · outlets: 3 (1 copy)"
    assert silent == (
        "Published from 25 Apr 2031 to 10 May 2031, but nothing near this story: Gazette"
    )


def test_where_no_difference_was_found_nothing_is_said_of_it() -> None:
    reply = render_comparison(Comparison(STORY, STORY.outlets, (), ()), WORDING, span=SPAN)
    assert len(notes(reply)) == 2
    assert not [block for block in reply.blocks if isinstance(block, Heading)]


def test_which_story_is_meant_is_asked_with_day_and_size() -> None:
    choices = (StoryChoice(THIRD, 4, 3), StoryChoice(FIRST, 1, 1))
    story = replace(STORY, choices=choices)
    for reply in (
        render_story(story, WORDING, span=SPAN),
        render_comparison(Comparison(story, (), (), ()), WORDING, span=SPAN),
    ):
        assert notes(reply) == ["2 stories fit these words. Which one?"]
        first, second = citations(reply)
        assert (first.title, first.also) == ("Six ferries", "Reports: 4 · outlets: 3")
        assert (second.title, second.also) == (FIRST.title, "Reports: 1 · outlets: 1")
        assert all(cited.day and cited.link for cited in (first, second))


def test_a_choice_is_named_by_its_article_and_of_unnamed_outlets_none_are_counted() -> None:
    story = replace(STORY, choices=(StoryChoice(THIRD, 4, 0), StoryChoice(FIRST, 1, 1)))
    reply = render_story(story, WORDING, span=SPAN)
    assert [choice.article_id for choice in reply.choices] == [THIRD.id, FIRST.id]
    assert reply.choices[0].also == "Reports: 4"


def test_a_timeline_of_several_chapters_counts_them() -> None:
    entry = TimelineEntry(FIRST, make_quote(FIRST))
    chapters = (Chapter(STORY, (entry,)), Chapter(Story((THIRD,)), ()))
    reply = render_timeline(Timeline(STORY, (entry,), chapters), WORDING, span=SPAN)
    assert notes(reply)[0].startswith("Chapters: 2, from ")


def test_a_headline_is_not_quoted_beneath_itself() -> None:
    headline = Quote(FIRST.title, 0, FIRST.id, 0, headline=True)
    timeline = Timeline(STORY, (TimelineEntry(FIRST, headline),))
    (cited,) = citations(render_timeline(timeline, WORDING, span=SPAN))
    assert cited.quotes == ()


def test_of_many_changes_the_first_are_shown_and_the_others_counted() -> None:
    changes = Changes(date(2031, 5, 1), (Story((FIRST,)), Story((THIRD,))), ((STORY, ()),))
    reply = render_changes(changes, WORDING, span=SPAN, most=1)
    assert len(citations(reply)) == 2
    assert notes(reply) == ["1 more story: ask for fewer days."]


def test_changes_are_new_stories_and_older_ones_with_what_came() -> None:
    entry = TimelineEntry(THIRD, make_quote(THIRD))
    changes = Changes(date(2031, 5, 1), (Story((FIRST,)),), ((STORY, (entry,)),))
    reply = render_changes(changes, WORDING, span=SPAN)
    headings = [block.text for block in reply.blocks if isinstance(block, Heading)]
    assert headings == ["1 new story", "1 earlier story with new reports"]
    assert [cited.title for cited in citations(reply)] == [FIRST.title, "Six ferries"]


def test_changes_name_their_days_and_count_what_has_none() -> None:
    changes = Changes(date(2031, 5, 1), (Story((FIRST,)),), (), date(2031, 5, 7), 3)
    reply = render_changes(changes, WORDING, span=SPAN)
    assert reply.blocks[0] == Title("From 1 May 2031 to 7 May 2031")
    assert notes(reply) == ["3 articles without a day are left out."]


def test_nothing_new_is_said() -> None:
    reply = render_changes(Changes(date(2031, 5, 1), (), ()), WORDING, span=SPAN)
    assert notes(reply) == ["Nothing new."]
