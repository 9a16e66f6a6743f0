"""What abstaining buys: `python -m retrieval.evaluation.risk_coverage FOLDER PICTURE.png`.

For every threshold on confidence: the share of the questions that are answered (coverage), and the
share of the answered ones whose answer does not stand in the reply (risk), after El-Yaniv and
Wiener (2010). A question without coverage that is answered counts as a wrong one.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from retrieval.answering.answer import answer_question
from retrieval.answering.weights import WEIGHTS
from retrieval.coverage import Coverage
from retrieval.evaluation.answer_in_reply import holds_answer
from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.script import run_script
from retrieval.question.question import parse_question
from retrieval.stories.finding import StoryFinder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.evaluation.dataset import DevelopmentSet, Query
    from retrieval.index import Snapshot
    from retrieval.model import Answer

_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold: the share answered, of all and of each sort, and of that the share wrong."""

    threshold: float
    answered: float
    covered_answered: float
    uncovered_answered: float
    risk: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: whether the coverage answers it, how sure the reply was, and whether right."""

    covered: bool
    confidence: float
    right: bool


def main() -> None:
    """Print the table and draw the curve for a development set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    arguments = parser.parse_args()
    asked = ask_everything(read_development_set(arguments.folder, arguments.limit))
    sys.stdout.write(render_table([measure_at(t, asked) for t in _THRESHOLDS]))
    draw_curve(asked, arguments.picture)


def ask_everything(development: DevelopmentSet) -> list[Asked]:
    """Ask every question whose answer is known to be there, or known not to be."""
    covered = [query for query in development.queries if query.answers]
    with TemporaryDirectory(prefix="clippings-risk-") as scratch:
        snapshot = Coverage.of_articles(development.articles, Path(scratch)).snapshot
        replies = [_ask(query, snapshot) for query in (*covered, *development.uncovered)]
    asked = [
        Asked(covered=True, confidence=reply.confidence, right=holds_answer(reply, query.answers))
        for reply, query in zip(replies, covered, strict=False)
    ]
    return asked + [
        Asked(covered=False, confidence=reply.confidence, right=False)
        for reply in replies[len(covered) :]
    ]


def _ask(query: Query, snapshot: Snapshot) -> Answer:
    """What would be said if the bot never abstained."""
    as_of = query.as_of or datetime.now(UTC).date()
    question = parse_question(query.text, as_of=as_of, outlets=snapshot.outlets)
    return answer_question(question, snapshot, StoryFinder(snapshot), threshold=0.0)


def measure_at(threshold: float, asked: Sequence[Asked]) -> Point:
    """The point of the curve at one threshold; 0 where there is nothing to take a share of."""
    kept = [one for one in asked if one.confidence >= threshold]
    return Point(
        threshold=threshold,
        answered=_share(len(kept), len(asked)),
        covered_answered=_share(
            sum(one.covered for one in kept), sum(one.covered for one in asked)
        ),
        uncovered_answered=_share(
            sum(not one.covered for one in kept), sum(not one.covered for one in asked)
        ),
        risk=_share(sum(not one.right for one in kept), len(kept)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def render_table(points: Sequence[Point]) -> str:
    """A Markdown table, a line a threshold."""
    lines = [
        "| threshold | answered | of the covered | of the uncovered | wrong among the answered |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {p.threshold:.2f} | {p.answered:.0%} | {p.covered_answered:.0%}"
        f" | {p.uncovered_answered:.0%} | {p.risk:.0%} |"
        for p in points
    ]
    return "\n".join(lines) + "\n"


def draw_curve(asked: Sequence[Asked], picture: Path) -> None:
    """Draw risk against coverage, the shipped threshold marked, as a PNG."""
    from matplotlib.figure import Figure  # noqa: PLC0415  # a second to import

    points = [measure_at(one.confidence, asked) for one in asked]
    points.sort(key=lambda point: point.answered)
    shipped = measure_at(WEIGHTS.answered, asked)
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([p.answered for p in points], [p.risk for p in points], color="#3b5b92")
    axes.plot([shipped.answered], [shipped.risk], "o", color="#c0504d", label="shipped threshold")
    axes.set(
        xlabel="questions answered", ylabel="answer not in the reply", xlim=(0, 1), ylim=(0, 1)
    )
    axes.legend(frameon=False)
    figure.savefig(picture, dpi=150)


if __name__ == "__main__":
    run_script(main)
