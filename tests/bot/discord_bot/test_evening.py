"""A newcomer's evening: ten people, forty messages each of talk, questions and slips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
import pytest
from discord.ui import TextDisplay

from bot.settings import LimitsSettings
from tests.bot.discord_bot.test_messages import me
from tests.support.scene import build_tiny_client, open_scene

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from tests.support.scene import Scene

# What a person says to the bot that asks nothing of the coverage.
TALK = """
hi
hello bot
hey there!
good evening everyone
how are you?
how are you today bot
thanks!
thank you so much, that helped
ty bot 👍
cool
ok
nice one
good bot
lol
you are stupid
you idiot
f*** you
shut up
this bot sucks
useless bot
are you an AI?
are you human?
who made you?
what's your name?
what can you do?
help
?
...
great answer, thanks a lot
bye
""".strip().splitlines()

# What they ask, well or badly spelt; each with a word that only a right answer holds, or none.
QUESTIONS = (
    ("When will the harbour bridge close?", "2 June"),
    ("wen will teh harbour bridge close", ""),
    ("Who ordered two electric ferries?", "Northwater"),
    ("how many passengers do they carry?", ""),
    ("Which school won the island prize?", "Hill School"),
    ("How many villages did the storm leave without power?", "four villages"),
    ("and when will it be restored?", ""),
    ("What's new?", ""),
    ("Who won the boat race?", ""),
    ("Wer hat das Bootsrennen gewonnen?", ""),
)
INSULTS = re.compile(r"stupid|idiot|f\*|shut up|sucks|useless", re.IGNORECASE)
PEOPLE, MESSAGES = 10, 40
WALL = 1500  # characters of one message; an answer of three quotes and sources takes half
QUOTED = "“"


def messages_of(person: int) -> list[str]:
    """What one person says, in order: three lines of talk, then a question, over and over."""
    return [
        QUESTIONS[(person + n // 4) % len(QUESTIONS)][0]
        if n % 4 == 3
        else TALK[(person * 7 + n) % len(TALK)]
        for n in range(MESSAGES)
    ]


def shown_by(message: discord.Message) -> str:
    """All that a message shows, without bold and without where its links lead."""
    view = discord.ui.LayoutView.from_message(message)
    texts = [each.content for each in view.walk_children() if isinstance(each, TextDisplay)]
    return re.sub(r"\]\(https?://[^)]*\)", "]", "\n".join(texts)).replace("**", "")


async def say(scene: Scene, person: simcord.MemberActor, words: str) -> list[str]:
    """Let somebody say something to the bot; what it posts then."""
    before = {message.id for message in scene.channel.history()}
    await person.send(scene.channel, f"{me(scene)} {words}")
    after = [message for message in scene.channel.history() if message.id not in before]
    return [shown_by(message) for message in after if message.author == scene.client.user]


@pytest.mark.parametrize("person", range(PEOPLE))
async def test_talk_gets_no_answer_and_no_reply_is_a_wall_or_repeats_an_insult(
    tmp_path: Path, person: int
) -> None:
    limits = LimitsSettings(per_person=10_000, per_server=10_000)
    right = dict(QUESTIONS)
    async with open_scene(build_tiny_client(tmp_path, limits=limits)) as scene:
        for words in messages_of(person):
            posted = await say(scene, scene.member, words)
            assert len(posted) <= 1, words
            for said in posted:
                assert len(said) <= WALL, words
                assert not INSULTS.search(said), words
                assert words in right or QUOTED not in said, words
                assert right.get(words, "") in said, (words, said)
