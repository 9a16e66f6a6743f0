from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from retrieval.errors import EvaluationError
from retrieval.evaluation.abstain_auroc import abstain_auroc
from retrieval.evaluation.answer_in_reply import holds_run
from retrieval.evaluation.benchmark import run_eval
from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.risk_coverage import Asked, measure_at, render_table

if TYPE_CHECKING:
    from pathlib import Path

CORPUS: list[dict[str, Any]] = [
    {
        "_id": "dam",
        "title": "Old dam breaks in Aldan",
        "text": "The old dam in Aldan broke on Monday. Mayor Ines Okoro closed the valley road.",
        "url": "https://example.org/dam",
        "source": "Aldan Courier",
        "date": "2024-05-06",
    },
    {
        "_id": "ferry",
        "title": "Ferry to the island gets a new boat",
        "text": "The ferry company bought a boat named Petrel. It carries 300 people.",
        "date": "2024-05-04",
    },
    {"_id": "mill", "title": "Mill burns", "text": "The mill in Brok burned down in 1987."},
]
QUERIES: list[dict[str, Any]] = [
    {
        "_id": "q1",
        "text": "Who closed the valley road in Aldan?",
        "date": "2024-05-07",
        "answers": ["Ines Okoro"],
    },
    {
        "_id": "q2",
        "text": "Which boat did the ferry company buy?",
        "date": "2024-05-07",
        "answers": ["Petrel"],
    },
    {
        "_id": "q3",
        "text": "Who painted the town hall?",
        "answers": ["nobody"],
        "answer_in_coverage": False,
    },
]
UNCOVERED: list[dict[str, Any]] = [
    {"_id": "u1", "text": "Which rocket reached Saturn?", "date": "2024-05-07"}
]


def write_lines(path: Path, records: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(record) + "\n" for record in records)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "corpus.jsonl.gz", CORPUS)
    write_lines(tmp_path / "queries.jsonl", QUERIES)
    write_lines(tmp_path / "queries_without_coverage.jsonl", UNCOVERED)
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tdam\t1\nq2\tferry\t1\n")
    return tmp_path


def test_a_set_gives_every_figure_of_the_contract(folder: Path) -> None:
    figures = run_eval(folder)
    assert set(figures) == {
        "documents", "passages", "queries", "judged", "ndcg@10", "mrr@10", "hit@1", "recall@10",
        "recall@100", "answer_in_reply", "answer_in_first_quote", "baselines", "quoted_chars",
        "quotes_verbatim", "answered_rate",
        "false_answer_rate", "abstain_auroc", "latency_ms", "index_seconds", "index_bytes",
        "peak_rss_bytes",
    }  # fmt: skip
    assert (figures["documents"], figures["queries"], figures["judged"]) == (3, 3, 2)
    assert figures["hit@1"] == figures["ndcg@10"] == 1.0
    assert figures["answer_in_reply"] == figures["quotes_verbatim"] == 1.0
    assert figures["abstain_auroc"] == 1.0
    assert figures["false_answer_rate"] == 0.0


def test_what_does_not_apply_is_none(tmp_path: Path) -> None:
    write_lines(tmp_path / "corpus.jsonl", CORPUS)
    write_lines(tmp_path / "queries.jsonl", [{"_id": "q", "text": "the old dam"}])
    figures = run_eval(tmp_path)
    absent = ("ndcg@10", "answer_in_reply", "answered_rate", "false_answer_rate", "abstain_auroc")
    assert all(figures[name] is None for name in absent)
    assert figures["latency_ms"]["p50"] > 0


def test_a_limit_keeps_the_first_questions(folder: Path) -> None:
    development = read_development_set(folder, limit=1)
    assert [query.id for query in development.queries] == ["q1"]


def test_answers_that_the_articles_do_not_hold_are_not_asked_for(folder: Path) -> None:
    assert [bool(query.answers) for query in read_development_set(folder).queries] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("corpus.jsonl.gz", "no archive", "corpus.jsonl.gz: cannot be read"),
        ("queries.jsonl", "{", "queries.jsonl, line 1: no JSON object"),
        ("queries.jsonl", '{"_id": "q"}', 'line 1: an object with "_id" and "text"'),
        ("queries.jsonl", '{"_id": "q", "text": "?", "date": "May"}', "'May' is no ISO date"),
        ("qrels.tsv", "q1\tdam\t1\nq2 ferry 1\n", "qrels.tsv, line 2"),
    ],
)
def test_a_malformed_set_is_told_in_one_line(
    folder: Path, name: str, content: str, says: str
) -> None:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(EvaluationError) as caught:
        run_eval(folder)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"holds no corpus\.jsonl or corpus\.jsonl\.gz"):
        run_eval(tmp_path)


def test_an_answer_is_a_run_of_words() -> None:
    assert holds_run("It cost $5 a gallon.", ["$5"])
    assert holds_run("“Squid Game” is back.", ["squid game"])
    assert not holds_run("Fordham won.", ["Ford"])
    assert not holds_run("Nothing.", ["$"])


def test_auroc_counts_ties_one_half() -> None:
    assert abstain_auroc([0.9, 0.5], [0.5, 0.1]) == 0.875
    assert abstain_auroc([], [0.1]) is None


def test_risk_is_the_share_of_wrong_replies_among_the_answered() -> None:
    asked = [
        Asked(covered=True, confidence=0.9, right=True),
        Asked(covered=True, confidence=0.6, right=False),
        Asked(covered=False, confidence=0.2, right=False),
    ]
    point = measure_at(0.5, asked)
    assert (point.covered_answered, point.uncovered_answered, point.risk) == (1.0, 0.0, 0.5)
    assert "| 0.50 | 67% | 100% | 0% | 50% |" in render_table([point])
