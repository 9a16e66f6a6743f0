"""Stretches of days by the calendar: a day, a week, a month, a quarter, a season, a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]
Part = Literal["early", "mid", "late"]
MONTHS_IN_QUARTER = 3
DECEMBER = 12
DAYS_IN_MONTH = 30.4
FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included.

    `edge` is the one day meant by "since", "before" and their like where it is neither first nor
    last: "since two weeks ago" counts from that very day though "two weeks ago" names a week.
    """

    first: date
    last: date
    edge: date | None = None


def day_period(day: date) -> Period:
    return Period(day, day)


def week_of(day: date) -> Period:
    """Return Monday to Sunday (ISO 8601)."""
    monday = shift_days(day, -day.weekday())
    return Period(monday, shift_days(monday, 6))


def month_of(year: int, month: int) -> Period:
    """Return a calendar month; months below 1 and above 12 run over into other years."""
    year, month = year + (month - 1) // DECEMBER, (month - 1) % DECEMBER + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def quarter_of(year: int, quarter: int) -> Period:
    """Return a calendar quarter, 1 to 4; others run over into other years."""
    month = (quarter - 1) * MONTHS_IN_QUARTER + 1
    return Period(month_of(year, month).first, month_of(year, month + 2).last)


def half_of(year: int, half: int) -> Period:
    return Period(quarter_of(year, 2 * half - 1).first, quarter_of(year, 2 * half).last)


def season_of(year: int, season: str) -> Period:
    """Return three whole months, northern hemisphere; winter is named by the year it ends in."""
    month = FIRST_MONTH[season]
    first = month_of(year - 1 if month == DECEMBER else year, month).first
    return Period(first, month_of(first.year, first.month + 2).last)


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, DECEMBER, 31))


def unit_of(unit: Unit, day: date) -> Period:
    """Return the calendar unit that holds the day."""
    match unit:
        case "day":
            return day_period(day)
        case "week":
            return week_of(day)
        case "month":
            return month_of(day.year, day.month)
        case "quarter":
            return quarter_of(day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1)
        case "year":
            return year_of(day.year)


def part_of(period: Period, part: Part) -> Period:
    """Return a third: four months of a year, days 1-10, 11-20 or 21 to the end of a month."""
    n = ("early", "mid", "late").index(part)
    first = _third(period, n)
    return Period(first, period.last if part == "late" else shift_days(_third(period, n + 1), -1))


def _third(period: Period, n: int) -> date:
    months = round((period.last - period.first).days / DAYS_IN_MONTH)
    if months >= MONTHS_IN_QUARTER:
        return shift(period.first, "month", months * n // 3)
    days = 10 if months else 2
    return shift_days(period.first, days * n)


def shift_days(day: date, days: int) -> date:
    """Move by days, stopping at the ends of the calendar."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def shift(day: date, unit: Unit, count: int) -> date:
    """Move by whole units; a day that the month lacks becomes its last (31 March - 1 month)."""
    if unit in {"day", "week"}:
        return shift_days(day, count * timedelta(weeks=1).days if unit == "week" else count)
    months = {"month": 1, "quarter": MONTHS_IN_QUARTER, "year": DECEMBER}[unit] * count
    if not date.min.year <= day.year + (day.month - 1 + months) // DECEMBER <= date.max.year:
        return date.min if count < 0 else date.max
    landing = month_of(day.year, day.month + months)
    return landing.first.replace(day=min(day.day, landing.last.day))
