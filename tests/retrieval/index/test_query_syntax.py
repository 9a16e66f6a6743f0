from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.query_syntax import ParsedQuery, parse_query


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("harbour bridge", ParsedQuery("harbour bridge")),
        (
            '"harbour bridge" mayor',
            ParsedQuery(" harbour bridge  mayor", phrases=("harbour bridge",)),
        ),
        (
            "\u201charbour bridge\u201d",
            ParsedQuery(" harbour bridge ", phrases=("harbour bridge",)),
        ),
        ("bridge -ferry", ParsedQuery("bridge       ", excluded=("ferry",))),
        ('bridge -"night ferry"', ParsedQuery("bridge               ", excluded=("night ferry",))),
        ("title:bridge mayor", ParsedQuery("      bridge mayor", titled=("bridge",))),
        (
            'OUTLET:"The Quay" bridge',
            ParsedQuery("                  bridge", outlets=("The Quay",)),
        ),
        ("GPT-4 F-35 -", ParsedQuery("GPT-4 F-35 -")),
        ('the "bridge', ParsedQuery('the "bridge')),
        ('what is this: ""', ParsedQuery('what is this: ""')),
        ("http://example.org", ParsedQuery("http://example.org")),
    ],
)
def test_what_was_typed_is_understood(typed: str, query: ParsedQuery) -> None:
    assert parse_query(typed) == query


@given(st.text())
def test_any_text_is_a_query(typed: str) -> None:
    assert isinstance(parse_query(typed).text, str)


@given(st.text(st.sampled_from('ab -":title:outlet:“”')))
def test_a_word_stands_where_it_was_typed(typed: str) -> None:
    text = parse_query(typed).text
    assert len(text) == len(typed)
    assert all(
        now in (" ", before) or before in "“”" for now, before in zip(text, typed, strict=True)
    )
