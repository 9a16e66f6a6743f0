"""Messages: a mention, a reply, a direct message, and the channels where every post is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from bot.settings import DiscordSettings
from bot.store import ServerSettings
from retrieval.reading.builder import build_address_id
from tests.support.articles import make_article, tiny_articles
from tests.support.scene import build_tiny_client, open_scene

if TYPE_CHECKING:
    from pathlib import Path

    from simcord import ChannelHandle

    from tests.support.scene import Scene

RUST = "Rust in fourteen cables, engineers of the harbour bridge say"
CLOSING = "When will the harbour bridge close?"


def me(scene: Scene) -> str:
    """How a member names the bot."""
    assert scene.client.user is not None
    return scene.client.user.mention


def last_of_bot(scene: Scene, channel: ChannelHandle) -> discord.Message | None:
    """The bot's newest message in a channel."""
    said = [
        m for m in channel.history() if scene.client.user and m.author.id == scene.client.user.id
    ]
    return max(said, key=lambda message: message.id, default=None)


def text_of(message: discord.Message | None) -> str:
    """What a message shows."""
    assert message is not None
    return str([component.to_dict() for component in message.components]).replace("**", "")


async def test_a_mention_with_a_question_is_answered_as_a_reply(scene: Scene) -> None:
    asked = await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    answer = last_of_bot(scene, scene.channel)
    assert "2 June" in text_of(answer)
    assert answer is not None
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id


@pytest.mark.parametrize("said", ["", "Hello!", "?", "Help", "Wer bist du?"])
async def test_a_mention_without_a_question_gets_a_hint_and_is_no_gap(
    scene: Scene, said: str
) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} {said}")
    assert "Ask me a question" in text_of(last_of_bot(scene, scene.channel))
    assert scene.store.feedback.gaps(scene.guild.id) == ()


async def test_thanks_for_an_answer_are_no_question(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    answer = last_of_bot(scene, scene.channel)
    assert answer is not None
    await scene.member.send(scene.channel, f"{me(scene)} Thanks!", reply_to=answer)
    assert last_of_bot(scene, scene.channel) == answer
    turn = scene.store.turns.last(scene.member.id, scene.channel.id)
    assert turn is not None
    assert turn.question == CLOSING


async def test_a_reply_to_an_answer_keeps_its_subject(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} Who ordered electric ferries?")
    answer = last_of_bot(scene, scene.channel)
    assert answer is not None
    other = scene.guild.add_member(scene.env.create_user("sam"))
    await other.send(
        scene.channel, f"{me(scene)} How many passengers do they carry?", reply_to=answer
    )
    turn = scene.store.turns.last(other.id, scene.channel.id)
    assert turn is not None
    assert "ferries" in turn.subject


async def test_a_direct_message_is_a_question(scene: Scene) -> None:
    await scene.member.send_dm(CLOSING)
    assert "2 June" in text_of(last_of_bot(scene, scene.member.user.dm_channel))


async def test_talk_among_members_is_left_alone(scene: Scene) -> None:
    await scene.member.send(scene.channel, CLOSING)
    assert last_of_bot(scene, scene.channel) is None


async def test_other_bots_are_left_alone(scene: Scene) -> None:
    robot = scene.guild.add_member(scene.env.create_user("robot", bot=True))
    await robot.send(scene.channel, f"{me(scene)} {CLOSING}")
    assert last_of_bot(scene, scene.channel) is None


async def test_a_mention_where_the_server_wants_no_answers_is_told_so_aside_and_once(
    scene: Scene,
) -> None:
    rules = ServerSettings(denied_channels=frozenset({scene.channel.id}))
    scene.store.servers.write(scene.guild.id, rules)
    for _ in range(3):
        await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    assert last_of_bot(scene, scene.channel) is None
    (told,) = [m for m in scene.member.user.dm_channel.history() if m.author.bot]
    assert "do not answer in this channel" in text_of(told)


async def test_over_the_limit_there_is_one_notice_and_then_silence(scene: Scene) -> None:
    for _ in range(25):
        await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    said = [text_of(m) for m in scene.channel.history() if m.author == scene.client.user]
    assert len(said) == 11
    assert sum("asked a lot" in text for text in said) == 1


@pytest.mark.parametrize(
    "said", ["Thank you so much, that helped", "ty bot 👍", "you are stupid", "f*** you"]
)
async def test_thanks_and_insults_get_silence(scene: Scene, said: str) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} {said}")
    assert last_of_bot(scene, scene.channel) is None
    assert scene.store.feedback.gaps(scene.guild.id) == ()


async def test_who_asks_what_the_bot_is_gets_a_line(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} are you an AI?")
    assert "copies sentences out of news articles" in text_of(last_of_bot(scene, scene.channel))


