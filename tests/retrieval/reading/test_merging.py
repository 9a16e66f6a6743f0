from __future__ import annotations

from datetime import UTC, datetime

from retrieval.model import Article
from retrieval.reading.merging import merge_articles

DAY = datetime(2023, 9, 11, tzinfo=UTC)


def test_the_first_records_bibliography_is_completed_by_the_others() -> None:
    merged = merge_articles(
        [
            Article(id="a", title="One", body="Text.", topics=("x",), aliases=("Uno",)),
            Article(id="a", title="Two", outlet="Wire", author="Ada", topics=("y", "x")),
            Article(id="a", title="One", published=DAY, date_from="field", quality=0.0),
        ]
    )

    assert merged.title == "One"
    assert merged.aliases == ("Uno", "Two")
    assert (merged.outlet, merged.author, merged.quality) == ("Wire", "Ada", 0.0)
    assert (merged.published, merged.date_from) == (DAY, "field")
    assert merged.topics == ("x", "y")


def test_an_original_text_is_preferred_to_a_digest_of_it() -> None:
    digest = Article(id="a", title="One", body="Retold at length.", digest=True)
    original = Article(id="a", title="One", excerpt="As written.")

    for records in ([digest, original], [original, digest]):
        merged = merge_articles(records)
        assert (merged.text, merged.digest) == ("As written.", False)


def test_an_empty_record_takes_the_text_of_another() -> None:
    merged = merge_articles(
        [
            Article(id="a", title="One"),
            Article(id="a", title="One", excerpt="Words.", language="fr"),
        ]
    )

    assert (merged.text, merged.language) == ("Words.", "fr")
