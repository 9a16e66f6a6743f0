"""What a real Discord does at its worst: no accepted question is lost, none is answered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot
from tests.wire.rest import Fault

if TYPE_CHECKING:
    from simcord import ResponseMessage

    from tests.wire.newsroom import Newsroom

QUESTION = "Which GPUs has Meta chosen for its new model?"
ANY_ANSWER = "Coverage: "
POSTS, EDITS = "/channels/*/messages", "/webhooks/*/messages/@original"
GONE = {"message": "Invalid Form Body", "code": 50035, "errors": {"message_reference": {"_errors": [
    {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}}}  # fmt: skip


async def mention(newsroom: Newsroom, question: str = QUESTION) -> None:
    """Put a question to the bot by its name."""
    me = newsroom.discord.world.backend.bot_user.id
    await newsroom.member.send(newsroom.channel, f"<@{me}> {question}")


async def reply_after(newsroom: Newsroom, before: ResponseMessage | None = None) -> ResponseMessage:
    """Wait for the bot's next message, which is an answer."""
    reply = await newsroom.discord.said(newsroom.channel, after=before)
    assert ANY_ANSWER in read_text(reply)
    return reply


def count_replies(newsroom: Newsroom) -> int:
    return len(newsroom.discord.world.messages_in(newsroom.channel))


@pytest.mark.parametrize("answered", [0, 7, 20])
async def test_told_to_leave_it_first_answers_what_it_accepted(
    newsroom: Newsroom, answered: int
) -> None:
    async with run_bot(newsroom.discord, newsroom.home, environment=UNHURRIED) as bot:
        await newsroom.discord.connected()
        asked = [
            await newsroom.member.slash(newsroom.channel, "ask", question=f"{QUESTION} {n}")
            for n in range(30)
        ]
        await mention(newsroom)
        await newsroom.discord.until(lambda: asked[answered].acknowledged)
        assert await bot.stop() == 0
        assert_tidy(bot)
    replies = [one.response for one in asked if one.acknowledged]
    assert len(replies) >= answered
    assert [r for r in replies if r is None or r.flags.loading] == []


async def test_told_to_leave_while_it_reads_the_coverage_it_says_how_that_ended(
    newsroom: Newsroom,
) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        reloading = await newsroom.moderator.slash(newsroom.channel, "desk reload")
        await newsroom.discord.until(lambda: reloading.acknowledged)
        assert await bot.stop(30) == 0
        assert_tidy(bot)
    assert reloading.response is not None
    assert not reloading.response.flags.loading


async def test_what_is_delivered_three_times_is_answered_once(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        await mention(newsroom)
        newsroom.discord.gateway.repeat("MESSAGE_CREATE", 2)
        await mention(newsroom, "When did training begin?")
        await newsroom.discord.until(lambda: len(set(replied_to(newsroom))) == 2)
        assert await bot.stop() == 0
    assert len(replied_to(newsroom)) == 2


def replied_to(newsroom: Newsroom) -> list[int | None]:
    """Which message each of the bot's replies names."""
    sent = [
        shown.message.reference for shown in newsroom.discord.world.messages_in(newsroom.channel)
    ]
    return [reference.message_id for reference in sent if reference]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", POSTS, status=503),
        Fault("POST", POSTS, status=503, times=3),
        Fault("POST", POSTS, hangs_up=True),
        Fault("PATCH", EDITS, status=503),
        Fault("PATCH", EDITS, hangs_up=True),
    ],
    ids=["503 on a post", "503 three times", "a cut post", "503 on an edit", "a cut edit"],
)
async def test_an_answer_that_meets_a_passing_fault_is_sent_again(
    newsroom: Newsroom, fault: Fault
) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        newsroom.discord.rest.faults.append(fault)
        if fault.path == POSTS:
            await mention(newsroom)
            await reply_after(newsroom)
        else:
            asked = await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
            assert ANY_ANSWER in read_text(await newsroom.discord.answered(asked))
        assert fault.times == 0
        assert await bot.stop() == 0
        assert_tidy(bot)
    assert count_replies(newsroom) == 1


@pytest.mark.parametrize(("status", "code"), [(404, 10015), (401, 50027)])
async def test_an_answer_that_its_interaction_is_too_old_for_is_posted(
    newsroom: Newsroom, status: int, code: int
) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        old = {"message": "too old", "code": code}
        newsroom.discord.rest.faults.append(Fault("PATCH", EDITS, status=status, body=old))
        await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
        await newsroom.discord.until(
            lambda: (
                [
                    ANY_ANSWER in read_text(m)
                    for m in newsroom.discord.world.messages_in(newsroom.channel)
                ][-1:]
                == [True]
            )
        )
        private = await newsroom.member.slash(
            newsroom.channel, "ask", question=QUESTION, private=True
        )
        await newsroom.discord.answered(private)
        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_a_refused_typing_indicator_costs_no_answer(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        newsroom.discord.rest.faults.append(Fault("POST", "/channels/*/typing", status=403))
        await mention(newsroom)
        await reply_after(newsroom)
        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_a_question_that_was_deleted_gets_no_word_of_failure(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        deleted = Fault("POST", POSTS, status=400, body=GONE)
        newsroom.discord.rest.faults.append(deleted)
        await mention(newsroom)
        await newsroom.discord.until(lambda: deleted.times == 0)
        assert await bot.stop() == 0
        assert_tidy(bot)
    assert count_replies(newsroom) == 0


async def test_what_was_said_after_a_lost_session_is_answered(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        await mention(newsroom)
        first = await reply_after(newsroom)
        await newsroom.discord.gateway.forget_session()
        await mention(newsroom, "When did training begin?")
        await newsroom.discord.connected()
        await newsroom.discord.said(newsroom.channel, after=first)
        assert await bot.stop() == 0
    assert count_replies(newsroom) == 2


async def test_what_was_said_during_a_restart_is_answered_once(newsroom: Newsroom) -> None:
    for _ in range(2):
        async with run_bot(newsroom.discord, newsroom.home) as bot:
            await newsroom.discord.connected()
            if count_replies(newsroom) == 0 and await said_before(newsroom):
                await reply_after(newsroom)
            assert await bot.stop() == 0
        await mention(newsroom)
    assert count_replies(newsroom) == 1


async def said_before(newsroom: Newsroom) -> bool:
    """Whether anything stands in the channel."""
    return bool(newsroom.discord.world.backend.messages.get(newsroom.channel.id))
