# ruff: noqa: RUF001  # full width and typographic marks are meant

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.dates import find_date_in_name, find_dateline, parse_date, parse_moment


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2023-09-11T19:03:00Z", utc(2023, 9, 11, 19, 3)),
        ("2024-04-26T01:33:00.546196Z", utc(2024, 4, 26, 1, 33)),
        ("2023-06-06 23:29 -05:00", utc(2023, 6, 7, 4, 29)),
        ("2020-12-16 9:59:00", utc(2020, 12, 16, 9, 59)),
        ("2014-09-09 21:10:00 -0700", utc(2014, 9, 10, 4, 10)),
        ("2016-1-05", utc(2016, 1, 5)),
        ("2016/01/05", utc(2016, 1, 5)),
        ("20160105", utc(2016, 1, 5)),
        ("2021年3月4日", utc(2021, 3, 4)),
        ("3 March 2021", utc(2021, 3, 3)),
        ("March 3rd, 2021", utc(2021, 3, 3)),
        ("Sep. 10, 2023", utc(2023, 9, 10)),
        ("Wed, 03 Mar 2021 10:30:00 +0100", utc(2021, 3, 3, 9, 30)),
        (date(2021, 3, 4), utc(2021, 3, 4)),
        (datetime(2021, 3, 4, 5, tzinfo=timezone(timedelta(hours=5))), utc(2021, 3, 4)),
        (datetime(2021, 3, 4, 5), utc(2021, 3, 4, 5)),  # noqa: DTZ001  # YAML gives naive ones
        (1614816000, utc(2021, 3, 4)),
    ],
)
def test_many_forms_of_date_give_an_aware_time(value: object, moment: datetime) -> None:
    printed = parse_date(value)

    assert printed is not None
    assert printed.moment == moment


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("7. Oktober 2022", "2022-10-07"), ("07.10.2022", "2022-10-07"),
        ("le 1er mai 2024", "2024-05-01"), ("7 octobre 2022", "2022-10-07"),
        ("7 de octubre de 2022", "2022-10-07"), ("7 de outubro de 2022", "2022-10-07"),
        ("7 ottobre 2022", "2022-10-07"), ("7 okt. 2022", "2022-10-07"),
        ("2022年10月7日（金）", "2022-10-07"), ("2022년 10월 7일", "2022-10-07"),
        ("7 октября 2022 г.", "2022-10-07"), ("7 Ekim 2022", "2022-10-07"),
        ("Tue, 7 Sept 2021 15:53:56 +0300", "2021-09-07"), ("Sept. 5, 2023", "2023-09-05"),
        ("October 7, 2022 at 3:45 PM", "2022-10-07"), ("20240503102030", "2024-05-03"),
        (20240503102030, "2024-05-03"), (1714730400000, "2024-05-03"), ("1714730400", "2024-05-03"),
        ("Updated 4:05 PM EDT, Tue May 7, 2024", "2024-05-07"), ("Mo, 25 Jun 2018", "2018-06-25"),
        ("Erschienen: 3. Mai 2024, 10:15 Uhr", "2024-05-03"), ("2022. október 7.", "2022-10-07"),
        ("2024-05-03T00:00:00+09:00", "2024-05-03"), ("Published on May 3, 2024", "2024-05-03"),
    ],
)  # fmt: skip
def test_a_day_as_outlets_print_it(value: object, day: str) -> None:
    moment = parse_moment(value)

    assert moment is not None
    assert moment.date().isoformat() == day


def test_a_date_of_figures_says_in_how_many_ways_it_can_be_read() -> None:
    both, day_first, month_first = map(parse_date, ("09/10/2023", "25/10/2023", "10/25/2023"))

    assert both is not None
    assert both.swapped == utc(2023, 10, 9)
    assert day_first is not None
    assert (day_first.order, day_first.swapped) == ("day", None)
    assert month_first is not None
    assert month_first.order == "month"


@pytest.mark.parametrize("value", ["1970-01-01", "1970-01-01T00:00:00Z", 0])
def test_the_day_that_programs_give_for_none_is_none(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("PORT CITY, May 3, 2024 (Wire) — The crane", "2024-05-03"),
        ("Berlin, 3. Mai 2024 – Der Kran", "2024-05-03"),
        ("The crane, which on 3 May 2024 turned — stands", None),
        ("PORT CITY, May 3 (Wire) — The crane", None),
    ],
)
def test_a_report_may_begin_with_place_and_day(text: str, day: str | None) -> None:
    found = find_dateline(text)

    assert (found.moment.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    "value", ["", "soon", "2023-13-45", "0001-01-01", True, 7, None, ["2023"], "9999-12-31T23:59Z"]
)
def test_what_is_no_date_gives_none(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("news/2023-09-11-harbour.md", utc(2023, 9, 11)),
        ("2016-1-05-port.md", utc(2016, 1, 5)),
        ("20230911.0 ⭐ Harbour.md", utc(2023, 9, 11)),
        ("published/201611/20161113 Harbour.md", utc(2016, 11, 13)),
        ("blog/2022/06/03/harbour", utc(2022, 6, 3)),
        ("2019-01-01/2023-09-11.md", utc(2023, 9, 11)),
        ("published/201611/harbour.md", None),
        ("harbour-1693450080.md", None),
        ("20231399 harbour.md", None),
        ("20240503102030-ferry.md", utc(2024, 5, 3)),
        ("area-51-2023.md", None),
    ],
)
def test_the_day_stands_in_the_name_or_nowhere(name: str, moment: datetime | None) -> None:
    found = find_date_in_name(name)

    assert (found.moment if found else None) == moment


@settings(deadline=None)  # the first call imports what it needs
@given(st.one_of(st.text(), st.integers(), st.floats(), st.datetimes(), st.dates()))
def test_no_value_makes_it_fail(value: object) -> None:
    found = parse_date(value)

    assert found is None or found.moment.tzinfo is not None
