"""Guides and round-ups are told from reports by their headlines, in five languages."""

from __future__ import annotations

import pytest

from retrieval.stories.headline_kinds import is_gathering, is_guide


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Harbour news recap: ferries, fog", "en"),
        ("This week in Aldan", "en"),
        ("Podcast: on boats", "en-GB"),
        ("Harbour Weekly #12: fog, ferries", "en"),
        ("Die Woche in Aldan", "de"),
        ("Cinco cosas que pasaron en el puerto", "es"),
        ("La semaine en images", "fr"),
        ("港口一周要闻", "zh"),
        ("Weekly review", "xx"),  # no table: read as English
    ],
)
def test_a_round_up_says_so(title: str, language: str) -> None:
    assert is_gathering(title, language)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("How to moor a ferry", "en"),
        ("Ferry tickets explained", "en"),
        ("Where to find the herring stalls", "en"),
        ("Is there a ferry to Helm?", "en"),
        ("Best boats for beginners", "en"),
        ("So funktioniert die neue Fähre", "de"),
        ("Cómo llegar al puerto", "es"),
        ("Comment réserver un ferry", "fr"),
        ("如何预订渡轮", "zh"),
    ],
)
def test_a_guide_says_so(title: str, language: str) -> None:
    assert is_guide(title, language)


@pytest.mark.parametrize(
    "title",
    [
        "Council reviews the harbour every week",
        "Pilot guided to safety after fog",
        "Engineer says how long it takes to mend the bridge",
        "Best year for herring since 1990, fishers say",
    ],
)
def test_a_report_is_neither(title: str) -> None:
    assert not is_gathering(title, "en")
    assert not is_guide(title, "en")
