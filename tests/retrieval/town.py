"""A small town's coverage in our own words: one big story, its sister, and other news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from retrieval.index import IndexWriter
from retrieval.model import Article

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import SegmentSnapshot

FIRST_DAY = datetime(2024, 5, 4, 9, tzinfo=UTC)

WIRE = (
    "Engineers found cracks in two pillars of the Aldan harbour bridge, the council said on"
    " Saturday, and it will close in June for a year. Repairs will cost 40 million crowns."
)

BRIDGE = (
    ("Aldan Courier", 0, "Harbour bridge to close for a year",
     ("The Aldan harbour bridge will close in June for a year after engineers found cracks in two"
     " pillars. Mayor Ines Varga announced the closure on Saturday.")),
    ("Northern Wire", 2, "Aldan harbour bridge to close after cracks found", WIRE),
    ("Radio Fjord", 5, "Cracks close Aldan harbour bridge", f"{WIRE} (Northern Wire)"),
    ("Evening Lantern", 8, "Aldan bridge closes in June", WIRE),
    ("The Quay", 26, "What the closed harbour bridge means for commuters",
     ("About 9,000 commuters cross the Aldan harbour bridge every day. Ferries will carry them"
     " while the bridge is shut, Mayor Ines Varga said, though crews say they lack boats.")),
    ("Daily Mast", 30, "Aldan bridge repair to cost 55 million crowns",
     ("Repairs of the Aldan harbour bridge will cost 55 million crowns, the builders said. Cracks"
     " in two pillars close the bridge in June for a year.")),
)  # fmt: skip
SISTER = (
    ("Aldan Courier", -24 * 400, "Station bridge in Bremholm closes for repairs",
     ("The station bridge in Bremholm will close in March for six weeks. Mayor Tomas Lind said the"
     " railings were loose.")),
    ("Northern Wire", -24 * 400 + 3, "Bremholm station bridge to close for six weeks",
     ("Loose railings close the station bridge in Bremholm in March for six weeks, Mayor Tomas Lind"
     " said.")),
)  # fmt: skip
OTHER = (
    ("Aldan Courier", 4, "Choir wins prize in Helm", "The Aldan choir won the prize in Helm."),
    ("Radio Fjord", 9, "Rain expected all week", "Forecasters see rain until Sunday."),
    ("The Quay", 12, "Herring catch falls again", "Boats landed a third less herring this spring."),
    ("Daily Mast", 20, "New head for the harbour school", "Lena Ost will head the harbour school."),
    ("Evening Lantern", 33, "Library opens on Sundays", "The library opens on Sundays from July."),
)  # fmt: skip


def make_report(outlet: str, hours: int, title: str, body: str) -> Article:
    """Give a report that came some hours after the first day's morning."""
    name = f"{outlet}-{hours}".lower().replace(" ", "-")
    return Article(
        id=name, title=title, body=body, outlet=outlet, url=f"https://example.org/{name}",
        published=FIRST_DAY + timedelta(hours=hours), date_from="field",
    )  # fmt: skip


def make_coverage() -> list[Article]:
    """Give all the reports of the town."""
    return [make_report(*report) for report in (*BRIDGE, *SISTER, *OTHER)]


def index_articles(folder: Path, articles: list[Article]) -> SegmentSnapshot:
    """Index the articles in an empty folder."""
    with IndexWriter(folder) as writer:
        return writer.update(add=articles)