async def test_the_question_stands_above_the_reply_and_not_again_in_it(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    assert CLOSING not in text_of(last_of_bot(scene, scene.channel))


async def test_mentions_and_emoji_are_not_part_of_the_question_and_nobodys_id_is_kept(
    scene: Scene,
) -> None:
    kim, somewhere = scene.moderator.mention, f"<#{scene.channel.id}>"
    said = f"{me(scene)} {kim} when will the harbour bridge close {somewhere} <:wave:123456>?"
    await scene.member.send(scene.channel, said)
    assert "2 June" in text_of(last_of_bot(scene, scene.channel))
    kept = scene.store.see(scene.member.id)
    assert kept
    assert not any(str(scene.moderator.id) in row.text for row in kept)


async def test_a_quoted_line_is_what_is_true_s_asked_about(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"> {RUST}\n{me(scene)} Is that true?")
    assert "fourteen" in text_of(last_of_bot(scene, scene.channel))


async def test_the_address_of_an_article_finds_it(tmp_path: Path) -> None:
    page = "https://gazette.example/rust"
    articles = [make_article(id=build_address_id(page), url=page, title=RUST), *tiny_articles()]
    async with open_scene(build_tiny_client(tmp_path, articles)) as scene:
        shared = "https://www.gazette.example/rust/?utm_source=x"
        await scene.member.send(scene.channel, f"{me(scene)} {shared}")
        assert RUST in text_of(last_of_bot(scene, scene.channel))


async def test_a_question_too_long_to_be_read_whole_says_so(scene: Scene) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} {CLOSING} {'and so on ' * 150}")
    assert "I read its first 1000 characters" in text_of(last_of_bot(scene, scene.channel))


@pytest.mark.parametrize(
    ("asked", "told"),
    [("Wer hat das Bootsrennen gewonnen?", True), ("Who won the boat race?", False)],
)
async def test_the_hint_about_languages_looks_at_the_questions_own(
    scene: Scene, asked: str, *, told: bool
) -> None:
    await scene.member.send(scene.channel, f"{me(scene)} {asked}")
    shown = text_of(last_of_bot(scene, scene.channel))
    assert ("The articles are in English" in shown) == told


async def test_a_channel_that_the_bot_cannot_write_in_is_named_to_the_asker(scene: Scene) -> None:
    silence = discord.PermissionOverwrite(send_messages=False)
    assert scene.client.user is not None
    quiet = scene.guild.create_text_channel("quiet", overwrites={scene.client.user: silence})
    await scene.member.send(quiet, f"{me(scene)} {CLOSING}")
    told = text_of(last_of_bot(scene, scene.member.user.dm_channel))
    assert "may not write" in told
    assert "(Send Messages)" in told


@pytest.fixture
def posts() -> DiscordSettings:
    return DiscordSettings(answer_posts=True)


async def test_a_chosen_channel_gets_confident_answers_unasked(
    tmp_path: Path, posts: DiscordSettings
) -> None:
    async with open_scene(build_tiny_client(tmp_path, discord=posts)) as scene:
        rules = ServerSettings(answer_channels=frozenset({scene.channel.id}))
        scene.store.servers.write(scene.guild.id, rules)
        await scene.member.send(scene.channel, "Good morning!")
        assert last_of_bot(scene, scene.channel) is None

        scene.answer_whatever()
        await scene.member.send(scene.channel, CLOSING)
        assert "2 June" in text_of(last_of_bot(scene, scene.channel))

        other = scene.guild.create_text_channel("elsewhere")
        await scene.member.send(other, CLOSING)
        assert last_of_bot(scene, other) is None


async def test_without_the_intent_no_post_is_answered(scene: Scene) -> None:
    rules = ServerSettings(answer_channels=frozenset({scene.channel.id}))
    scene.store.servers.write(scene.guild.id, rules)
    await scene.member.send(scene.channel, CLOSING)
    assert last_of_bot(scene, scene.channel) is None


async def post_in_forum(scene: Scene, forum: ChannelHandle, title: str, text: str) -> int:
    """Open a post, which SimCord has no word for: a thread whose first message has its id."""
    backend = scene.env.backend
    thread = backend.create_thread(forum.id, title, scene.member.id, broadcast=False)
    backend.announce_thread_create(thread)
    message = backend.prepare_message(thread.id, scene.member.id, text)
    message.id = thread.id
    backend.commit_message(message)
    await scene.env.settle()
    return thread.id


async def test_a_post_in_a_chosen_forum_is_answered_by_its_title_too(
    tmp_path: Path, posts: DiscordSettings
) -> None:
    async with open_scene(build_tiny_client(tmp_path, discord=posts)) as scene:
        scene.answer_whatever()
        forum = scene.guild.create_forum_channel("questions")
        rules = ServerSettings(answer_channels=frozenset({forum.id}))
        scene.store.servers.write(scene.guild.id, rules)
        await post_in_forum(scene, forum, CLOSING, "I live on the other side.")
        (thread,) = forum.threads
        assert "2 June" in text_of(last_of_bot(scene, thread))

        said = len(thread.history())
        await scene.member.send(thread, "Thank you! When will it open again?")
        assert len(thread.history()) == said + 1
