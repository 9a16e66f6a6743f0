"""What is tried first: what is new, half a word, many stories; and what a manager looks up."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from bot.settings import LimitsSettings
from tests.bot.discord_bot.test_desk_settings import filed, open_desk, write_article
from tests.bot.discord_bot.test_messages import last_of_bot, me, text_of
from tests.support.articles import make_article, tiny_articles
from tests.support.messages import list_buttons, read_text
from tests.support.scene import build_tiny_client, open_scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.scene import Scene

__all__ = ["filed"]  # a fixture
PLACES = ("Orl", "Karn", "Ullin", "Bresk", "Tove", "Ansel", "Dorn", "Wick", "Pell", "Rusk", "Samm")
OPENED = (
    *("bakery", "pier", "mill", "museum", "theatre", "stadium", "tunnel", "cinema"),
    *("hospital", "airport", "brewery"),
)


def opening(month: int) -> datetime:
    return datetime(2023, month, 5, 9, tzinfo=UTC)


async def test_who_asks_what_is_new_gets_the_newest_headlines(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} What's new?")
    said = text_of(last_of_bot(scene, scene.channel))
    assert said.index("Storm leaves four villages") < said.index("Northwater orders two")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("har", "Harbour bridge"), ("sto", "Storm leaves"), ("gard", "School garden wins")],
)
async def test_the_beginning_of_any_word_finds_a_headline(
    scene: Scene, typed: str, offered: str
) -> None:
    choices = await scene.member.autocomplete(scene.channel, "article", "title", typed)
    assert choices[0]["name"].startswith(offered)


async def test_a_search_for_two_words_counts_what_holds_both_and_lists_it_first(
    scene: Scene,
) -> None:
    found = await scene.member.slash(scene.channel, "search", query="island garden")
    assert found.response is not None
    said = read_text(found.response)
    assert "with all of the words: 1" in said
    assert "School garden wins" in said.split("**2**")[0]


async def test_a_foreign_word_is_not_taken_for_a_slip(tmp_path: Path) -> None:
    quant = make_article(n=90, id="quant", title="A quant leaves the bank", body="The quant left.")
    async with open_scene(build_tiny_client(tmp_path, [quant, *tiny_articles()])) as scene:
        await scene.member.send(scene.channel, f"{me(scene)} Quand ferme le pont du port ?")
        assert "quant" not in text_of(last_of_bot(scene, scene.channel))


async def test_changes_are_paged_to_the_last_story(tmp_path: Path) -> None:
    titles = [f"{place} opens a {what}" for place, what in zip(PLACES, OPENED, strict=True)]
    many = [
        make_article(n=n, id=f"m-{n}", title=title, body=f"{title}.", published=opening(n))
        for n, title in enumerate(titles, start=1)
    ]
    limits = LimitsSettings(per_person=1000, per_server=1000)
    async with open_scene(build_tiny_client(tmp_path, many, limits=limits)) as scene:
        result = await scene.member.slash(scene.channel, "changes", since="2020-01-01")
        message = result.response
        assert message is not None
        pages = [read_text(message)]
        while "▶️" in (buttons := list_buttons(message)):
            await scene.member.click(message, custom_id=buttons["▶️"])
            pages.append(read_text(message))
    shown = [re.findall(r"\w+ opens an? \w+", page) for page in pages]
    assert len(pages) > 1
    assert max(map(len, shown)) <= 10
    assert "11 new stories" in pages[0]
    assert sorted(chain.from_iterable(shown)) == sorted(titles)


async def test_the_settings_say_that_replies_to_a_mention_stay_public(scene: Scene) -> None:
    assert "Replies to a mention stay public" in read_text(await open_desk(scene, "settings"))


async def test_status_tells_when_the_bot_started_and_when_reading_failed(filed: Scene) -> None:
    before = read_text(await open_desk(filed, "status"))
    assert re.search(r"Running since .*\d\d\\?:\d\d UTC", before)
    filed.coverage.folders = (filed.coverage.folders[0] / "gone",)
    await open_desk(filed, "reload")
    assert "The last reading failed" not in before
    assert "The last reading failed" in read_text(await open_desk(filed, "status"))


async def test_reload_names_the_file_that_gave_no_article(filed: Scene) -> None:
    (folder,) = filed.coverage.folders
    write_article(folder, "two")
    (folder / "empty.md").write_text("", encoding="utf-8")
    assert "empty.md" in read_text(await open_desk(filed, "reload")).replace("\\", "")
