"""One run over a development set: ranking, answering, abstaining, speed and size."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from retrieval.coverage import Coverage
from retrieval.evaluation.abstain_auroc import abstain_auroc
from retrieval.evaluation.answer_in_reply import holds_answer, holds_run
from retrieval.evaluation.baselines import measure_baselines
from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.percentiles import spread
from retrieval.evaluation.quotes_verbatim import quotes_verbatim
from retrieval.evaluation.ranking import DEPTH, measure_ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.evaluation.dataset import DevelopmentSet, Query
    from retrieval.model import Answer

    Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class _Asked:
    """Answers to some questions, in their order, and what each took from call to return in ms."""

    answers: list[Answer] = field(default_factory=list)
    took_ms: list[float] = field(default_factory=list)

    @property
    def confidences(self) -> list[float]:
        return [answer.confidence for answer in self.answers]

    @property
    def answered_rate(self) -> float | None:
        answered = [answer.answered for answer in self.answers]
        return sum(answered) / len(answered) if answered else None


def run_eval(
    folder: Path, limit: int | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Index the set in a temporary folder, search and ask as the product does, and measure.

    `limit` keeps the first so many queries of each file. A figure that does not apply to the set is
    none. Raises EvaluationError where the folder is not laid out as it should be.
    """
    development = read_development_set(folder, limit)
    with TemporaryDirectory(prefix="clippings-eval-") as scratch:
        started = time.perf_counter()
        coverage = Coverage.of_articles(development.articles, Path(scratch))
        index_seconds = time.perf_counter() - started
        return {
            "documents": len(coverage.snapshot),
            "passages": coverage.snapshot.passages,
            "queries": len(development.queries),
            **_measure_ranking(coverage, development, progress),
            **_measure_answers(coverage, development, progress),
            "index_seconds": round(index_seconds, 3),
            "index_bytes": coverage.snapshot.bytes,
            "peak_rss_bytes": _peak_rss_bytes(),
        }


def _measure_ranking(
    coverage: Coverage, development: DevelopmentSet, progress: Progress | None
) -> dict[str, Any]:
    qrels = {
        q.id: development.qrels[q.id] for q in development.queries if q.id in development.qrels
    }
    judged = [query for query in development.queries if query.id in qrels]
    run = {}
    for number, query in enumerate(judged):
        _tell(progress, "searching", number, len(judged))
        run[query.id] = _rank(coverage, query)
    return {"judged": len(judged), **measure_ranking(qrels, run)}


def _rank(coverage: Coverage, query: Query) -> dict[str, float]:
    """Article -> score. Ranks stand in for scores, so that equal scores keep the order shown."""
    exclude = frozenset((query.own_doc,)) if query.own_doc else frozenset()
    ranking = coverage.search(query.text, limit=DEPTH, as_of=query.as_of, exclude=exclude)
    return {hit.article.id: float(DEPTH - hit.rank) for hit in ranking.hits}


def _measure_answers(
    coverage: Coverage, development: DevelopmentSet, progress: Progress | None
) -> dict[str, Any]:
    answerable = [query for query in development.queries if query.answers]
    covered = _ask(coverage, answerable, progress)
    uncovered = _ask(coverage, development.uncovered, progress)
    # A set without answers still says how fast a question is.
    others = _ask(coverage, [] if answerable else development.queries, progress)
    everything = [*covered.answers, *uncovered.answers, *others.answers]
    articles = {article.id: article for article in development.articles}
    held = [
        holds_answer(answer, query.answers)
        for answer, query in zip(covered.answers, answerable, strict=True)
    ]
    first = [
        bool(answer.quotes) and holds_run(answer.quotes[0].text, query.answers)
        for answer, query in zip(covered.answers, answerable, strict=True)
    ]
    quoted = [sum(len(q.text) for q in answer.quotes) for answer in everything if answer.answered]
    return {
        "answer_in_reply": sum(held) / len(held) if held else None,
        "answer_in_first_quote": sum(first) / len(first) if first else None,
        "baselines": measure_baselines(development.articles, answerable),
        "quoted_chars": spread(quoted, 50, 95),
        "quotes_verbatim": quotes_verbatim(everything, articles),
        "answered_rate": covered.answered_rate,
        "false_answer_rate": uncovered.answered_rate,
        "abstain_auroc": abstain_auroc(covered.confidences, uncovered.confidences),
        "latency_ms": spread([*covered.took_ms, *uncovered.took_ms, *others.took_ms], 50, 95, 99),
    }


def _ask(coverage: Coverage, queries: Sequence[Query], progress: Progress | None) -> _Asked:
    asked = _Asked()
    for number, query in enumerate(queries):
        _tell(progress, "asking", number, len(queries))
        started = time.perf_counter()
        asked.answers.append(coverage.ask(query.text, as_of=query.as_of))
        asked.took_ms.append((time.perf_counter() - started) * 1000)
    return asked


def _tell(progress: Progress | None, phase: str, done: int, total: int) -> None:
    if progress:
        progress(phase, done, total)


def _peak_rss_bytes() -> int:
    """The most memory this process ever held; Linux counts it in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
