"""The menu of any message: find coverage of it, ask about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.messages import read_text

if TYPE_CHECKING:
    import simcord

    from tests.support.scene import Scene

FIND, ASK = "Find coverage of this", "Ask about this"


async def find(scene: Scene, words: str) -> str:
    message = await scene.moderator.send(scene.channel, words)
    found = await scene.member.context_menu(scene.channel, FIND, message)
    assert found.response is not None
    return read_text(found.response)


async def submit(scene: Scene, form: simcord.InteractionResult, question: str) -> str:
    assert form.modal is not None
    (label,) = form.modal["components"]
    answered = await scene.member.submit_modal(form, {label["component"]["custom_id"]: question})
    assert answered.response is not None
    return read_text(answered.response)


async def test_a_message_finds_the_articles_that_share_its_words(scene: Scene) -> None:
    text = await find(scene, "Did you hear? The storm cut the power of whole villages!")
    assert "Storm leaves four villages without power" in text


@pytest.mark.parametrize(
    "words",
    [
        '"storm" -power title:nothing outlet:nobody villages',
        "https://example.org/rust-in-the-bridge <@1> <#2> <:boat:3> storm",
        "storm " * 300,
    ],
)
async def test_its_signs_links_and_length_are_no_search_syntax(scene: Scene, words: str) -> None:
    assert "Storm leaves four villages" in await find(scene, words)


async def test_a_list_of_coverage_is_for_the_asker_alone_and_puts_nobodys_words_on_top(
    scene: Scene,
) -> None:
    message = await scene.moderator.send(scene.channel, "The storm was bad, said Kim")
    found = await scene.member.context_menu(scene.channel, FIND, message)
    assert found.response is not None
    assert found.response.ephemeral
    assert "said Kim" not in read_text(found.response)


async def test_coverage_of_an_answer_is_found_by_its_words(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question="When will the harbour bridge close?")
    (answer,) = scene.channel.history()
    found = await scene.moderator.context_menu(scene.channel, FIND, answer)
    assert found.response is not None
    assert "Harbour bridge to close for a year" in read_text(found.response)


@pytest.mark.parametrize("words", ["🎉🎉", "https://example.org/x", "<@123456789>"])
async def test_a_message_without_words_is_explained(scene: Scene, words: str) -> None:
    assert "no words to search for" in await find(scene, words)


async def test_a_question_about_a_message_knows_what_it_is_about(scene: Scene) -> None:
    message = await scene.moderator.send(scene.channel, "The Harbour Bridge in Aldan is rusty")
    form = await scene.member.context_menu(scene.channel, ASK, message)
    assert form.modal is not None
    assert form.modal["title"] == "Ask about this"
    text = await submit(scene, form, "When will it close?")
    assert "Harbour bridge to close for a year" in text
    assert "When will it close?" in text


async def test_a_blank_question_is_explained(scene: Scene) -> None:
    message = await scene.moderator.send(scene.channel, "The harbour bridge of Aldan")
    form = await scene.member.context_menu(scene.channel, ASK, message)
    assert "Write what you want to know" in await submit(scene, form, "   ")
