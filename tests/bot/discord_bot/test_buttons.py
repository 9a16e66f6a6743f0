"""Every button and menu does what it says, for whoever presses it, after a restart too."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from bot.discord_bot.layout import ANSWERED
from bot.settings import LimitsSettings
from tests.support.articles import make_article
from tests.support.limits import walk_components
from tests.support.messages import list_buttons, list_choices, list_labels, press, read_text
from tests.support.scene import build_tiny_client, open_scene

if TYPE_CHECKING:
    from pathlib import Path

    from simcord import InteractionResult, ResponseMessage

    from tests.support.scene import Scene

MENU = 3
CLOSING = "When will the harbour bridge close?"


def plain(message: ResponseMessage) -> str:
    """What a message says, whatever is in bold."""
    return read_text(message).replace("**", "")


async def ask(scene: Scene, **options: object) -> ResponseMessage:
    """Ask what the coverage answers."""
    result = await scene.member.slash(scene.channel, "ask", question=CLOSING, **options)
    assert result.response is not None
    return result.response


def added(result: InteractionResult) -> ResponseMessage:
    """The message that a button added."""
    assert result.acknowledged
    (message,) = result.followups
    return message


def find_menus(message: ResponseMessage) -> list[dict[str, Any]]:
    """The menus of a message."""
    return [c for c in walk_components({"components": message.components}) if c["type"] == MENU]


async def test_more_from_this_story_opens_for_the_presser_alone(scene: Scene) -> None:
    message = added(await press(scene.member, await ask(scene), "More from this story"))
    assert message.ephemeral
    assert "copy of Aldan Courier" in read_text(message)


async def test_timeline_opens_with_its_chart(scene: Scene) -> None:
    message = added(await press(scene.member, await ask(scene), "Timeline"))
    assert len(message.attachments) == 1


async def test_compare_opens_from_a_timeline(scene: Scene) -> None:
    timeline = added(await press(scene.member, await ask(scene), "Timeline"))
    message = added(await press(scene.member, timeline, "Compare outlets"))
    assert "Reported by" in read_text(message)


async def test_more_sources_lists_further_articles(scene: Scene) -> None:
    message = added(await press(scene.member, await ask(scene), "More sources"))
    assert "More sources: " in read_text(message)


async def test_a_question_without_an_answer_leads_to_a_search_for_its_words(scene: Scene) -> None:
    question = "Which rocket did the ferry company launch to Saturn?"
    result = await scene.member.slash(scene.channel, "ask", question=question)
    assert result.response is not None
    assert "no sentence that answers" in read_text(result.response)
    found = added(await press(scene.member, result.response, "Search for these words"))
    assert "articles found" in read_text(found)
    assert "Northwater" in read_text(found)


async def test_the_menu_under_a_list_shows_its_order(scene: Scene) -> None:
    (answers,) = find_menus(await ask(scene))
    assert answers["placeholder"] == "More"
    assert not any(option["default"] for option in answers["options"])
    found = await scene.member.slash(scene.channel, "search", query="ferries")
    assert found.response is not None
    (hits,) = find_menus(found.response)
    assert [option["value"] for option in hits["options"] if option["default"]] == ["relevance"]


async def test_thanks_do_not_look_like_an_error(scene: Scene) -> None:
    thanks = added(await press(scene.member, await ask(scene), "👍"))
    assert thanks.components[0]["accent_color"] == ANSWERED


async def test_the_sources_of_an_answer_can_be_ordered_by_day(scene: Scene) -> None:
    answer = await ask(scene)
    message = added(await press(scene.member, answer, "More sources"))
    await press(scene.member, message, "Oldest first")
    assert "More sources: " in read_text(message)
    assert "2 June" in plain(answer)


async def test_three_buttons_at_most_stand_under_a_reply_and_a_menu_for_the_rest(
    scene: Scene,
) -> None:
    for answer in (await ask(scene), await ask(scene, private=True)):
        assert len(list_buttons(answer)) <= 3
        assert len(find_menus(answer)) == 1
    assert {"👍", "👎", "More sources", "Timeline", "Delete"} <= list_labels(await ask(scene))


async def test_a_search_changes_its_order_in_place(scene: Scene) -> None:
    result = await scene.member.slash(scene.channel, "search", query="ferries")
    assert result.response is not None
    (menu,) = list_choices(result.response)
    await scene.member.select(result.response, ["oldest"], custom_id=menu)
    text = read_text(result.response)
    assert text.index("Ferries will carry") < text.index("Northwater orders")


async def test_a_private_answer_can_be_shown_to_all(scene: Scene) -> None:
    message = added(await press(scene.member, await ask(scene, private=True), "Show in channel"))
    assert not message.ephemeral
    assert "2 June" in plain(message)
    assert "Show in channel" not in list_buttons(message)


async def test_an_answer_goes_on_in_a_thread_that_keeps_the_subject(scene: Scene) -> None:
    await press(scene.member, await ask(scene), "Continue in a thread")
    (thread,) = scene.channel.threads
    assert thread.name == CLOSING
    await scene.member.slash(thread, "ask", question="Why does it close?")
    turn = scene.store.turns.last(scene.member.id, thread.id)
    assert turn is not None
    assert "bridge" in turn.subject.casefold()


async def test_thumbs_are_thanked_and_kept(scene: Scene) -> None:
    answer = await ask(scene)
    assert added(await press(scene.member, answer, "👎")).ephemeral
    assert added(await press(scene.moderator, answer, "👍")).ephemeral
    (gap,) = scene.store.feedback.gaps(scene.guild.id)
    assert (gap.question, gap.down) == (CLOSING, 1)


async def test_a_thumb_pressed_again_is_taken_back(scene: Scene) -> None:
    answer = await ask(scene)
    await press(scene.member, answer, "👎")
    assert "Taken back" in read_text(added(await press(scene.member, answer, "👎")))
    assert scene.store.feedback.gaps(scene.guild.id) == ()


async def test_the_asker_can_delete_an_answer(scene: Scene) -> None:
    answer = await ask(scene)
    await press(scene.member, answer, "Delete")
    assert scene.channel.history() == []


async def test_another_member_cannot_delete_it(scene: Scene) -> None:
    answer = await ask(scene)
    other = scene.guild.add_member(scene.env.create_user("sam"))
    message = added(await press(other, answer, "Delete"))
    assert message.ephemeral
    assert "Only the one who asked" in read_text(message)
    assert len(scene.channel.history()) == 1


async def test_pages_turn_in_place_for_the_asker_and_aside_for_others(tmp_path: Path) -> None:
    many = [make_article(n=n, title=f"Harbour news {n}", body=f"Day {n}.") for n in range(1, 15)]
    async with open_scene(build_tiny_client(tmp_path, many)) as scene:
        result = await scene.member.slash(scene.channel, "latest")
        message = result.response
        assert message is not None
        first = read_text(message)
        await press(scene.member, message, "▶️")
        assert read_text(message) != first

        aside = added(await press(scene.moderator, message, "◀️"))
        assert aside.ephemeral
        assert read_text(aside) == first


async def test_every_button_still_works_after_a_restart(scene: Scene, tmp_path: Path) -> None:
    answer = await ask(scene)
    await scene.restart(build_tiny_client(tmp_path))
    for label in ("More sources", "More from this story", "Timeline", "👍"):
        assert added(await press(scene.member, answer, label)).ephemeral
    await press(scene.member, answer, "Delete")
    assert scene.channel.history() == []


async def test_buttons_of_a_forgotten_message_say_so(scene: Scene) -> None:
    answer = await ask(scene)
    scene.store.forget(scene.member.id)
    message = added(await press(scene.member, answer, "Timeline"))
    assert "not kept any more" in read_text(message)


async def test_buttons_of_another_version_say_so(scene: Scene) -> None:
    answer = await ask(scene)
    tickets = scene.store.tickets
    token = list_buttons(answer)["👍"].split(":")[2]
    tickets.update(token, {"form": "of another version"})
    assert "not kept any more" in read_text(added(await press(scene.member, answer, "👍")))


async def test_in_a_direct_message_what_opens_stays_to_be_replied_to(scene: Scene) -> None:
    result = await scene.member.user.slash("ask", question=CLOSING)
    assert result.response is not None
    assert "Continue in a thread" not in list_labels(result.response)
    opened = await press(scene.member.user, result.response, "More from this story")
    assert not added(opened).ephemeral


async def test_a_thread_that_the_bot_may_not_open_is_asked_of_the_managers(scene: Scene) -> None:
    nothing = discord.PermissionOverwrite(create_public_threads=False)
    assert scene.client.user is not None
    scene.channel = scene.guild.create_text_channel(
        "no-threads", overwrites={scene.client.user: nothing}
    )
    message = added(await press(scene.member, await ask(scene), "Continue in a thread"))
    assert "Create Public Threads" in read_text(message)
    assert message.ephemeral


FERRIES = ("Petrel ran aground", "Petrel has a captain", "Petrel was painted green")


async def test_which_of_several_stories_is_meant_is_chosen_in_a_menu(tmp_path: Path) -> None:
    many = [
        make_article(
            n=n,
            title=title,
            body=f"{title}, the harbour said.",
            published=datetime(2024, n + 1, 3, tzinfo=UTC),
        )
        for n, title in enumerate(FERRIES)
    ]
    async with open_scene(build_tiny_client(tmp_path, many)) as scene:
        result = await scene.member.slash(scene.channel, "story", about="petrel")
        asked = result.response
        assert asked is not None
        assert plain(asked).startswith("3 stories fit these words. Which one?")
        (menu, values) = next(iter(list_choices(asked).items()))
        assert menu.startswith("clip-choose:")
        chosen = [label for label in list_labels(asked) if label[0] in "123"]
        assert sorted(chosen) == [f"{n}. {title}" for n, title in enumerate(FERRIES[::-1], start=1)]

        other = await scene.moderator.select(asked, [values[1]], custom_id=menu)
        assert FERRIES[1] in plain(added(other))  # a copy of one's own
        await scene.member.select(asked, [values[0]], custom_id=menu)
        assert FERRIES[2] in plain(asked)
        assert "Which one?" not in plain(asked)


async def test_a_search_is_paged_to_its_last_article(tmp_path: Path) -> None:
    many = [make_article(n=n, title=f"Harbour news {n}", body=f"Day {n}.") for n in range(1, 231)]
    limits = LimitsSettings(per_person=1000, per_server=1000)
    async with open_scene(build_tiny_client(tmp_path, many, limits=limits)) as scene:
        result = await scene.member.slash(scene.channel, "search", query="harbour")
        message = result.response
        assert message is not None
        assert "230 articles found · listed here: 1 to 100" in read_text(message)
        pages = [read_text(message)]
        while "▶️" in list_buttons(message):
            await press(scene.member, message, "▶️")
            pages.append(read_text(message))
        assert any("listed here: 201 to 230" in page for page in pages)
        shown = {int(n) for page in pages for n in re.findall(r"Harbour news (\d+)", page)}
        assert shown == set(range(1, 231))
        while "◀️" in list_buttons(message):
            await press(scene.member, message, "◀️")
            assert read_text(message) == pages[-2]
            pages.pop()
        assert len(pages) == 1
