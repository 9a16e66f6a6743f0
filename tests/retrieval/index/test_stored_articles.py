from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.stored_articles import parse_record, render_record
from retrieval.model import Article

ARTICLES = st.builds(
    Article,
    id=st.text(min_size=1),
    title=st.text(st.characters()),
    excerpt=st.text(),
    body=st.text(),
    url=st.none() | st.text(),
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    topics=st.lists(st.text()).map(tuple),
    quality=st.none() | st.floats(0, 1),
    digest=st.booleans(),
    aliases=st.lists(st.text()).map(tuple),
)


@given(ARTICLES)
def test_an_article_comes_back_as_it_went_in(article: Article) -> None:
    assert parse_record(render_record(article)) == article
