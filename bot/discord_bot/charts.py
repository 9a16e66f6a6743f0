"""A story over time as a picture: a row per outlet, a dot per report, hollow where it is a copy."""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from bot.wording import Wording
    from retrieval.model import Article, Timeline

ROWS = 12
NAME_LENGTH = 40
ALT_LENGTH = 1024  # of an attachment's description
DOTS_PER_INCH = 200
WIDTH, ROW_HEIGHT = 5.0, 0.56  # inches; a phone shows the width in about 300 pixels
LEGEND, TOP, BOTTOM = 0.4, 0.1, 0.4  # inches; the days stand at the bottom
FONT_SIZE = 13  # points: about 10 pixels on that phone

# A ground of its own, so that the picture reads the same in the dark and in the light theme.
GROUND, INK, FAINT, DOT = "#1e2127", "#f2f3f5", "#6d7380", "#62b0ff"

DOT_STYLE: Mapping[str, Any] = MappingProxyType({"color": DOT, "markersize": 10})
# Tried in this order for each character; Matplotlib brings the first along.
FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
)

Fonts: TypeAlias = Mapping[str, frozenset[int]]  # the code points of each

_drawing = threading.Lock()  # Matplotlib shares its font cache between threads without a lock


@dataclass(frozen=True, slots=True)
class Chart:
    """A PNG and the words for those who do not see it."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet's reports: the day of each, and whether it copies an earlier one."""

    outlet: str
    reports: tuple[tuple[date, bool], ...]


def draw_timeline(timeline: Timeline, wording: Wording) -> Chart | None:
    """Draw the dated reports of a story and its chapters; none where all are of one day.

    Slow: not for the loop.
    """
    rows = arrange_rows(timeline, wording)
    if len({day for row in rows for day, _ in row.reports}) < 2:  # noqa: PLR2004  # a column of dots shows nothing
        return None
    with _drawing:
        png = _render(_draw(rows, wording))
    return Chart(png, describe_rows(rows, wording))


def arrange_rows(timeline: Timeline, wording: Wording) -> tuple[Row, ...]:
    """The outlets in order of first report; those past `ROWS` share the last row."""
    told = [chapter.story for chapter in timeline.chapters] or [timeline.story]
    copies = {a.id for story in told for group in story.copies for a in group.articles[1:]}
    by_outlet: dict[str, list[tuple[date, bool]]] = {}
    for article in dict.fromkeys(article for story in told for article in story.articles):
        if article.day is not None:
            reports = by_outlet.setdefault(_name(article, wording), [])
            reports.append((article.day, article.id in copies))
    rows = [Row(outlet, tuple(reports)) for outlet, reports in by_outlet.items()]
    if len(rows) <= ROWS:
        return tuple(rows)
    rest = rows[ROWS - 1 :]
    together = tuple(sorted(report for row in rest for report in row.reports))
    return (*rows[: ROWS - 1], Row(wording.say("chart.others", n=len(rest)), together))


def describe_rows(rows: Sequence[Row], wording: Wording) -> str:
    """The picture in words: how many reports, from when to when, and the days of each outlet."""
    days = [day for row in rows for day, _ in row.reports]
    said = wording.say(
        "chart.alt",
        n=len(days),
        outlets=len(rows),
        first=wording.day(min(days)),
        last=wording.day(max(days)),
    )
    for row in rows:
        each = ", ".join(wording.day(day) for day in sorted({day for day, _ in row.reports}))
        more = f" {wording.say('chart.alt_outlet', outlet=row.outlet, days=each)}"
        if len(said) + len(more) > ALT_LENGTH:
            break
        said += more
    return said


def _name(article: Article, wording: Wording) -> str:
    name = article.outlet or article.domain or wording.say("reply.unnamed_outlet")
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def _draw(rows: Sequence[Row], wording: Wording) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415  # half a second, for charts only

    fonts = _choose_fonts()
    copies = any(copied for row in rows for _, copied in row.reports)
    top = TOP + (LEGEND if copies else 0)
    height = top + ROW_HEIGHT * len(rows) + BOTTOM
    figure = Figure((WIDTH, height), DOTS_PER_INCH, facecolor=GROUND)
    axes = figure.add_axes((0.04, BOTTOM / height, 0.92, 1 - (top + BOTTOM) / height))
    _draw_axis(axes, rows, wording, fonts)
    for place, row in enumerate(rows):
        _draw_row(axes, len(rows) - place, row, fonts)
    if copies:
        _draw_legend(axes, wording, fonts)
    return figure


def _draw_axis(axes: Axes, rows: Sequence[Row], wording: Wording, fonts: Fonts) -> None:
    """Write the first day under its dots at the left end and the last at the right."""
    days = sorted({day for row in rows for day, _ in row.reports})
    room = (days[-1] - days[0]).days * 0.03
    axes.set_xlim(days[0].toordinal() - room, days[-1].toordinal() + room)
    axes.set_ylim(0.6, len(rows) + 0.7)
    axes.set_axis_off()
    ends = [(days[0], 0.0, "left"), (days[-1], 1.0, "right")]
    for day, x, side in ends:
        _write(
            axes, (x, -0.02), wording.day(day), fonts, ha=side, va="top", transform=axes.transAxes
        )


def _draw_row(axes: Axes, height: int, row: Row, fonts: Fonts) -> None:
    axes.axhline(height, color=FAINT, linewidth=0.8, zorder=1)
    margin = axes.get_yaxis_transform()  # x as a share of the width, y as a row
    _write(axes, (0, height + 0.25), row.outlet, fonts, transform=margin)
    for copied in (True, False):
        days = [day.toordinal() for day, is_copy in row.reports if is_copy == copied]
        face = GROUND if copied else DOT
        axes.plot(days, [height] * len(days), "o", markerfacecolor=face, **DOT_STYLE)


def _draw_legend(axes: Axes, wording: Wording, fonts: Fonts) -> None:
    for face, key in ((DOT, "chart.report"), (GROUND, "chart.copy")):
        label = _drawable(wording.say(key), fonts)
        axes.plot([], [], "o", markerfacecolor=face, label=label, **DOT_STYLE)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1),
        ncols=2,
        frameon=False,
        handletextpad=0,
        labelcolor=INK,
        prop=_style(fonts),
    )


def _write(axes: Axes, where: tuple[float, float], text: str, fonts: Fonts, **place: Any) -> None:  # noqa: ANN401  # what Axes.text takes
    shown = _drawable(text, fonts)
    axes.text(*where, shown, color=INK, font=_style(fonts), parse_math=False, **place)


def _style(fonts: Fonts) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  # as above

    return FontProperties(family=list(fonts), size=FONT_SIZE)


def _choose_fonts() -> Fonts:
    """The characters that each installed one of `FONTS` has."""
    from matplotlib.font_manager import findfont, fontManager, get_font  # noqa: PLC0415  # as above

    installed = set(fontManager.get_font_names())
    return {
        name: frozenset(get_font(findfont(name)).get_charmap())
        for name in FONTS
        if name in installed
    }


def _drawable(text: str, fonts: Fonts) -> str:
    """The text with a box for each character that no font here has."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if any(ord(c) in has for has in fonts.values()) else "□" for c in composed)


def _render(figure: Figure) -> bytes:
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
