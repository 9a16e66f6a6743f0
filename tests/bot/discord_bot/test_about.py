"""/help and /about: what a newcomer reads, and the first question that the coverage can answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.discord_bot.commands.about import describe_bot
from bot.discord_bot.commands.help import COMMANDS, explain_use
from bot.replies import Note
from bot.store.feed_records import Freshness
from bot.wording import LANGUAGES, Wording
from retrieval.model import Span
from retrieval.reports import Status
from tests.support.articles import make_article
from tests.support.limits import COMPONENTS_BYTES, COMPONENTS_TEXT
from tests.support.messages import list_buttons, read_text
from tests.support.scene import build_tiny_client, open_scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.scene import Scene

NO_FEEDS = Freshness(0, None)


async def test_help_shows_how_to_ask_and_a_question_that_is_answered(
    scene: Scene,
) -> None:
    shown = await scene.member.slash(scene.channel, "help")
    assert shown.ephemeral
    assert shown.response is not None
    text = read_text(shown.response)
    (button,) = list_buttons(shown.response)
    assert button.startswith("Ask: What is ")
    assert button.endswith("Northwater?")
    assert f"**{button.removeprefix('Ask: ')}**" in text


async def test_help_lists_the_commands_that_a_person_may_use_for_them_to_click(
    scene: Scene,
) -> None:
    shown = await scene.member.slash(scene.channel, "help")
    assert shown.response is not None
    assert re.findall(r"</([a-z -]+):\d+>", read_text(shown.response)) == [
        *("ask", "search", "latest", "article", "story", "timeline", "compare", "changes"),
        *("outlets", "about", "privacy policy"),
    ]
    managed = await scene.moderator.slash(scene.channel, "help")
    assert managed.response is not None
    assert "</desk settings:" in read_text(managed.response)


async def test_the_first_question_is_answered_for_the_one_who_presses(scene: Scene) -> None:
    shown = await scene.member.slash(scene.channel, "help")
    assert shown.response is not None
    (button,) = list_buttons(shown.response).values()
    pressed = await scene.member.click(shown.response, custom_id=button)
    (answer,) = pressed.followups
    assert answer.ephemeral
    assert "two electric ferries" in read_text(answer).replace("**", "")


async def test_the_button_works_after_a_restart(scene: Scene, tmp_path: Path) -> None:
    shown = await scene.member.slash(scene.channel, "help")
    assert shown.response is not None
    (button,) = list_buttons(shown.response).values()
    await scene.restart(build_tiny_client(tmp_path))
    pressed = await scene.member.click(shown.response, custom_id=button)
    assert "electric ferries" in read_text(pressed.followups[0]).replace("**", "")


async def test_a_question_that_was_forgotten_is_explained(scene: Scene) -> None:
    shown = await scene.member.slash(scene.channel, "help")
    assert shown.response is not None
    scene.store.forget(scene.member.id)
    (button,) = list_buttons(shown.response).values()
    pressed = await scene.member.click(shown.response, custom_id=button)
    assert "not kept any more" in read_text(pressed.followups[0])


async def test_a_headline_of_any_length_and_kind_fits_the_button(tmp_path: Path) -> None:
    title = "@everyone **wins** " + "a very long prize " * 20
    async with open_scene(build_tiny_client(tmp_path, [make_article(title=title)])) as scene:
        shown = await scene.member.slash(scene.channel, "help")
        assert shown.response is not None
        assert "@everyone" not in read_text(shown.response)


async def test_help_is_there_in_a_direct_message(scene: Scene) -> None:
    user = scene.env.create_user("sam")
    shown = await user.slash("help")
    assert "Ways to ask" in read_text(shown.response)


async def test_about_says_what_the_answers_come_from(scene: Scene) -> None:
    shown = await scene.member.slash(scene.channel, "about")
    assert shown.ephemeral
    assert shown.response is not None
    text = read_text(shown.response)
    for fact in ("8 articles", "Newest article: 19 May", "No language model", "MIT", "Clippings 0"):
        assert fact in text


def test_without_coverage_there_is_no_first_question() -> None:
    assert "For example" not in "".join(explain_use("", {}, Wording("en")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_one_message_in_every_language(language: str) -> None:
    clickable = {name: f"</{name} settings:{10**19}>" for name in COMMANDS}
    sections = explain_use("A headline " * 18, clickable, Wording(language))
    assert sum(map(len, sections)) < COMPONENTS_TEXT
    assert sum(len(section.encode()) for section in sections) < COMPONENTS_BYTES


def test_an_undated_coverage_has_no_newest_article() -> None:
    status = Status(
        span=Span(0, None, None), passages=0, outlets=0, topics=0, updated=None, folders=()
    )
    for language in LANGUAGES:
        texts = [
            b.text
            for b in describe_bot(status, Wording(language), NO_FEEDS, None).blocks
            if isinstance(b, Note)
        ]
        assert len(texts) == 3
