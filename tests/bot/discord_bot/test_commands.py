"""Every command answers, with what it promises, and offers what may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store import ServerSettings
from bot.wording import Wording
from tests.support.messages import list_labels, read_text

if TYPE_CHECKING:
    from simcord import InteractionResult, ResponseMessage

    from tests.support.scene import Scene

CLOSING = "When will the harbour bridge close?"


def plain(message: ResponseMessage) -> str:
    """What a message says, whatever is in bold."""
    return read_text(message).replace("**", "")


def shown(result: InteractionResult) -> ResponseMessage:
    """The message that a command ended in."""
    assert result.acknowledged
    assert result.response is not None
    return result.response


async def test_ask_answers_with_a_quote_and_its_source(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "ask", question=CLOSING))
    assert "will close on 2 June for a year" in plain(message)
    assert "[Harbour bridge to close for a year](https://example.org/news/1" in read_text(message)
    assert "Same story in Radio Aldan" in read_text(message)
    assert not message.ephemeral


async def test_ask_is_acknowledged_before_the_answer_is_looked_up(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question=CLOSING)
    sent = [r.json for r in scene.env.http_requests if r.path.endswith("/callback")]
    assert sent == [{"type": 5}]


async def test_ask_says_what_the_coverage_spans_when_it_holds_no_answer(scene: Scene) -> None:
    question = "Which zzzzzzzz has qqqqqqqq?"
    message = shown(await scene.member.slash(scene.channel, "ask", question=question))
    assert "no sentence that answers" in read_text(message)


async def test_ask_in_private_is_for_the_asker_alone_and_can_be_shown(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "ask", question=CLOSING, private=True))
    assert message.ephemeral
    assert "Show in channel" in list_labels(message)
    assert "Delete" not in list_labels(message)


async def test_ask_narrows_to_an_outlet_and_days(scene: Scene) -> None:
    message = shown(
        await scene.member.slash(
            scene.channel, "ask", question="Who carries the commuters?", outlet="The Lighthouse"
        )
    )
    assert "The Lighthouse" in read_text(message)
    assert "[Aldan Courier]" not in read_text(message)


async def test_a_day_that_cannot_be_read_is_explained_to_the_asker_alone(scene: Scene) -> None:
    message = shown(
        await scene.member.slash(scene.channel, "ask", question=CLOSING, since="the day @everyone")
    )
    assert "is no day that I can read" in read_text(message)
    assert message.ephemeral


async def test_an_outlet_that_is_none_is_explained_to_the_asker_alone(scene: Scene) -> None:
    message = shown(
        await scene.member.slash(scene.channel, "ask", question=CLOSING, outlet="Daily Mast")
    )
    assert "“Daily Mast” is no outlet of this coverage" in read_text(message)
    assert message.ephemeral


async def test_a_list_of_nothing_can_be_deleted(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "story", about="zeppelins"))
    assert "No article found" in read_text(message)
    assert "Delete" in list_labels(message)


async def test_a_question_of_spaces_is_explained(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "ask", question="   "))
    assert message.ephemeral
    assert "Write what you want to know" in read_text(message)


async def test_search_lists_articles_with_how_they_begin(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "search", query="ferries"))
    text = read_text(message)
    assert "Northwater orders two electric ferries" in text
    assert "Each of them carries 300 passengers." in text


async def test_search_for_signs_alone_is_explained(scene: Scene) -> None:
    for signs in ('""', "-", "*"):
        result = await scene.member.slash(scene.channel, "search", query=signs)
        assert result.response is not None
        assert result.response.ephemeral
        assert "Write what you want to know" in read_text(result.response)


async def test_search_keeps_to_order_and_filters(scene: Scene) -> None:
    message = shown(
        await scene.member.slash(
            scene.channel, "search", query="ferries", sort="oldest", topic="transport"
        )
    )
    text = read_text(message)
    assert "Only transport" in text
    assert text.index("Ferries will carry") < text.index("Northwater orders")


async def test_search_without_a_hit_says_what_to_try(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "search", query="qqqqqqqq zzzzzzzz"))
    assert "No article found" in read_text(message)


async def test_latest_lists_the_newest_first(scene: Scene) -> None:
    text = read_text(shown(await scene.member.slash(scene.channel, "latest")))
    assert text.index("Storm leaves four villages") < text.index("Northwater orders two")


async def test_latest_keeps_to_a_topic_and_an_outlet(scene: Scene) -> None:
    message = shown(
        await scene.member.slash(
            scene.channel, "latest", topic="education", outlet="The Lighthouse"
        )
    )
    assert "School garden wins" in read_text(message)
    assert "Storm" not in read_text(message)


async def test_article_shows_one_article(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "article", title="article-6"))
    assert "School garden wins the island prize" in read_text(message)
    assert "Pupils grow forty kinds of beans there." in read_text(message)


async def test_outlets_are_counted(scene: Scene) -> None:
    text = read_text(shown(await scene.member.slash(scene.channel, "outlets")))
    assert "4 outlets" in text
    assert "Radio Aldan: 2 articles" in text


async def test_story_lists_every_report_of_it(scene: Scene) -> None:
    text = read_text(shown(await scene.member.slash(scene.channel, "story", about="article-1")))
    assert "Aldan Courier" in text
    assert "copy of Aldan Courier" in text


async def test_timeline_brings_a_chart_that_is_described(scene: Scene) -> None:
    message = shown(await scene.member.slash(scene.channel, "timeline", about="article-1"))
    (chart,) = message.attachments
    assert chart.filename == "timeline.png"
    assert chart.description is not None
    assert "Aldan Courier" in chart.description


async def test_compare_names_who_told_the_story_and_says_nothing_unproved(scene: Scene) -> None:
    text = read_text(shown(await scene.member.slash(scene.channel, "compare", about="article-1")))
    assert "Reported by Aldan Courier" in text
    assert "near this story" not in text  # nobody else published in those days
    assert "differ" not in text


async def test_changes_lists_what_came_since_a_day(scene: Scene) -> None:
    since = scene.coverage.status().span.newest
    text = read_text(shown(await scene.member.slash(scene.channel, "changes", since=str(since))))
    assert "1 new story" in text
    assert "Storm leaves four villages without power" in text


@pytest.mark.parametrize("command", ["story", "timeline", "compare"])
async def test_a_story_that_is_not_there_is_said_to_be_missing(scene: Scene, command: str) -> None:
    message = shown(await scene.member.slash(scene.channel, command, about="qqqqqqqq zzzzzzzz"))
    assert "No article found" in read_text(message)


@pytest.mark.parametrize(
    ("command", "option", "typed", "offered"),
    [
        ("ask", "outlet", "radio", "Radio Aldan"),
        ("search", "topic", "edu", "education"),
        ("latest", "outlet", "", "Aldan Courier"),
        ("article", "title", "garden", "School garden wins the island prize · The Lighthouse"),
        ("story", "about", "storm", "Storm leaves four villages without power · Radio Aldan"),
        ("timeline", "about", "", "Storm leaves four villages without power · Radio Aldan"),
    ],
)
async def test_options_are_completed_from_the_coverage(
    scene: Scene, command: str, option: str, typed: str, offered: str
) -> None:
    choices = await scene.member.autocomplete(scene.channel, command, option, typed)
    assert offered in [choice["name"] for choice in choices]


async def test_a_choice_made_from_the_headlines_opens_that_article(scene: Scene) -> None:
    (choice, *_) = await scene.member.autocomplete(scene.channel, "article", "title", "reading")
    message = shown(await scene.member.slash(scene.channel, "article", title=choice["value"]))
    assert "A new reading room for the library" in read_text(message)
    assert "Summary of an Aldan Courier article" in read_text(message)


async def test_who_asks_too_fast_is_told_when_to_come_back(scene: Scene) -> None:
    for _ in range(10):
        await scene.member.slash(scene.channel, "outlets")
    message = shown(await scene.member.slash(scene.channel, "outlets"))
    assert message.ephemeral
    assert "Try again <t:" in read_text(message)


async def test_commands_work_in_a_direct_message(scene: Scene) -> None:
    message = shown(await scene.member.user.slash("ask", question=CLOSING))
    assert "2 June" in plain(message)


async def test_a_server_can_have_answers_private_unless_the_asker_says_otherwise(
    scene: Scene,
) -> None:
    scene.store.servers.write(scene.guild.id, ServerSettings(private=True))
    assert shown(await scene.member.slash(scene.channel, "ask", question=CLOSING)).ephemeral
    aloud = await scene.member.slash(scene.channel, "ask", question=CLOSING, private=False)
    assert not shown(aloud).ephemeral


async def test_a_server_can_choose_the_language_of_the_bot(scene: Scene) -> None:
    scene.store.servers.write(scene.guild.id, ServerSettings(language="de"))
    message = shown(await scene.member.slash(scene.channel, "ask", question=CLOSING))
    assert Wording("de").say("button.sources") in list_labels(message)
