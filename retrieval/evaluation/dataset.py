"""A development set on disk: articles, queries, judgements, and questions without coverage."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from retrieval.errors import EvaluationError
from retrieval.model import Article
from retrieval.text.languages import identify_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Qrels = dict[str, dict[str, int]]
Row = dict[str, Any]

_JUDGEMENT_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Query:
    """One line of `queries.jsonl`.

    `as_of` is the day the question was asked. `answers` is empty where the set gives none, or says
    that its articles do not hold one. `own_doc` is the article that the query was made from.
    """

    id: str
    text: str
    as_of: date | None = None
    answers: tuple[str, ...] = ()
    own_doc: str = ""


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """Everything in one folder; `uncovered` are questions that the articles cannot answer."""

    articles: tuple[Article, ...]
    queries: tuple[Query, ...]
    qrels: Qrels
    uncovered: tuple[Query, ...] = ()


def read_development_set(folder: Path, limit: int | None = None) -> DevelopmentSet:
    """Read a folder laid out as the README describes; `limit` keeps the first so many queries.

    Raises EvaluationError, with the file and the line, for whatever is missing or malformed.
    """
    if not folder.is_dir():
        raise EvaluationError(f"{folder}: no such folder; name one with corpus.jsonl in it")
    corpus = _either(folder / "corpus.jsonl", folder / "corpus.jsonl.gz")
    uncovered = folder / "queries_without_coverage.jsonl"
    return DevelopmentSet(
        articles=tuple(_read_article(line, where) for line, where in _read_lines(corpus)),
        queries=_read_queries(_either(folder / "queries.jsonl"), limit),
        qrels=_read_qrels(folder / "qrels.tsv"),
        uncovered=_read_queries(uncovered, limit) if uncovered.exists() else (),
    )


def read_rows(folder: Path, name: str) -> Iterator[Row]:
    """Each object of the file `name`, zipped or not, as it stands there.

    Raises EvaluationError as `read_development_set` does.
    """
    path = _either(folder / name, folder / f"{name}.gz")
    return (record for record, _ in _read_lines(path))


def _either(*paths: Path) -> Path:
    for path in paths:
        if path.is_file():
            return path
    names = " or ".join(path.name for path in paths)
    raise EvaluationError(f"{paths[0].parent}: holds no {names}")


def _read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error})") from error


def _read_lines(path: Path) -> Iterator[tuple[Row, str]]:
    """Each JSON object of a file, with the words that say where it stood."""
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise EvaluationError(f"{where}: no JSON object ({error})") from error
        if not isinstance(record, dict) or "_id" not in record or "text" not in record:
            raise EvaluationError(f'{where}: an object with "_id" and "text" is needed')
        yield record, where


def _read_article(record: Row, where: str) -> Article:
    day = _read_day(record.get("date"), where)
    published = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return Article(
        id=str(record["_id"]),
        title=str(record.get("title") or ""),
        body=str(record["text"] or ""),
        url=record.get("url") or None,
        outlet=str(record.get("source") or ""),
        author=record.get("author") or None,
        published=published,
        date_from="field" if published else "none",
        language=identify_language(
            f"{record['text']} {record.get('title')}", record.get("language")
        ),
    )


def _read_queries(path: Path, limit: int | None) -> tuple[Query, ...]:
    found: list[Query] = []
    for record, where in _read_lines(path):
        if limit is not None and len(found) >= limit:
            break
        answers = record.get("answers") or ()
        held = record.get("answer_in_coverage", True)
        found.append(
            Query(
                id=str(record["_id"]),
                text=str(record["text"]),
                as_of=_read_day(record.get("date"), where),
                answers=tuple(str(answer) for answer in answers) if held else (),
                own_doc=str(record.get("own_doc") or ""),
            )
        )
    return tuple(found)


def _read_day(value: object, where: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise EvaluationError(f'{where}: "date" {value!r} is no ISO date') from error


def _read_qrels(path: Path) -> Qrels:
    """Judgements as query -> article -> gain; a header line is skipped, no file means none."""
    qrels: Qrels = {}
    if not path.exists():
        return qrels
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        fields = line.split("\t")
        if not line.strip() or (number == 1 and not fields[-1].strip().lstrip("-").isdigit()):
            continue
        if len(fields) != _JUDGEMENT_COLUMNS or not fields[2].strip().lstrip("-").isdigit():
            raise EvaluationError(f"{path}, line {number}: query, article and gain are needed")
        qrels.setdefault(fields[0], {})[fields[1]] = int(fields[2])
    return qrels
