from __future__ import annotations

from retrieval.evaluation.baselines import measure_baselines
from retrieval.evaluation.dataset import Query
from tests.support.articles import make_article

ARTICLES = (
    make_article(id="a", title="Dam", body="The dam broke on Monday. Nobody was hurt."),
    make_article(id="b", title="Ferry", body="The ferry has a new boat. It is named Petrel."),
)


def test_plain_tools_answer_what_stands_beside_the_words_asked() -> None:
    figures = measure_baselines(
        ARTICLES, [Query("q", "when did the dam break", answers=("Monday",))]
    )
    assert (
        figures["tfidf"]
        == figures["bm25"]
        == {
            "answer_in_reply": 1.0,
            "answer_in_first_quote": 1.0,
        }
    )


def test_without_questions_there_is_nothing_to_measure() -> None:
    assert measure_baselines(ARTICLES, []) == {}
