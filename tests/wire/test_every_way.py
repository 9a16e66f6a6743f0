"""Every command, menu, button and choice over the wire, and the old ones after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.compose import SEEDS
from tests.support.articles import tiny_articles
from tests.support.files import write_articles
from tests.support.limits import walk_components
from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    import simcord
    from simcord.backend.models import Interaction

    from tests.wire.bot_process import BotProcess
    from tests.wire.newsroom import Newsroom

STORY = "Harbour bridge to close for a year"
BUTTON, ROLES, CHANNELS = 2, 6, 8
BROKEN = ("Something went wrong", "out of date", "expired")
FOR_EVERYBODY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ask", {"question": "How many cables of the harbour bridge have rust?"}),
    ("ask", {"question": "Which GPUs has Meta chosen?", "private": True}),
    ("ask", {"question": "Who sings on the ferries to Saturn?", "since": "1 May 2024"}),
    ("search", {"query": "bridge ferries", "sort": "newest"}),
    ("latest", {}),
    ("latest", {"topic": "transport", "private": True}),
    ("article", {"title": STORY}),
    ("outlets", {}),
    ("story", {"about": STORY}),
    ("timeline", {"about": STORY}),
    ("compare", {"about": STORY}),
    ("changes", {"since": "1 May 2024", "until": "20 May 2024"}),
    ("help", {}),
    ("about", {}),
    ("privacy policy", {}),
    ("privacy show", {}),
    ("privacy forget-me", {}),
)
FOR_MODERATORS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("desk settings", {}),
    ("desk gaps", {}),
    ("desk status", {}),
    ("desk reload", {}),
    ("desk limit", {"questions": 900}),
)
TESTED_ELSEWHERE = ("feeds ", "alerts ", "digest ", "follow ")
SUGGESTED: dict[tuple[str, str], dict[str, Any]] = {
    ("ask", "outlet"): {"question": "What is new?"},
    ("search", "outlet"): {"query": "bridge"},
    ("search", "topic"): {"query": "bridge"},
    ("latest", "topic"): {},
    ("latest", "outlet"): {},
    ("article", "title"): {},
    ("story", "about"): {},
    ("timeline", "about"): {},
    ("compare", "about"): {},
}
CONTROLS = {
    *("sources", "search", "story", "timeline", "compare", "next", "page"),
    *("relevance", "newest", "oldest"),
    *("show", "thread", "up", "down", "delete", "try", "forget"),
    *("allowed_channels", "denied_channels", "allowed_roles", "private", "language"),
    *("answer_channels", "alert_channel", "kept", "keep"),
}


@pytest.fixture
def coverage(newsroom: Newsroom) -> tuple[str, ...]:
    """Name the shipped coverage and a tiny one to the bot, as its arguments."""
    tiny = write_articles(newsroom.home / "tiny", tiny_articles())
    return ("--coverage", str(SEEDS), "--coverage", str(tiny))


@pytest.fixture
async def bot(newsroom: Newsroom, coverage: tuple[str, ...]) -> AsyncIterator[BotProcess]:
    """Run the bot without a limit on asking; it has left in order when the test is over."""
    async with run_bot(newsroom.discord, newsroom.home, *coverage, environment=UNHURRIED) as bot:
        await newsroom.discord.connected()
        yield bot
        assert await bot.stop() == 0
        assert_tidy(bot)


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, and the one who asked for it."""

    actor: simcord.MemberActor
    answer: simcord.ResponseMessage


async def use_every_command(newsroom: Newsroom) -> list[Told]:
    """Use each command and give what was answered."""
    told = []
    for actor, commands in (
        (newsroom.member, FOR_EVERYBODY),
        (newsroom.moderator, FOR_MODERATORS),
    ):
        for name, options in commands:
            shown = await actor.slash(newsroom.channel, name, **options)
            told.append(Told(actor, await newsroom.discord.answered(shown)))
    return told


@pytest.mark.usefixtures("bot")
async def test_every_command_answers(newsroom: Newsroom) -> None:
    for told in await use_every_command(newsroom):
        assert_sound(told.answer)
    offered = set(newsroom.moderator.available_commands(newsroom.channel))
    own = {name for name in offered if not name.startswith(TESTED_ELSEWHERE)}
    assert own - {"desk mute"} == {name for name, _ in (*FOR_EVERYBODY, *FOR_MODERATORS)}


@pytest.mark.usefixtures("bot")
async def test_every_option_that_suggests_does(newsroom: Newsroom) -> None:
    for (command, option), filled in SUGGESTED.items():
        await newsroom.member.autocomplete(newsroom.channel, command, option, "a", **filled)
        asked = newsroom.discord.world.last_interaction()
        assert await newsroom.discord.suggested(asked)
    assert set(SUGGESTED) == set(list_suggesting(newsroom))


async def test_every_button_and_choice_works_after_a_restart(
    newsroom: Newsroom, coverage: tuple[str, ...]
) -> None:
    def run() -> AbstractAsyncContextManager[BotProcess]:
        return run_bot(newsroom.discord, newsroom.home, *coverage, environment=UNHURRIED)

    async with run() as bot:
        await newsroom.discord.connected()
        answered = await use_every_command(newsroom)
        assert await bot.stop() == 0
    async with run() as bot:
        await newsroom.discord.connected()
        used = set()
        for told in answered:
            used |= await use_all(newsroom, told)
        assert used == CONTROLS
        assert await bot.stop() == 0
        assert_tidy(bot)


