"""What people are told when something fails, and what only the log keeps."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast, get_args

import discord
import pytest
from discord.app_commands import CommandNotFound

from bot.desk.refusals import Reason, Refusal
from bot.discord_bot.commands.admin import describe_store
from bot.discord_bot.errors import describe, is_gone
from bot.wording import Wording
from retrieval.errors import StorageError
from tests.support.messages import read_text

if TYPE_CHECKING:
    from tests.support.scene import Scene

MOMENT = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_refusal_has_its_line(reason: Any) -> None:  # noqa: ANN401  # a literal
    line = describe(Refusal(reason, retry_at=MOMENT, about="*this*"), Wording("en"))
    assert line
    assert "*this*" not in line


def test_a_limit_says_when_to_try_again_in_the_readers_own_time() -> None:
    line = describe(Refusal("person_limit", retry_at=MOMENT), Wording("en"))
    assert f"<t:{int(MOMENT.timestamp())}:R>" in line


def test_a_command_of_an_older_form_is_explained() -> None:
    assert "older form" in describe(CommandNotFound("ask", []), Wording("en"))


def test_a_defect_is_an_apology_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = describe(ZeroDivisionError("secret detail"), Wording("en"))
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    number = record.getMessage().split()[-1]
    assert "went wrong" in line
    assert number in line
    assert "secret" not in line


class _Refused:
    """What discord.py reads of a response."""

    status, reason = 400, "Bad Request"


@pytest.mark.parametrize(
    ("code", "told"),
    [(160004, "has a thread"), (10008, "gone already"), (10003, "gone already")],
)
def test_what_discord_says_plainly_is_told_plainly(
    code: int, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = discord.HTTPException(cast("Any", _Refused()), {"code": code, "message": "no"})
    assert told in describe(error, Wording("en"))
    assert "Traceback" not in caplog.text


def test_an_index_that_cannot_be_had_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    error = StorageError("search.example: not reached; wait")
    assert "Try again in a minute" in describe(error, Wording("en"))
    assert "search.example: not reached" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        ({"code": 10008, "message": "Unknown Message"}, True),
        (
            {
                "code": 50035,
                "message": "Invalid Form Body",
                "errors": {"message_reference": {"_errors": [{"message": "Unknown message"}]}},
            },
            True,
        ),
        ({"code": 50035, "message": "Invalid Form Body"}, False),
        ({"code": 0, "message": "no"}, False),
    ],
)
def test_a_deleted_question_is_known_by_what_discord_says(
    answer: dict[str, Any],
    gone: bool,  # noqa: FBT001  # a parameter of a test
) -> None:
    assert is_gone(discord.HTTPException(cast("Any", _Refused()), answer)) is gone
    assert not is_gone(ValueError())


async def test_a_defect_in_a_public_answer_is_told_to_the_asker_alone(scene: Scene) -> None:
    scene.coverage.snapshot.close()
    scene.client.desk._lookups = None  # type: ignore[assignment]  # noqa: SLF001  # whatever is asked now fails
    result = await scene.member.slash(scene.channel, "ask", question="When does it close?")
    (message,) = result.followups
    assert message.ephemeral
    assert "went wrong" in read_text(message)
    assert scene.channel.history() == []
    assert len(scene.env.errors) == 1


async def test_a_store_that_fails_costs_no_answer_and_is_told_of(scene: Scene) -> None:
    scene.store.close()
    result = await scene.member.slash(scene.channel, "ask", question="When does it close?")
    assert result.response is not None
    assert "went wrong" not in read_text(result.response)
    me = scene.client.user
    assert me is not None
    await scene.member.send(scene.channel, f"{me.mention} When does it close?")
    assert len(scene.channel.history()) == 3
    assert scene.env.errors == []
    line = describe_store(scene.client.desk.store_health(), Wording("en"))
    assert "I remember nothing since" in line[0]


async def test_an_interaction_answered_too_late_is_logged_and_no_more(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await scene.member.slash(scene.channel, "ask", question="When does it close?")
    assert "too late" in caplog.text
    assert "Traceback" not in caplog.text
    assert len(scene.env.errors) == 1
