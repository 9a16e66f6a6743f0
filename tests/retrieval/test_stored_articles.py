from __future__ import annotations

from datetime import timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from retrieval.model import Article, Revision
from retrieval.stored_articles import parse_record, render_record

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda n: timezone(timedelta(minutes=n)))
MOMENTS = st.datetimes(timezones=ZONES)
REVISIONS = st.builds(Revision, title=st.text(), text=st.text(), published=st.none() | MOMENTS)
ARTICLES = st.builds(
    Article,
    id=st.text(min_size=1),
    title=st.text(st.characters()),
    excerpt=st.text(),
    body=st.text(),
    url=st.none() | st.text(),
    published=st.none() | MOMENTS,
    topics=st.lists(st.text()).map(tuple),
    quality=st.none() | st.floats(0, 1),
    digest=st.booleans(),
    updated=st.none() | MOMENTS,
    revisions=st.lists(REVISIONS, max_size=2).map(tuple),
    aliases=st.lists(st.text()).map(tuple),
)


@given(ARTICLES)
def test_an_article_comes_back_as_it_went_in(article: Article) -> None:
    assert parse_record(render_record(article)) == article
