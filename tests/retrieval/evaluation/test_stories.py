"""The story measures, on a folder small enough to count by hand."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from retrieval.errors import EvaluationError
from retrieval.evaluation.stories import read_documents, run_story_eval
from retrieval.evaluation.stories_training import train_story_model
from retrieval.stories.pair_model import FEATURES, load_model
from tests.retrieval.town import BRIDGE, OTHER, SISTER, make_report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STORIES = (("bridge", BRIDGE), ("station", SISTER), *((r[2], (r,)) for r in OTHER))


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")


@pytest.fixture
def clusters(tmp_path: Path) -> Path:
    rows = [
        {
            "_id": make_report(*report).id,
            "text": f"{report[2]}. {report[3]}",
            "cluster": name,
            "topic": "bridges" if name in {"bridge", "station"} else name,
            "split": "test",
        }
        for name, reports in STORIES
        for report in reports
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "docs.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return tmp_path


@pytest.fixture
def ranking(tmp_path: Path) -> Path:
    reports = [make_report(*r) for _, told in STORIES for r in told]
    write(
        tmp_path / "corpus.jsonl",
        (
            {
                "_id": a.id,
                "title": a.title,
                "text": a.body,
                "source": a.outlet,
                "date": str(a.published),
            }
            for a in reports
        ),
    )
    story = [make_report(*r).id for r in BRIDGE]
    write(tmp_path / "queries.jsonl", [{"_id": "q1", "text": "", "own_doc": story[0]}])
    judged = "\n".join(f"q1\t{other}\t2" for other in story[1:])
    (tmp_path / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}\n", "utf-8")
    return tmp_path


def test_pairs_are_counted_over_every_document(clusters: Path) -> None:
    measures = run_story_eval(clusters)
    assert measures["documents"] == len(BRIDGE) + len(SISTER) + len(OTHER)
    assert measures["stories"] == len(STORIES)
    assert measures["precision"] > 0.9
    assert measures["recall"] > 0.9
    assert measures["pairs_found"] * measures["precision"] == pytest.approx(32, abs=0.1)


def test_a_split_that_holds_nothing_measures_nothing(clusters: Path) -> None:
    assert run_story_eval(clusters, "dev")["documents"] == 0


def test_other_reports_of_a_story_are_ranked_first(ranking: Path) -> None:
    measures = run_story_eval(ranking)
    assert measures["queries"] == 1
    assert measures["ndcg@10"] == {"all": 1.0}


def test_a_folder_without_either_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="holds neither"):
        run_story_eval(tmp_path)


def test_training_weighs_kinship_for_and_other_numbers_against(clusters: Path) -> None:
    model = train_story_model(read_documents(clusters), rounds=1)
    assert set(model.weights) == set(FEATURES)
    assert model.weights["kinship"] > 0


def test_the_shipped_model_weighs_every_feature() -> None:
    assert set(load_model().weights) == set(FEATURES)
