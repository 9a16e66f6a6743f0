"""Identity of entries: a law for feeds that are polled again and again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.entries import FeedEntry
from bot.feeds.identity import Identified, fingerprint_entry, identify_entries
from bot.store import StoredEntry

few = st.sampled_from(["", "a", "b", "c"])
links = st.sampled_from(["", "https://e.example/1", "https://e.example/2"])
entries = st.lists(
    st.builds(FeedEntry, guid=few, url=links, title=st.sampled_from("xyz"), text=few), max_size=6
)


def keep(
    identified: tuple[Identified, ...], before: tuple[StoredEntry, ...]
) -> tuple[StoredEntry, ...]:
    """What the store holds after a poll."""
    kept = {stored.key: stored for stored in before}
    for one in identified:
        kept[one.key] = StoredEntry(
            key=one.key,
            guid=one.guid,
            address=one.address,
            fingerprint=one.fingerprint,
            title=one.entry.title,
            published=None,
        )
    return tuple(kept.values())


@given(entries)
def test_the_same_feed_again_holds_nothing_new(listed: list[FeedEntry]) -> None:
    kept = keep(identify_entries(listed, ()), ())
    again = identify_entries(listed, kept)
    assert all(one.known is not None and not one.edited for one in again)


@given(entries)
def test_every_entry_has_a_key_of_its_own(listed: list[FeedEntry]) -> None:
    identified = identify_entries(listed, ())
    distinct = {(e.guid, e.url, fingerprint_entry(e)) for e in listed}
    assert len({one.key for one in identified}) == len(identified) == len(distinct)


@given(entries, st.randoms())
def test_order_does_not_matter(listed: list[FeedEntry], random: object) -> None:
    kept = keep(identify_entries(listed, ()), ())
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    assert all(one.known is not None for one in identify_entries(shuffled, kept))


@given(entries)
def test_an_edit_under_its_own_guid_is_no_new_entry(listed: list[FeedEntry]) -> None:
    unique = [replace(entry, guid=f"urn:{n}") for n, entry in enumerate(listed)]
    kept = keep(identify_entries(unique, ()), ())
    edited = [replace(entry, title=f"{entry.title}!", url="") for entry in unique]
    assert all(one.known and one.edited for one in identify_entries(edited, kept))


def test_what_was_lost_by_the_store_gets_the_same_key_again() -> None:
    listed = [FeedEntry(guid="urn:1", url="https://e.example/1", title="Bridge shut")]
    assert identify_entries(listed, ())[0].key == identify_entries(listed, ())[0].key
