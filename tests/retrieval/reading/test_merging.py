from __future__ import annotations

from datetime import UTC, datetime

from retrieval.model import Article, Revision
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


def test_the_newest_text_of_an_address_counts_and_the_older_is_kept_as_a_revision() -> None:
    first = Article(id="a", title="Nine cranes", body="Nine.", published=DAY, outlet="Wire")
    later = DAY.replace(day=12)
    mended = Article(id="a", title="Twelve cranes", body="Twelve.", published=later)
    for records in ([first, mended], [mended, first]):
        merged = merge_articles(records, own=2)
        assert (merged.title, merged.text, merged.day) == ("Twelve cranes", "Twelve.", later.date())
        assert merged.aliases == ("Nine cranes",)
        assert merged.outlet == "Wire"
        assert merged.revisions == (Revision(title="Nine cranes", text="Nine.", published=DAY),)


def test_the_day_of_an_update_tells_which_text_is_newer() -> None:
    old = Article(id="a", title="One", body="Old.", published=DAY)
    new = Article(id="a", title="One", body="New.", published=DAY, updated=DAY.replace(day=20))

    assert merge_articles([old, new], own=2).text == "New."


def test_what_a_list_relates_later_is_no_newer_text() -> None:
    own = Article(id="a", title="One", excerpt="Own words.", published=DAY)
    related = Article(id="a", title="Two", excerpt="Told.", published=DAY.replace(day=20))
    merged = merge_articles([own, related])

    assert (merged.title, merged.text, merged.revisions) == ("One", "Own words.", ())


def test_the_same_text_twice_is_no_revision() -> None:
    twice = [Article(id="a", title="One", body="Same.", published=DAY) for _ in range(2)]

    assert merge_articles(twice, own=2).revisions == ()
