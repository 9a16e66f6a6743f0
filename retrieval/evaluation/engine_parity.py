"""Embedded beside OpenSearch: `python -m retrieval.evaluation.engine_parity PLACE… --host URL…`.

A place is a development set, or a folder of coverage whose questions `--questions` holds, one JSON
object a line with "question" and, where given, "as_of". Both indices get the same articles; then
everything that can be asked is asked of both, in turn, and counted as [equal, asked]. `--updates`
changes so many articles one by one, with questions asked of the version before meanwhile.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from retrieval.coverage import Coverage
from retrieval.errors import RetrievalError
from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.percentiles import spread
from retrieval.evaluation.script import run_script
from retrieval.index import FolderIndex
from retrieval.model import Filters, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retrieval.index import Index
    from retrieval.model import Article, Sort

    Call = Callable[[Coverage], object]

_LISTED = 100
_EVERY = 4  # questions: with one of so many a story, filters, a slip are asked too
_AT_ONCE = 50  # updates, between two looks
_ASKED_BETWEEN = 40
_NAME = "parity"


@dataclass(frozen=True, slots=True)
class DatedQuestion:
    """A question and the day on which it is asked."""

    text: str
    as_of: date


@dataclass(slots=True)
class Tally:
    """What was equal, of each kind, and how long either took, in milliseconds."""

    equal: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    unequal: list[str] = field(default_factory=list)
    turn: bool = False
    every: int = _EVERY

    def compare(self, kind: str, what: str, one: Coverage, other: Coverage, call: Call) -> None:
        """Ask both, the other one first at every second call."""
        found: dict[str, object] = {}
        named = [("embedded", one), ("engine", other)]
        for name, coverage in reversed(named) if self.turn else named:
            started = time.perf_counter()
            found[name] = call(coverage)
            self.took[f"{kind}, {name}"].append((time.perf_counter() - started) * 1000)
        self.turn = not self.turn
        alike = found["embedded"] == found["engine"]
        self.equal[kind][0] += alike
        self.equal[kind][1] += 1
        if not alike:
            self.unequal.append(f"{kind}: {what}")

    def report(self) -> dict[str, Any]:
        """What is printed."""
        return {
            "equal": dict(self.equal),
            "unequal": self.unequal[:20],
            "ms": {kind: spread(times, 50, 95, 99) for kind, times in self.took.items()},
        }


def main() -> None:
    """Print what was equal, and how long either took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--host", action="append", required=True, help="a node's URL; repeatable")
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--updates", type=int, default=0)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--shards", type=int, default=3)
    parser.add_argument("--every", type=int, default=_EVERY, help="with one of so many, the rest")
    given = parser.parse_args()
    for place in given.places:
        articles, asked = _read(place, given.questions)
        report = _measure(articles, asked[: given.limit], given)
        sys.stdout.write(json.dumps({"place": str(place), **report}) + "\n")
        sys.stdout.flush()


def _read(place: Path, questions: Path | None) -> tuple[list[Article], list[DatedQuestion]]:
    if questions is None:
        development = read_development_set(place)
        queries = (*development.queries, *development.uncovered)
        today = datetime.now(UTC).date()
        asked = [DatedQuestion(query.text, query.as_of or today) for query in queries]
        return list(development.articles), asked
    with TemporaryDirectory() as scratch:
        articles = list(Coverage.open([place], Path(scratch)).snapshot.articles())
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    newest = max((article.day for article in articles if article.day), default=date.max)
    return articles, [
        DatedQuestion(
            row["question"], date.fromisoformat(row["as_of"]) if "as_of" in row else newest
        )
        for row in rows
        if row.get("coverage", place.name) == place.name
    ]


def _measure(
    articles: list[Article], asked: list[DatedQuestion], given: argparse.Namespace
) -> dict[str, Any]:
    from retrieval.index.opensearch import (  # noqa: PLC0415  # not installed everywhere
        EngineAddress,
        EngineIndex,
    )

    address = EngineAddress(hosts=tuple(given.host), seconds=10.0)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        kinds: dict[str, Index] = {
            "embedded": FolderIndex(folder / "embedded"),
            "engine": EngineIndex(address, _NAME, folder / "engine", shards=given.shards),
        }
        seconds = {}
        opened: list[Coverage] = []
        for name, index in kinds.items():
            started = time.perf_counter()
            opened.append(Coverage.of_articles(articles, folder / name, index=index))
            seconds[name] = round(time.perf_counter() - started, 2)
        tally = Tally(every=given.every)
        _ask_everything(tally, opened, asked)
        report = {"articles": len(articles), "build_seconds": seconds, **tally.report()}
        if given.updates:
            report["updates"] = _update(articles, asked, kinds, folder, given.updates)
        for coverage in opened:
            coverage.snapshot.close()
        return report


