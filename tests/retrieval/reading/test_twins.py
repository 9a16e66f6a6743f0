from __future__ import annotations

from typing import TYPE_CHECKING

from tests.retrieval.reading.coverage_files import read, write

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "The port has ordered a second crane, which is to come in spring. It lifts more than any other "
    "crane on this coast, and the town has waited for it since the storm of last year."
)


def post(url: str, day: str, *, outlet: str = "Port News", text: str = TEXT, more: str = "") -> str:
    return f"---\ntitle: Second crane\nurl: {url}\ndate: {day}\nsite: {outlet}\n{more}---\n{text}\n"


def test_one_text_of_one_outlet_under_two_addresses_is_one_article(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder, "a.md", post("https://port.example/moved/crane", "2024-05-04"))
    write(folder, "b.md", post("https://port.example/crane", "2024-05-03"))
    reading = read(folder, tmp_path)

    assert [article.url for article in reading.changed] == ["https://port.example/crane"]
    assert reading.articles == 1


def test_the_copy_in_another_outlet_is_an_article_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder, "a.md", post("https://port.example/crane", "2024-05-04"))
    write(folder, "b.md", post("https://wire.example/crane", "2024-05-03", outlet="The Wire"))

    assert read(folder, tmp_path).articles == 2


def test_short_texts_are_alike_by_chance(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder, "a.md", post("https://port.example/1", "2024-05-04", text="No ferry today."))
    write(folder, "b.md", post("https://port.example/2", "2024-05-03", text="No ferry today."))

    assert read(folder, tmp_path).articles == 2


def test_the_other_comes_back_when_the_first_goes(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder, "a.md", post("https://port.example/moved/crane", "2024-05-04"))
    first = write(folder, "b.md", post("https://port.example/crane", "2024-05-03"))
    (shown,) = read(folder, tmp_path).changed
    first.unlink()
    reading = read(folder, tmp_path)

    assert reading.removed == {shown.id}
    assert [article.url for article in reading.changed] == ["https://port.example/moved/crane"]
    assert reading.articles == 1


def test_an_earlier_one_that_comes_later_takes_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    write(folder, "a.md", post("https://port.example/moved/crane", "2024-05-04"))
    (shown,) = read(folder, tmp_path).changed
    write(folder, "b.md", post("https://port.example/crane", "2024-05-03"))
    reading = read(folder, tmp_path)

    assert reading.removed == {shown.id}
    assert [article.url for article in reading.changed] == ["https://port.example/crane"]
    assert not read(folder, tmp_path).changed


def test_what_two_feeds_brought_is_kept_apart(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    for feed in ("a", "b"):
        more = f"feed: {{id: {feed}, entry: one}}\n"
        write(folder, f"{feed}.md", post("https://port.example/c", "2024-05-04", more=more))

    assert read(folder, tmp_path).articles == 2
