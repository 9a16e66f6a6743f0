"""How well stories are told apart and found, measured on a development set.

    python -m retrieval.evaluation.stories DIR [--split test] [--json]

Two layouts are read. `docs.jsonl[.gz]` (`_id`, `text`, `cluster`, `topic`, `split`) asks for pairs:
precision and recall of "these two are in one story", over every document and its story.
`corpus.jsonl[.gz]`, `queries.jsonl` with `own_doc`, and `qrels.tsv` ask for a ranking: the other
reports of a story by nDCG@10, where 2 means the same story and anything less does not count.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ir_measures
from ir_measures import nDCG

from retrieval.errors import EvaluationError
from retrieval.evaluation.dataset import read_rows
from retrieval.evaluation.script import run_script
from retrieval.index import IndexWriter
from retrieval.model import Article
from retrieval.stories.finding import StoryFinder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.evaluation.dataset import Row
    from retrieval.index import Snapshot

SAME_STORY_GRADE = 2


@dataclass(frozen=True, slots=True)
class Document:
    """A short report with the story and the topic it belongs to."""

    article: Article
    story: str
    topic: str
    split: str


def run_story_eval(folder: Path, split: str = "test") -> dict[str, Any]:
    """Return the measures that the folder's layout asks for; `split` "" takes every document.

    Raises EvaluationError where the folder holds neither layout.
    """
    if _holds(folder, "docs.jsonl"):
        documents = [d for d in read_documents(folder) if not split or d.split == split]
        return _measure_pairs(documents)
    if _holds(folder, "corpus.jsonl") and _holds(folder, "queries.jsonl"):
        return _measure_ranking(folder)
    raise EvaluationError(f"{folder}: holds neither docs.jsonl nor corpus.jsonl with queries.jsonl")


def read_documents(folder: Path) -> list[Document]:
    """Read `docs.jsonl[.gz]`."""
    return [
        Document(
            Article(id=row["_id"], title=row.get("title", ""), excerpt=row["text"]),
            row["cluster"],
            row["topic"] if "topic" in row else row["cluster"],
            row.get("split", ""),
        )
        for row in read_rows(folder, "docs.jsonl")
    ]


def _measure_pairs(documents: Sequence[Document]) -> dict[str, Any]:
    story = {d.article.id: d.story for d in documents}
    topic = {d.article.id: d.topic for d in documents}
    pairs: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as cache:
        snapshot = _index(Path(cache), [d.article for d in documents])
        finder = StoryFinder(snapshot)
        began = time.perf_counter()
        for document in documents:
            members = finder.find(document.article).articles
            own = document.article.id
            pairs += [(own, a.id) for a in members if a.id != own]
        spent = time.perf_counter() - began
        snapshot.close()
    right = sum(story[one] == story[other] for one, other in pairs)
    sisters = sum(story[one] != story[other] and topic[one] == topic[other] for one, other in pairs)
    sizes = [sum(s == d.story for s in story.values()) for d in documents]
    return {
        "documents": len(documents),
        "stories": len(set(story.values())),
        "pairs_found": len(pairs),
        "precision": round(right / max(1, len(pairs)), 4),
        "recall": round(right / max(1, sum(sizes) - len(sizes)), 4),
        "pairs_with_sister_story": sisters,
        "ms_per_article": round(1000 * spent / max(1, len(documents)), 2),
    }


def _measure_ranking(folder: Path) -> dict[str, Any]:
    articles = {a.id: a for a in map(_article, read_rows(folder, "corpus.jsonl"))}
    queries = [q for q in read_rows(folder, "queries.jsonl") if q.get("own_doc") in articles]
    qrels = [
        ir_measures.Qrel(query, document, int(grade == SAME_STORY_GRADE))
        for query, document, grade in _read_qrels(folder)
    ]
    with tempfile.TemporaryDirectory() as cache:
        snapshot = _index(Path(cache), list(articles.values()))
        finder = StoryFinder(snapshot)
        began = time.perf_counter()
        run = [
            ir_measures.ScoredDoc(query["_id"], other.id, score)
            for query in queries
            for other, score in finder.rank(articles[query["own_doc"]])
        ]
        spent = time.perf_counter() - began
        snapshot.close()
    labels: dict[str, str] = {q["_id"]: q.get("labels", "all") for q in queries}
    return {
        "documents": len(articles),
        "queries": len(queries),
        "ndcg@10": _mean_by_label(qrels, run, labels),
        "ms_per_article": round(1000 * spent / max(1, len(queries)), 2),
    }


def _mean_by_label(
    qrels: Sequence[ir_measures.Qrel],
    run: Sequence[ir_measures.ScoredDoc],
    labels: Mapping[str, str],
) -> dict[str, float]:
    judged = {q.query_id for q in qrels if q.relevance}
    asked = [q for q in qrels if q.query_id in judged]
    values: dict[str, list[float]] = defaultdict(list)
    for metric in ir_measures.iter_calc([nDCG @ 10], asked, run):
        values[labels.get(metric.query_id, "all")].append(metric.value)
    return {label: round(sum(v) / len(v), 4) for label, v in sorted(values.items())}


def _index(cache: Path, articles: Sequence[Article]) -> Snapshot:
    with IndexWriter(cache) as writer:
        return writer.update(add=articles)


def _article(row: Row) -> Article:
    published = datetime.fromisoformat(row["date"]) if row.get("date") else None
    if published and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Article(
        id=row["_id"],
        title=row.get("title", ""),
        excerpt=row["text"],
        url=row.get("url"),
        outlet=row.get("source") or "",
        published=published,
        date_from="field" if published else "none",
    )


def _holds(folder: Path, name: str) -> bool:
    return any(path.is_file() for path in (folder / name, folder / f"{name}.gz"))


def _read_qrels(folder: Path) -> Iterator[tuple[str, str, int]]:
    lines = (folder / "qrels.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        query, document, grade = line.split("\t")
        yield query, document, int(grade)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well stories are told apart.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test", help="of docs.jsonl; all for every document")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    measures = run_story_eval(options.folder, "" if options.split == "all" else options.split)
    lines = [f"{name}: {value}" for name, value in measures.items()]
    print(json.dumps(measures) if options.json else "\n".join(lines))  # noqa: T201  # its output


if __name__ == "__main__":
    run_script(main)
