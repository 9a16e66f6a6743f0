from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.reading import Ledger, ReadingOptions, read_coverage
from tests.retrieval.reading.coverage_files import write

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.reading import Reading


def post(day: str, text: str = "The crane turns, and the port is glad of it.") -> str:
    return f"---\ntitle: Crane of {day}\ndate: {day}\n---\n{text}\n"


def read(folder: Path, cache: Path, *, day_first: bool = False) -> Reading:
    with Ledger.open(cache / "ledger.sqlite3") as ledger:
        reading = read_coverage([folder], ledger, options=ReadingOptions(day_first=day_first))
        reading.commit()
    return reading


def days(reading: Reading) -> set[str]:
    return {str(article.day) for article in reading.changed}


@pytest.mark.parametrize(
    ("beside", "day"), [("25/10/2023", "2023-10-09"), ("10/25/2023", "2023-09-10")]
)
def test_the_other_dates_of_the_folder_tell_day_from_month(
    tmp_path: Path, beside: str, day: str
) -> None:
    write(tmp_path / "news", "a.md", post("09/10/2023"))
    write(tmp_path / "news", "b.md", post(beside))
    reading = read(tmp_path / "news", tmp_path)

    assert day in days(reading)
    assert not reading.warnings


def test_what_nothing_tells_is_read_as_set_and_said(tmp_path: Path) -> None:
    write(tmp_path / "news", "a.md", post("09/10/2023"))

    for day_first, day, order in ((False, "2023-09-10", "month"), (True, "2023-10-09", "day")):
        reading = read(tmp_path / "news", tmp_path, day_first=day_first)
        assert days(reading) == {day}
        assert f"read {order} first" in reading.warnings[0]
        assert "coverage.date_order" in reading.warnings[0]


def test_a_date_that_comes_later_tells_of_those_read_before(tmp_path: Path) -> None:
    write(tmp_path / "news", "a.md", post("09/10/2023"))
    read(tmp_path / "news", tmp_path)
    write(tmp_path / "news", "b.md", post("25/10/2023"))

    assert days(read(tmp_path / "news", tmp_path)) == {"2023-10-09", "2023-10-25"}
    assert not read(tmp_path / "news", tmp_path).changed


def test_no_language_but_english_puts_the_month_first(tmp_path: Path) -> None:
    text = "Der Kran dreht sich, und der Hafen freut sich darüber."
    write(tmp_path / "news", "a.md", post("09/10/2023", text))
    reading = read(tmp_path / "news", tmp_path)

    assert days(reading) == {"2023-10-09"}
    assert not reading.warnings
