"""`ask` and `chat`: questions in, answers out."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.batch import read_batch
from bot.cli.documents import answer_document
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
    name_outlet,
    parse_as_of,
    parse_window,
    write_document,
)
from bot.compose import collect_seldom
from bot.desk.small_talk import classify_talk
from bot.replies import render_answer
from retrieval.model import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.cli.batch import BatchQuestion
    from bot.cli.session import Session
    from retrieval.coverage import Coverage
    from retrieval.model import Answer, Window

LEAVE = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
NO_QUESTION = "That asks nothing. Ask what the coverage tells."

BatchFile = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE.jsonl",
        help="Lines of {id, question, as_of?, after?}; - is standard input.",
    ),
]


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
    day = parse_as_of(as_of)
    window = parse_window(since, until, day)
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE.jsonl", param_hint="QUESTION")
    session = begin(ctx, config, coverage, as_json=as_json)
    if batch is not None:
        questions = read_batch(batch, day)
        opened = session.open_coverage()
        collect_seldom()
        _answer_batch(questions, opened, window, name_outlet(outlet, opened))
        return
    asked = check_question(question or "")
    opened = session.open_coverage()
    named = name_outlet(outlet, opened)
    answer = opened.ask(asked, as_of=day, window=window, outlet=named)
    _show_answer(session, answer, named)


def chat(
    ctx: typer.Context,
    *,
    as_of: AsOf = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Answer one question after another; a follow-up keeps the subject of the turn before."""
    day = parse_as_of(as_of)
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    context = Context()
    for line in read_turns():
        if not session.as_json and classify_talk(line):
            sys.stderr.write(f"{NO_QUESTION}\n")
            continue
        answer = opened.ask(line, as_of=day, context=context)
        context = answer.context
        _show_answer(session, answer)
        if not session.as_json:
            sys.stdout.write("\n")


def _show_answer(session: Session, answer: Answer, outlet: str = "") -> None:
    session.show(
        lambda: answer_document(answer), lambda words: render_answer(answer, words, outlet=outlet)
    )


def read_turns() -> Iterator[str]:
    """What a person types, line by line until the end of input; a pipe gets no prompt."""
    lines = _read_prompt() if sys.stdin.isatty() else sys.stdin
    turns = (clean_text(line).strip() for line in lines)
    return (turn for turn in turns if turn)


def _read_prompt() -> Iterator[str]:
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415  # gives input() a history where the system has it
    sys.stderr.write(f"Ask away. {LEAVE} leaves.\n")
    while True:
        try:
            line = input("> ")
        except EOFError:
            return
        yield line


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
        context = Context()
        for turn in one.after:
            before = coverage.ask(
                turn, as_of=one.as_of, window=window, outlet=outlet, context=context
            )
            context = before.context
        answer = coverage.ask(
            one.question, as_of=one.as_of, window=window, outlet=outlet, context=context
        )
        write_document({"id": one.id, **answer_document(answer)})
