"""What feedback tells a server's managers: the questions its coverage served badly."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from bot.replies import Footer, Note, Reply, Title
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store import Gap
    from bot.wording import Wording

SHOWN = 15
QUESTION_SHOWN = 140
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("question", "unanswered", "down", "rephrased", "people", "first", "last")


def list_gaps(gaps: Sequence[Gap], wording: Wording) -> Reply:
    """The most frequent gaps in a line each; the file holds the rest."""
    if not gaps:
        return Reply(blocks=(Note(wording.say("gaps.none")),), answered=False)
    lines = [
        wording.say(
            "gaps.line",
            n=gap.times,
            question=cut_line(gap.question, QUESTION_SHOWN),
            signs=_name_signs(gap, wording),
            day=wording.day(gap.last.date()),
        )
        for gap in gaps[:SHOWN]
    ]
    footer = Footer(wording.say("gaps.footer"))
    return Reply(blocks=(Title(wording.say("gaps.title", n=len(gaps))), *map(Note, lines), footer))


def write_gaps(gaps: Sequence[Gap]) -> bytes:
    """All gaps as CSV in UTF-8 (with the mark by which spreadsheets know it).

    A question that a spreadsheet would run as a formula is made plain text by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for gap in gaps:
        said = f"'{gap.question}" if gap.question.startswith(FORMULA_STARTS) else gap.question
        days = (gap.first.date().isoformat(), gap.last.date().isoformat())
        writer.writerow((said, gap.unanswered, gap.down, gap.rephrased, gap.people, *days))
    return text.getvalue().encode("utf-8-sig")


def _name_signs(gap: Gap, wording: Wording) -> str:
    counts = {"unanswered": gap.unanswered, "down": gap.down, "rephrased": gap.rephrased}
    return " · ".join(wording.say(f"gaps.{sign}", n=n) for sign, n in counts.items() if n)
