"""`python -m bot run`, unmodified and in a process of its own, over real HTTP and WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.messages import list_buttons, press, read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot
from tests.wire.rest import Fault, too_many
from tests.wire.server import TOKEN

if TYPE_CHECKING:
    from tests.wire.newsroom import Newsroom

QUESTION = "Which GPUs has Meta chosen for its new model?"
EXPECTED = "H100"
ANY_ANSWER = "Coverage: "
SOURCE = "](https://news.itsfoss.com/meta-open-source-chatgpt/)"


async def assert_answers(newsroom: Newsroom) -> None:
    """Ask by a command and wait for an answer."""
    asked = await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
    assert ANY_ANSWER in read_text(await newsroom.discord.answered(asked))


def syncs(newsroom: Newsroom) -> int:
    """How often the bot has written its commands."""
    requests = newsroom.discord.world.http_requests
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in requests)


async def test_answers_a_command_and_a_mention_and_leaves(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()

        asked = await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
        answer = await newsroom.discord.answered(asked)
        assert EXPECTED in read_text(answer)
        assert SOURCE in read_text(answer)
        assert list_buttons(answer)

        me = newsroom.discord.world.backend.bot_user.id
        await newsroom.member.send(newsroom.channel, f"<@{me}> {QUESTION}")
        reply = await newsroom.discord.said(newsroom.channel, after=answer)
        assert EXPECTED in read_text(reply)

        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_commands_are_written_only_where_they_differ(newsroom: Newsroom) -> None:
    for _ in range(2):
        async with run_bot(newsroom.discord, newsroom.home) as bot:
            await newsroom.discord.connected()
            assert await bot.stop() == 0
    assert syncs(newsroom) == 1


async def test_sync_writes_them_in_any_case(newsroom: Newsroom) -> None:
    for _ in range(2):
        async with run_bot(newsroom.discord, newsroom.home, "--sync") as bot:
            await newsroom.discord.connected()
            assert await bot.stop() == 0
    assert syncs(newsroom) == 2


async def test_an_old_button_works_after_a_restart(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        asked = await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
        answer = await newsroom.discord.answered(asked)
        assert await bot.stop() == 0
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        pressed = await press(newsroom.member, answer, "More sources")
        more = await newsroom.discord.answered(pressed)
        assert "](https://" in read_text(more)
        assert await bot.stop() == 0


async def test_a_revoked_token_ends_the_bot_with_one_line(newsroom: Newsroom) -> None:
    revoked = TOKEN.replace("opens", "opened")
    async with run_bot(newsroom.discord, newsroom.home, token=revoked) as bot:
        assert await bot.left() == 1
    assert "Traceback" not in "\n".join(bot.log)
    assert "DISCORD_TOKEN" in bot.log[-1]
    assert revoked not in "\n".join(bot.log)


async def test_a_token_revoked_between_login_and_gateway_does_too(newsroom: Newsroom) -> None:
    newsroom.discord.gateway.token = "another"  # noqa: S105  # not the one that the bot has
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        assert await bot.left() == 1
    assert_tidy(bot)
    assert "DISCORD_TOKEN" in bot.log[-1]


async def test_an_intent_that_is_not_allowed_is_named(newsroom: Newsroom) -> None:
    wants_posts = {"CLIPPINGS_DISCORD__ANSWER_POSTS": "true"}
    async with run_bot(newsroom.discord, newsroom.home, environment=wants_posts) as bot:
        assert await bot.left() == 1
    assert_tidy(bot)
    assert "message content" in bot.log[-1].lower()


async def test_rate_limits_and_bad_gateways_are_waited_out(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        newsroom.discord.rest.faults += [
            Fault("POST", "/channels/*/messages", status=502),
            too_many("POST", "/channels/*/messages", retry_after=0.2),
            Fault("PATCH", "/webhooks/*/messages/@original", status=502),
            too_many("PATCH", "/webhooks/*/messages/@original", retry_after=0.2),
        ]
        me = newsroom.discord.world.backend.bot_user.id
        await newsroom.member.send(newsroom.channel, f"<@{me}> {QUESTION}")
        reply = await newsroom.discord.said(newsroom.channel)
        assert ANY_ANSWER in read_text(reply)

        await assert_answers(newsroom)
        assert all(fault.times == 0 for fault in newsroom.discord.rest.faults)
        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_an_acknowledgement_cut_off_is_sent_again(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        cut_off = Fault("POST", "/interactions/*/callback", hangs_up=True)
        newsroom.discord.rest.faults.append(cut_off)
        await assert_answers(newsroom)
        assert cut_off.times == 0
        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_it_leaves_in_order_with_questions_at_work(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home, environment=UNHURRIED) as bot:
        await newsroom.discord.connected()
        asked = [
            await newsroom.member.slash(newsroom.channel, "ask", question=f"{QUESTION} {n}")
            for n in range(50)
        ]
        await newsroom.discord.until(lambda: asked[0].acknowledged)
        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_the_token_is_in_no_log_however_talkative(newsroom: Newsroom) -> None:
    talkative = {"CLIPPINGS_LOG__LEVEL": "debug"}
    async with run_bot(newsroom.discord, newsroom.home, environment=talkative) as bot:
        await newsroom.discord.connected()
        await assert_answers(newsroom)
        assert await bot.stop() == 0
        assert_tidy(bot)


@pytest.mark.parametrize("how", ["op 7", "op 9", "close 1001", "close 4000"])
async def test_a_lost_connection_comes_back(newsroom: Newsroom, how: str) -> None:
    gateway = newsroom.discord.gateway
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        await assert_answers(newsroom)
        if how == "op 7":
            await gateway.ask_to_reconnect()
        elif how == "op 9":
            await gateway.forget_session()
        else:
            await gateway.hang_up(int(how.removeprefix("close ")))
        await newsroom.discord.connected()
        await assert_answers(newsroom)
        assert await bot.stop() == 0
        assert_tidy(bot)


async def test_what_was_asked_while_away_is_answered_on_resume(newsroom: Newsroom) -> None:
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected()
        await assert_answers(newsroom)
        [answer] = newsroom.discord.world.messages_in(newsroom.channel)
        await newsroom.discord.gateway.hang_up(4000)
        me = newsroom.discord.world.backend.bot_user.id
        await newsroom.member.send(newsroom.channel, f"<@{me}> {QUESTION}")
        reply = await newsroom.discord.said(newsroom.channel, after=answer)
        assert ANY_ANSWER in read_text(reply)
        assert await bot.stop() == 0


async def test_a_gateway_that_refuses_at_first_is_tried_again(newsroom: Newsroom) -> None:
    newsroom.discord.gateway.refusals = 1
    async with run_bot(newsroom.discord, newsroom.home) as bot:
        await newsroom.discord.connected(30)
        assert await bot.stop() == 0
        assert_tidy(bot)