@pytest.mark.usefixtures("bot")
async def test_the_menu_of_a_message(newsroom: Newsroom) -> None:
    post = await newsroom.moderator.send(newsroom.channel, "Is the harbour bridge really closing?")

    found = await newsroom.member.context_menu(newsroom.channel, "Find coverage of this", post)
    assert STORY in read_text(await newsroom.discord.answered(found))

    form = await newsroom.member.context_menu(newsroom.channel, "Ask about this", post)
    await newsroom.discord.until(lambda: form.modal)
    [field] = [str(c["custom_id"]) for c in walk_components(form.modal or {}) if "custom_id" in c]
    asked = await newsroom.member.submit_modal(form, {field: "Who says so?"})
    assert_sound(await newsroom.discord.answered(asked))


@pytest.mark.usefixtures("bot")
async def test_a_mention_a_reply_to_its_answer_and_a_direct_message(newsroom: Newsroom) -> None:
    discord, channel = newsroom.discord, newsroom.channel
    me = discord.world.backend.bot_user.id
    await newsroom.member.send(channel, f"<@{me}> How many cables of the bridge have rust?")
    answer = await discord.said(channel)
    assert_sound(answer)

    await newsroom.member.send(channel, "And who found it?", reply_to=answer)
    assert_sound(await discord.said(channel, after=answer))

    await newsroom.member.send_dm("Which company ordered electric ferries?")
    assert "Northwater" in read_text(await discord.said(newsroom.member.user.dm_channel))


def assert_sound(answer: simcord.ResponseMessage) -> None:
    """Something is said, and it is not that something broke."""
    text = read_text(answer)
    assert text
    assert not any(words in text for words in BROKEN), text


def list_suggesting(newsroom: Newsroom) -> list[tuple[str, str]]:
    """Every command and option of Discord's list that asks the bot for suggestions."""
    commands = newsroom.discord.world.backend.commands[None].values()
    return [
        (command["name"], option["name"])
        for command in commands
        for option in command.get("options", ())
        if option.get("autocomplete")
    ]


async def use_all(newsroom: Newsroom, told: Told) -> set[str]:
    """Use each menu and press each button of a message, Delete last; give what they are called."""
    done: set[str] = set()
    while waiting := [c for c in list_controls(newsroom, told) if name_of(c) not in done]:
        control = min(waiting, key=lambda c: name_of(c) == "delete")
        await use(newsroom, told, control)
        done.add(name_of(control))
    return done


async def use(newsroom: Newsroom, told: Told, control: dict[str, Any]) -> None:
    """Use one control and wait for all that it leads to."""
    if control["type"] == BUTTON:
        shown = await told.actor.click(told.answer, custom_id=control["custom_id"])
    else:
        values = choose_values(newsroom, control)
        shown = await told.actor.select(told.answer, values, custom_id=control["custom_id"])
    pressed = newsroom.discord.world.last_interaction()
    await newsroom.discord.until(lambda: shown.acknowledged)
    if shown.deferred:  # then what was asked for comes in a request of its own
        await newsroom.discord.until(lambda: is_done(newsroom, pressed))
    for message in shown.followups:
        assert_sound(message)


def is_done(newsroom: Newsroom, pressed: Interaction) -> bool:
    """Whether the bot did something for a press besides acknowledging it."""
    paths = [request.path for request in newsroom.discord.world.http_requests]
    own = [path for path in paths if pressed.token in path]
    return len(own) > 1 or any(
        str(pressed.source_message_id) in p and "/threads" in p for p in paths
    )


def list_controls(newsroom: Newsroom, told: Told) -> list[dict[str, Any]]:
    """What can be pressed or chosen in a message as it is now; nothing where it was deleted."""
    messages = newsroom.discord.world.backend.messages[told.answer.channel_id]
    if told.answer.id not in messages:
        return []
    components = walk_components({"components": messages[told.answer.id].components})
    controls = [c for c in components if c.get("custom_id") and not c.get("disabled")]
    return [choice for control in controls for choice in part_menu(control)]


def part_menu(control: dict[str, Any]) -> list[dict[str, Any]]:
    """A menu of things to do as one control each; anything else as it is."""
    if not str(control["custom_id"]).startswith("clip-more:"):
        return [control]
    return [{**control, "chosen": option["value"]} for option in control["options"]]


def choose_values(newsroom: Newsroom, menu: dict[str, Any]) -> list[Any]:
    """One value of a menu, other than the one chosen."""
    if "chosen" in menu:
        return [menu["chosen"]]
    if menu["type"] == ROLES:
        return [newsroom.guild.roles["desk"]]
    if menu["type"] == CHANNELS:
        return [newsroom.channel]
    return [menu["options"][-1]["value"]]


def name_of(control: dict[str, Any]) -> str:
    """What a control is called in its custom id: `clip:up:token`, `desk:set:kept`."""
    if "chosen" in control:
        return str(control["chosen"])
    kind, *rest = str(control["custom_id"]).split(":")
    if rest[0] == "keep":
        return "keep"
    return rest[0] if kind == "clip" else rest[-1]
