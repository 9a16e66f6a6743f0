from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from retrieval.evaluation.enlarging import enlarge, exchange, find_names_by_frequency

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"_id": "a", "title": "Okoro wins", "text": "Okoro beat Lind in Vell.", "url": "https://a.org"},
    {"_id": "b", "title": "Ferry stops", "text": "The ferry to Aldan stops. Ferry fans weep."},
]


def test_a_set_is_repeated_with_other_names_until_it_is_large_enough(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "Who won?"}\n')
    enlarge(folder, tmp_path / "large", 5)
    raw = gzip.decompress((tmp_path / "large" / "corpus.jsonl.gz").read_bytes())
    rows = [json.loads(line) for line in raw.splitlines()]
    assert rows[:2] == ROWS
    assert [row["_id"] for row in rows] == ["a", "b", "a-1", "b-1", "a-2"]
    assert rows[2]["url"] == "https://a.org?1"
    assert (tmp_path / "large" / "queries.jsonl").read_text().count("\n") == 1


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    assert set(find_names_by_frequency([row["text"] for row in ROWS])) >= {"Okoro", "Lind", "Vell"}
    assert "Ferry" not in find_names_by_frequency([row["text"] for row in ROWS])


def test_names_change_places_and_none_is_lost() -> None:
    names = [f"Name{n}" for n in range(120)]
    exchanged = exchange(names, 1)
    assert sorted(exchanged) == sorted(exchanged.values()) == sorted(names)
    assert exchanged != exchange(names, 2)
