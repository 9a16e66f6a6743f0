from __future__ import annotations

from retrieval.evaluation.dataset import DevelopmentSet, Query
from retrieval.evaluation.training import leave_out
from tests.support.articles import make_article


def test_questions_about_what_another_set_holds_are_left_out() -> None:
    dam = make_article(id="dam", title="Dam", body="The dam of Aldan broke on Monday.")
    mill = make_article(id="mill", title="Mill", body="The mill of Orval stands still.")
    asked = (
        Query(id="1", text="When did the dam break?"),
        Query(id="2", text="Which mill stands?"),
    )
    pages = DevelopmentSet((dam, mill), asked, {"1": {"dam": 1}, "2": {"mill": 1}})
    copy = make_article(id="copy", title="The dam", body="The dam of  Aldan broke on Monday.\n")
    left = leave_out(pages, DevelopmentSet((copy,), (), {}))
    assert [query.id for query in left.queries] == ["2"]
    assert left.articles == pages.articles
