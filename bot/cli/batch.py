"""Questions by the line, as `ask --batch` reads them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from bot.cli.session import clean_text, parse_as_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line of a batch; `after` holds the questions before it, the oldest first."""

    id: object
    question: str
    as_of: date
    after: tuple[str, ...] = ()


def read_batch(batch: Path, as_of: date) -> Iterable[BatchQuestion]:
    """The questions of a file, all checked first; those of a pipe as they come."""
    if str(batch) == "-":
        return _parse_batch(sys.stdin, "standard input", as_of)
    try:
        text = batch.read_text(encoding="utf-8-sig")
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
    day = parse_as_of(str(own_day)) if own_day else as_of
    return BatchQuestion(record.get("id"), clean_text(question), day, _parse_after(record, where))


def _parse_after(record: dict[str, object], where: str) -> tuple[str, ...]:
    after = record.get("after") or []
    if not isinstance(after, list) or not all(isinstance(turn, str) for turn in after):
        raise typer.BadParameter(f'{where}: "after" is no list of questions', param_hint="--batch")
    return tuple(clean_text(turn) for turn in after)
