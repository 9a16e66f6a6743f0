"""Speed and size beside bm25s and tantivy: the same passages and queries, one thread, one run."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.evaluation.bench_passages import make_passages
from retrieval.evaluation.bench_peers import ENGINES, K, require_peers
from retrieval.index import IndexWriter, open_snapshot, scoring
from retrieval.index.candidates import find_candidates, weigh_terms
from retrieval.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.evaluation.bench_peers import Engine
    from retrieval.index import SegmentSnapshot
    from retrieval.index.segment import Segment

    Progress = Callable[[str, int, int], None]

_BLOCK = 20  # queries that one engine answers in a row, so that all meet the same interruptions
_CHECKED = 20  # queries of each class that are compared with brute force


def run_bench(passages: int, progress: Progress | None = None) -> dict[str, Any]:
    """Build three indexes of made-up passages and time 200 queries of two classes on each.

    For each class and engine: p50 and p95 in ms of the ten best. For each engine: seconds of
    building, tokenising included, and bytes on disk. Whether ours equals brute force. Of ours also
    the peak memory after building, the ms until one more article can be found, and the ms from
    opening to the first answer. Raises EvaluationError where a peer is not installed.
    """
    require_peers()
    tell = progress or (lambda _phase, _done, _total: None)
    made = make_passages(passages)
    engines: dict[str, Engine] = {name: engine() for name, engine in ENGINES.items()}
    figures: dict[str, Any] = {"passages": passages, "build": {}}
    with TemporaryDirectory(prefix="clippings-bench-") as scratch:
        for at, (name, engine) in enumerate(engines.items()):
            tell(f"build {name}", at, len(engines))
            figures["build"][name] = _measure_build(engine, made.passages, Path(scratch) / name)
        for at, (name, queries) in enumerate(made.queries.items()):
            tell(f"search {name}", at, len(made.queries))
            figures[name] = _measure_searches(engines, queries)
        snapshot = open_snapshot(Path(scratch) / "ours")
        checked = [words for queries in made.queries.values() for words in queries[:_CHECKED]]
        figures["exact"] = all(_is_exact(snapshot, words) for words in checked)
        figures |= _measure_update(Path(scratch) / "ours", checked[0])
    return figures


def _measure_build(engine: Engine, passages: Sequence[str], folder: Path) -> dict[str, float]:
    started = time.perf_counter()
    engine.build(passages, folder)
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": round(seconds, 2), "bytes": size, "peak_rss_bytes": peak}


def _measure_searches(
    engines: Mapping[str, Engine], queries: Sequence[list[str]]
) -> dict[str, dict[str, float]]:
    """Time every query once on each engine, after a block of queries to warm up."""
    took: dict[str, list[float]] = {name: [] for name in engines}
    blocks = [queries[at : at + _BLOCK] for at in range(0, len(queries), _BLOCK)]
    for block in [blocks[0], *blocks]:
        for name, engine in engines.items():
            took[name] += [_time(engine.searcher(words)) for words in block]
    return {name: _spread(times[len(blocks[0]) :]) for name, times in took.items()}


def _time(search: Callable[[], object]) -> float:
    started = time.perf_counter()
    search()
    return (time.perf_counter() - started) * 1000.0


def _spread(times: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(times, [50, 95]).tolist()
    return {"p50_ms": round(p50, 3), "p95_ms": round(p95, 3)}


def _is_exact(snapshot: SegmentSnapshot, words: list[str]) -> bool:
    """Compare with adding up every posting of every word, ties by article id."""
    query = weigh_terms(words, snapshot.idf)
    found = find_candidates(snapshot.segments, query, [s.live for s in snapshot.segments], K)
    expected = []
    for at, segment in enumerate(snapshot.segments):
        scores = _add_all_up(segment, query.terms, query.weights)
        scale = scoring.WEIGHT_STEPS * scoring.IMPACT_STEPS * query.whole
        best = np.lexsort((np.arange(len(scores)), -scores))[:K].tolist()
        expected += [(-int(scores[n]) / scale, segment.ids[n], at, n) for n in best if scores[n]]
    return [(one.part, one.number, one.score) for one in found] == [
        (at, number, -score) for score, _, at, number in sorted(expected)[:K]
    ]


def _add_all_up(
    segment: Segment, terms: Sequence[str], weights: NDArray[np.float64]
) -> NDArray[np.int64]:
    scores = np.zeros(len(segment), np.int64)
    for term, weight in zip(terms, weights.tolist(), strict=True):
        if column := segment.column_of(term):
            scores[column.articles] += column.impacts * np.int64(scoring.whole_weight(weight))
    return scores


def _measure_update(folder: Path, words: list[str]) -> dict[str, float]:
    """Time one more article until a search finds it, and opening until the first answer."""
    article = Article(id="one more", title="Zebra", body="A zebra walked into the newsroom.")
    started = time.perf_counter()
    with IndexWriter(folder) as writer:
        found = writer.update(add=[article]).search("zebra newsroom").hits
    updated = time.perf_counter()
    open_snapshot(folder).search(" ".join(words))
    opened = time.perf_counter()
    return {
        "update_ms": round((updated - started) * 1000.0, 1) if found else float("nan"),
        "open_ms": round((opened - updated) * 1000.0, 1),
    }
