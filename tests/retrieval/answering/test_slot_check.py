"""What a sentence must give to answer: the holder of a post, the right count, version and deed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from retrieval.coverage import Coverage
from tests.support.articles import make_article

TODAY = date(2024, 6, 1)

REPORTS = (
    (2, "Anna Quay to replace Boris Venn", "Anna Quay is to replace Boris Venn as harbour boss."),
    (
        20,
        "Rita Orsk named harbour director of Vell",
        "Rita Orsk is the new director of the harbour of Vell. Rita Orsk replaced Anna Quay.",
    ),
    (
        21,
        "Harbour director of Vell is happy with the year",
        "The harbour of Vell has 12 cranes and 340 berths. It ranks among the top 5 of the coast.",
    ),
    (
        22,
        "Sailmaker 6.3 released",
        "Sailmaker 6.3 is out with a new chart. The chart of Sailmaker 6.2 was grey.",
    ),
    (
        23,
        "What comes in Sailmaker 6.4",
        "The upcoming Sailmaker 6.4 adds a compass.",
    ),
    (24, "Ferry Ulla sets out", "The ferry Ulla might leave in May, it is said ..."),
    (25, "The Ulla leaves", "The ferry Ulla leaves on 9 June, and the crew knows ..."),
    (26, "Money for Orsk", "The county invests 4 million euros in Orsk."),
    (
        28,
        "The Quay Ferry 2 sets sail",
        "Quay Ferry 2 carries 90 cars. The owners of Quay Ferry 2 want to paint it.",
    ),
    (28, "Quay Ferry 2 and its decks", "The biggest problem of all those decks on board is ..."),
    (29, "Harbour opens", "The market hall of Brok opens in spring. It opens on 4 July in full."),
    (30, "Kite", "The Kite sails for everyone in boats that dogs can board. Helm bans dogs."),
    (31, "Kite again", "Dogs may ride on the Kite, except in July, says Helm."),
    (
        32,
        "Opening race",
        "The race is the pride of Kite sailors. Dunmore won the opening race, beating Helm by far.",
    ),
    (33, "The race", "Orla Kite could win the opening race, hopes her father."),
    (
        3,
        "Seals of the bay: 25 seals need a home",
        "The number of seals that were counted grew from 40 the year before to 72 in 2023.",
    ),
    (27, "A café", "The café has a fund, so its guests are worry-free."),
)


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    articles = [
        make_article(
            id=title,
            title=title,
            body=body,
            published=datetime(2024, 5, min(day, 31), tzinfo=UTC),
            outlet=f"Paper {day}",
        )
        for day, title, body in REPORTS
    ]
    return Coverage.of_articles(articles, tmp_path_factory.mktemp("coast"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who is the director of the harbour of vell", "Rita Orsk is the new director"),
        ("who replaced anna quay", "Rita Orsk replaced Anna Quay"),
        ("how many berths does the harbour of vell have", "340 berths"),
        ("what is the newest sailmaker", "Sailmaker 6.3"),
        ("when does the ulla leave", "9 June"),
        ("how much does the county spend in orsk", "4 million euros"),
        ("how many cars does qf2 carry", "90 cars"),
        ("when does the market hall of brok open", "4 July"),
        ("are dogs on the kite", "except in July"),
        ("who won the opening race", "Dunmore won"),
        ("how many seals were counted in 2023", "to 72 in 2023"),
    ],
)
def test_the_quote_gives_what_was_asked(coast: Coverage, question: str, said: str) -> None:
    assert said in coast.ask(question, as_of=TODAY).quotes[0].text


@pytest.mark.parametrize(
    "question",
    [
        "who founded the harbour of vell",
        "how many cafes does the harbour of vell have",
        "when does sailmaker 7.0 come out",
        "how much money is in the fund of the café",
    ],
)
def test_what_is_not_said_is_not_answered(coast: Coverage, question: str) -> None:
    assert not coast.ask(question, as_of=TODAY).quotes
