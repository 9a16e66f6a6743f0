from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.coverage import Coverage
from retrieval.model import AnswerNote
from retrieval.question.context import parse_context
from tests.retrieval.town import make_coverage

if TYPE_CHECKING:
    from retrieval.model import Answer

AS_OF = date(2024, 5, 20)


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.of_articles(make_coverage(), tmp_path_factory.mktemp("cache"))


def ask(coverage: Coverage, text: str, before: str = "Aldan harbour bridge close") -> Answer:
    return coverage.ask(text, as_of=AS_OF, context=parse_context(before))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Who reported it first?", "Aldan harbour bridge close"),
        ("Who had the story first?", "Aldan harbour bridge close"),
        ("Which outlet first reported that the Aldan harbour bridge will close?", ""),
    ],
)
def test_who_was_first_is_told_by_the_earliest_reports_in_order_of_time(
    coverage: Coverage, text: str, before: str
) -> None:
    answer = ask(coverage, text, before)
    published = [source.article.published for source in answer.sources]
    assert answer.sources[0].article.outlet == "Aldan Courier"
    assert published == sorted(day for day in published if day)
    note = answer.notes[-1]
    assert (note.kind, note.outlet, note.day) == ("first_report", "Aldan Courier", date(2024, 5, 4))
    assert note.others == ("Northern Wire",)
    assert note.unnamed > 0


def test_who_else_reported_it_gets_the_others_without_their_copies(coverage: Coverage) -> None:
    answer = ask(coverage, "Who else reported it?")
    outlets = [source.article.outlet for source in answer.sources]
    assert outlets[0] == "Northern Wire"
    assert not {"Aldan Courier", "Radio Fjord", "Evening Lantern"} & set(outlets)
    assert answer.notes[-1].others[:3] == ("Northern Wire", "Radio Fjord", "Evening Lantern")


def test_a_story_that_one_outlet_has_is_said_to_be_its_own(coverage: Coverage) -> None:
    answer = ask(coverage, "Who first reported that the herring catch falls again?", "")
    alone = AnswerNote(kind="first_report", outlet="The Quay", day=date(2024, 5, 4))
    assert answer.notes[-1] == alone


def test_reports_more_than_a_day_after_the_as_of_day_do_not_count(coverage: Coverage) -> None:
    answer = coverage.ask(
        "Who else reported it?",
        as_of=date(2024, 5, 3),
        context=parse_context("Aldan harbour bridge close"),
    )
    assert "Daily Mast" not in answer.notes[-1].others


def test_what_is_not_covered_was_reported_by_nobody(coverage: Coverage) -> None:
    answer = ask(coverage, "Who first reported that Mars has rivers?", "")
    assert not answer.answered
    assert answer.notes == ()


def test_more_of_a_story_are_the_reports_that_are_not_cited(coverage: Coverage) -> None:
    answer = ask(coverage, "Who reported it first?")
    cited = {source.article.id for source in answer.sources}
    assert answer.more
    assert cited.isdisjoint(article.id for article in answer.more)


def test_quotes_of_reports_are_cut_from_their_articles(coverage: Coverage) -> None:
    answer = ask(coverage, "Who reported it first?")
    for quote, source in zip(answer.quotes, answer.sources, strict=True):
        assert source.article.text.startswith(quote.text, quote.start)
        assert quote.source == source.n
