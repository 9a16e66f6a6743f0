"""What people do with answers, and what a server's managers read of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.discord_bot.gap_report import SHOWN, list_gaps, write_gaps
from bot.replies import Note
from bot.store import Gap
from bot.wording import LANGUAGES, Wording
from tests.support.messages import list_buttons, read_text

if TYPE_CHECKING:
    import simcord

    from tests.support.scene import Scene

DAY = datetime(2031, 5, 20, tzinfo=UTC)


def make_gap(question: str, *, unanswered: int = 1, down: int = 0, rephrased: int = 0) -> Gap:
    return Gap(
        question=question,
        unanswered=unanswered,
        down=down,
        rephrased=rephrased,
        people=1,
        first=DAY,
        last=DAY,
    )


async def ask(scene: Scene, who: simcord.MemberActor, question: str) -> simcord.ResponseMessage:
    answered = await who.slash(scene.channel, "ask", question=question)
    assert answered.response is not None
    return answered.response


async def press(scene: Scene, message: simcord.ResponseMessage, thumb: str) -> str:
    pressed = await scene.member.click(message, custom_id=list_buttons(message)[thumb])
    return read_text(pressed.followups[0])


async def test_a_thumb_is_thanked_for_and_kept(scene: Scene) -> None:
    message = await ask(scene, scene.member, "When does the harbour bridge close?")
    assert "Thank you" in await press(scene, message, "👍")
    assert "up" in {kept.sign for kept in scene.store.see(scene.member.id)}


async def test_a_thumb_down_shows_in_the_report_until_it_is_taken_back(scene: Scene) -> None:
    store = scene.store
    message = await ask(scene, scene.member, "When does the harbour bridge close?")
    await press(scene, message, "👎")
    (gap,) = store.feedback.gaps(scene.guild.id)
    assert (gap.down, gap.unanswered) == (1, 0)
    await press(scene, message, "👍")
    assert store.feedback.gaps(scene.guild.id) == ()


async def test_questions_without_an_answer_are_counted_over_people(scene: Scene) -> None:
    for who in (scene.member, scene.moderator):
        await ask(scene, who, "Where do zebrafish sleep?")
    (gap,) = scene.store.feedback.gaps(scene.guild.id)
    assert (gap.unanswered, gap.people) == (2, 2)


async def test_a_rephrasing_counts_against_the_wording_before(scene: Scene) -> None:
    await ask(scene, scene.member, "When does the harbour bridge close?")
    await ask(scene, scene.member, "On which day does the harbour bridge close?")
    gaps = scene.store.feedback.gaps(scene.guild.id)
    rephrased = {gap.question for gap in gaps if gap.rephrased}
    assert rephrased == {"When does the harbour bridge close?"}


def test_the_list_shows_the_first_and_counts_all() -> None:
    gaps = [make_gap(f"Question {n}?", unanswered=30 - n) for n in range(20)]
    for language in LANGUAGES:
        blocks = list_gaps(gaps, Wording(language)).blocks
        lines = [block.text for block in blocks if isinstance(block, Note)]
        assert len(lines) == SHOWN
        assert "30" in lines[0]
        assert "Question 0?" in lines[0]


def test_each_sign_is_named_only_where_there_is_one() -> None:
    gap = make_gap("Who?", unanswered=0, down=2, rephrased=1)
    (line,) = (b.text for b in list_gaps([gap], Wording("en")).blocks if isinstance(b, Note))
    assert line.endswith("Who? (thumbs down: 2 · rephrased: 1, last on 20 May 2031)")


def test_no_gap_is_said_in_a_sentence() -> None:
    reply = list_gaps([], Wording("en"))
    assert not reply.answered
    assert len(reply.blocks) == 1


def test_the_file_reads_back_whole_and_runs_no_formula() -> None:
    asked = [
        '=HYPERLINK("https://evil.example")',
        'Who, said "no"\nand when?',
        "谁赢了",
        "@SUM(A1)",
    ]
    written = write_gaps([make_gap(question) for question in asked])
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [row["question"].removeprefix("'") for row in rows] == asked
    assert not any(row["question"].startswith(("=", "@", "+", "-")) for row in rows)
    assert rows[0]["last"] == "2031-05-20"
