"""The chart of a story: what it shows, what it says to those who cannot see it, what it bears."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.image import imread

from bot.discord_bot.charts import ALT_LENGTH, DOT, GROUND, ROWS, arrange_rows, draw_timeline
from bot.wording import LANGUAGES, Wording
from retrieval.model import Chapter, CopyGroup, Story, Timeline
from tests.bot.hostile import texts
from tests.support.articles import make_article

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retrieval.model import Article

START = datetime(2031, 5, 3, 9, tzinfo=UTC)
ENGLISH = Wording("en")


def report(n: int, outlet: str = "", *, days: float = 0.0) -> Article:
    return make_article(
        n=n, outlet=outlet or f"Outlet {n}", published=START + timedelta(days=days or n)
    )


def told(*articles: Article, copies: tuple[Article, ...] = ()) -> Timeline:
    return Timeline(Story(articles, (CopyGroup(copies),) if copies else ()), ())


def look(png: bytes) -> NDArray[np.float32]:
    """The picture as numbers: rows, columns, and red, green, blue and opacity from 0 to 1."""
    return np.asarray(imread(io.BytesIO(png)))


def test_each_outlet_has_a_row_in_order_of_first_report() -> None:
    timeline = told(report(1, "Courier"), report(2, "Radio"), report(3, "Courier"))
    rows = arrange_rows(timeline, ENGLISH)
    assert [(row.outlet, len(row.reports)) for row in rows] == [("Courier", 2), ("Radio", 1)]


def test_a_copy_is_marked_and_the_first_of_its_text_is_not() -> None:
    first, copy = report(1, "Courier"), report(2, "Radio")
    rows = arrange_rows(told(first, copy, copies=(first, copy)), ENGLISH)
    assert [copied for row in rows for _, copied in row.reports] == [False, True]


def test_outlets_past_the_last_row_share_it() -> None:
    rows = arrange_rows(told(*(report(n) for n in range(1, ROWS + 4))), ENGLISH)
    assert len(rows) == ROWS
    assert rows[-1].outlet == "4 more outlets"
    assert sum(len(row.reports) for row in rows) == ROWS + 3


def test_fewer_than_two_dated_reports_are_no_chart() -> None:
    undated = make_article(n=2, published=None)
    assert draw_timeline(told(report(1), undated), ENGLISH) is None
    assert draw_timeline(told(), ENGLISH) is None


def test_the_picture_is_opaque_on_a_ground_of_its_own_with_something_light_on_it() -> None:
    chart = draw_timeline(told(report(1), report(9)), ENGLISH)
    assert chart is not None
    seen = look(chart.png)
    ground = np.array([int(GROUND[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    assert np.allclose(seen[0, 0, :3], ground, atol=0.01)
    assert seen[..., 3].min() == 1
    assert seen[..., :3].min(axis=2).max() > 0.9
    assert seen.shape[1] == 1000


def find_dots(png: bytes) -> tuple[float, float]:
    """Where the first and the last dot are across the picture, as shares of its width."""
    seen = look(png)[..., :3]
    blue = np.array([int(DOT[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    (columns,) = np.isclose(seen, blue, atol=0.02).all(axis=2).any(axis=0).nonzero()
    return columns[0] / seen.shape[1], columns[-1] / seen.shape[1]


@pytest.mark.parametrize("days", [1, 2, 400])
def test_the_first_and_last_day_stand_under_their_dots(days: int) -> None:
    chart = draw_timeline(told(report(1, days=0.1), report(2, days=0.1 + days)), ENGLISH)
    assert chart is not None
    first, last = find_dots(chart.png)
    assert first < 0.1
    assert last > 0.9


def test_reports_of_a_single_day_are_no_chart() -> None:
    assert draw_timeline(told(report(1, days=0.1), report(2, days=0.2)), ENGLISH) is None


def test_the_reports_of_all_chapters_are_drawn() -> None:
    early, late = report(1, "Courier", days=1), report(2, "Radio", days=90)
    chapters = tuple(Chapter(Story((article,)), ()) for article in (early, late))
    timeline = replace(told(late), chapters=chapters)
    assert [row.outlet for row in arrange_rows(timeline, ENGLISH)] == ["Courier", "Radio"]
    assert draw_timeline(timeline, ENGLISH) is not None


def test_more_outlets_make_it_taller_not_smaller() -> None:
    few = draw_timeline(told(report(1), report(2)), ENGLISH)
    many = draw_timeline(told(*(report(n) for n in range(1, 9))), ENGLISH)
    assert few is not None
    assert many is not None
    assert look(many.png).shape[0] > 2 * look(few.png).shape[0]
    assert look(many.png).shape[1] == look(few.png).shape[1]


def test_hollow_dots_are_explained_where_there_are_any() -> None:
    first, copy = report(1), report(2)
    plain = draw_timeline(told(first, copy), ENGLISH)
    marked = draw_timeline(told(first, copy, copies=(first, copy)), ENGLISH)
    assert plain is not None
    assert marked is not None
    assert look(plain.png).shape[0] < look(marked.png).shape[0]


def test_the_words_say_what_the_picture_shows() -> None:
    chart = draw_timeline(
        told(report(1, "Courier"), report(2, "Radio"), report(4, "Courier")), ENGLISH
    )
    assert chart is not None
    assert chart.alt == (
        "Chart of a story. Reports: 3, outlets: 2, from 4 May 2031 to 7 May 2031. "
        "Courier: 4 May 2031, 7 May 2031. Radio: 5 May 2031."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_drawn(language: str) -> None:
    first, copy = report(1), report(2)
    chart = draw_timeline(told(first, copy, copies=(first, copy)), Wording(language))
    assert chart is not None
    assert 0 < len(chart.alt) <= ALT_LENGTH


@settings(max_examples=12, deadline=None)
@given(st.lists(texts(), min_size=2, max_size=15))
def test_no_name_of_an_outlet_breaks_it(names: list[str]) -> None:
    chart = draw_timeline(told(*(report(n, name) for n, name in enumerate(names, 1))), ENGLISH)
    assert chart is not None
    assert 0 < len(chart.alt) <= ALT_LENGTH


def test_matplotlib_is_loaded_for_a_chart_only() -> None:
    script = "import sys, bot.discord_bot.client; print('matplotlib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