def _ask_everything(
    tally: Tally, opened: Sequence[Coverage], asked: Sequence[DatedQuestion]
) -> None:
    one, other = opened
    for number, question in enumerate(asked):
        for kind, call in _calls(one, question, number, tally.every):
            tally.compare(kind, question.text, one, other, call)


def _calls(
    coverage: Coverage, question: DatedQuestion, number: int, every: int
) -> Iterator[tuple[str, Call]]:
    """What is asked with a question: always a search and an answer, the rest now and then."""
    text, day = question.text, question.as_of
    yield "ask", lambda c: replace(c.ask(text, as_of=day), took_ms=0.0)
    yield "search", lambda c: c.search(text, as_of=day, limit=_LISTED)
    if number % every:
        return
    yield "correction", lambda c: c.search(_slip(text), as_of=day)
    yield "suggestion", lambda c: c.suggest_titles(text[: 3 + number % 9])
    yield "story", lambda c: c.story(text, as_of=day)
    yield "timeline", lambda c: c.timeline(text, as_of=day)
    yield "comparison", lambda c: c.compare(text, as_of=day)
    yield "held", lambda c: c.snapshot.hold_all(text, [])
    found = coverage.search(text, as_of=day).hits
    if not found:
        return
    first = found[0].article
    week = Window(day - timedelta(days=7), day)
    yield "syntax", lambda c: c.search(f'"{" ".join(first.title.split()[:2])}" -{text.split()[-1]}')
    for filters in (
        Filters(outlet=first.outlet),
        Filters(window=week),
        Filters(topic=next(iter(first.topics), ""), language=first.language),
    ):
        yield "filters", partial(Coverage.search, query=text, filters=filters, as_of=day)
    sorts: tuple[Sort, ...] = ("newest", "oldest")
    for sort in sorts:
        yield "sorted", partial(Coverage.search, query=text, sort=sort, as_of=day)
    yield "latest", lambda c: c.latest(outlet=first.outlet)
    if number % (every * 8) == 0:
        yield "changes", lambda c: c.changes(day - timedelta(days=2), day)


def _slip(text: str) -> str:
    """The text with two letters of its longest word the wrong way round."""
    word = max(text.split(), key=len, default="")
    at = len(word) // 2
    wrong = word[: at - 1] + word[at : at + 1] + word[at - 1 : at] + word[at + 1 :]
    return text.replace(word, wrong) if word else text


def _update(
    articles: list[Article],
    asked: list[DatedQuestion],
    kinds: dict[str, Index],
    folder: Path,
    updates: int,
) -> dict[str, Any]:
    """Change articles one by one in both, and ask meanwhile and in between."""
    chosen = random.Random(0)  # noqa: S311  # changes, no secret
    during, between, took, trouble = Tally(), Tally(), [], []
    for begun in range(0, updates, _AT_ONCE):
        before = [Coverage((), folder, index.open(), index=index) for index in kinds.values()]
        changes = [_change(articles, chosen) for _ in range(min(_AT_ONCE, updates - begun))]

        def write(changes: list[tuple[list[Article], list[str]]] = changes) -> None:
            try:
                for added, removed in changes:
                    started = time.perf_counter()
                    with kinds["engine"].writer() as writer:
                        writer.update(add=added, remove=removed).close()
                    took.append((time.perf_counter() - started) * 1000)
            except RetrievalError as error:
                trouble.append(repr(error))

        writing = threading.Thread(target=write)
        writing.start()
        while writing.is_alive():
            for question in chosen.sample(asked, min(3, len(asked))):
                _ask_everything(during, before, [question])
        for added, removed in changes:
            with kinds["embedded"].writer() as writer:
                writer.update(add=added, remove=removed)
        after = [Coverage((), folder, index.open(), index=index) for index in kinds.values()]
        sample = chosen.sample(asked, min(_ASKED_BETWEEN, len(asked)))
        _ask_everything(between, after, sample)
    kinds["engine"].verify()
    return {
        "updates": len(took),
        "trouble": trouble,
        "ms": spread(took, 50, 95, 99),
        "during": during.report(),
        "between": between.report(),
    }


def _change(articles: list[Article], chosen: random.Random) -> tuple[list[Article], list[str]]:
    """Another text for an article, a new article, or one that is gone."""
    one, other = chosen.sample(articles, 2)
    match chosen.randrange(3):
        case 0:
            return [replace(one, body=f"{one.body}\n\n{other.excerpt or other.title}")], []
        case 1:
            name = f"{one.id}-{chosen.randrange(10**6)}"
            return [replace(one, id=name, title=other.title)], []
    return [], [one.id]


if __name__ == "__main__":
    run_script(main)
