"""`ask` and `chat`: questions in, answers out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import (
    AsJson,
    AsOf,
    ConfigFile,
    CoveragePaths,
    Outlet,
    Since,
    Until,
    begin,
    clean_text,
    read_as_of,
    read_window,
    write_document,
)
from bot.contract import answer_document
from bot.replies import render_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from retrieval.coverage import Coverage
    from retrieval.model import Window

BatchFile = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE.jsonl",
        help="Lines of {id, question, as_of?}; - is standard input.",
    ),
]


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line of a batch."""

    id: object
    question: str
    as_of: date


def ask(
    ctx: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    *,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = "",
    batch: BatchFile = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with quotes from the coverage, or say that it is not there."""
    day = read_as_of(as_of)
    window = read_window(since, until, day)
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE.jsonl", param_hint="QUESTION")
    session = begin(ctx, config, coverage, as_json=as_json)
    if batch is not None:
        questions = _read_batch(batch, day)
        _answer_batch(questions, session.open_coverage(), window, outlet)
        return
    asked = check_question(question or "")
    answer = session.open_coverage().ask(asked, as_of=day, window=window, outlet=outlet)
    session.show(lambda: answer_document(answer), lambda words: render_answer(answer, words))


def check_question(question: str) -> str:
    """The question without what is not text; a usage error where nothing is left."""
    asked = clean_text(question).strip()
    if not asked:
        raise typer.BadParameter("the question is empty; ask something", param_hint="QUESTION")
    return asked


def _answer_batch(
    questions: Iterable[BatchQuestion], coverage: Coverage, window: Window | None, outlet: str
) -> None:
    for one in questions:
        answer = coverage.ask(one.question, as_of=one.as_of, window=window, outlet=outlet)
        write_document({"id": one.id, **answer_document(answer)})


def _read_batch(batch: Path, as_of: date) -> Iterable[BatchQuestion]:
    """The questions of a file, all checked first; those of a pipe as they come."""
    if str(batch) == "-":
        return _parse_batch(sys.stdin, "standard input", as_of)
    try:
        text = batch.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{batch} is not UTF-8 text", param_hint="--batch") from None
    except OSError as error:
        raise typer.BadParameter(f"{batch}: {error.strerror}", param_hint="--batch") from None
    return tuple(_parse_batch(text.split("\n"), str(batch), as_of))


def _parse_batch(lines: Iterable[str], source: str, as_of: date) -> Iterator[BatchQuestion]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parse_question(line, f"{source}, line {number}", as_of)


def _parse_question(line: str, where: str, as_of: date) -> BatchQuestion:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise typer.BadParameter(
            f"{where}: is not JSON ({error.msg})", param_hint="--batch"
        ) from None
    question = record.get("question") if isinstance(record, dict) else None
    if not isinstance(question, str):
        raise typer.BadParameter(f'{where}: has no "question" text', param_hint="--batch")
    own_day = record.get("as_of")
    day = read_as_of(str(own_day)) if own_day else as_of
    return BatchQuestion(record.get("id"), clean_text(question), day)
