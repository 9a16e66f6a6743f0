from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.dates import find_date_in_name, parse_date


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
