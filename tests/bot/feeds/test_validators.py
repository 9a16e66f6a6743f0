"""What a server says of how long its answer holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.feeds.validators import Validators, parse_freshness, parse_retry_after

DATE = "Mon, 20 May 2024 08:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "no-cache"}, 0),
        ({"Cache-Control": "s-maxage=5, max-age=60", "Expires": DATE}, 60),
        ({"Expires": "Mon, 20 May 2024 09:00:00 GMT", "Date": DATE}, 3600),
        ({"Expires": DATE, "Date": "Mon, 20 May 2024 09:00:00 GMT"}, 0),
        ({"Expires": "-1"}, 0),
        ({"Cache-Control": "max-age=many"}, 0),
    ],
)
def test_freshness_is_what_the_headers_say(headers: dict[str, str], seconds: float) -> None:
    assert parse_freshness(headers) == seconds


def test_retry_after_is_seconds_or_a_moment() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10))
    wait = parse_retry_after({"Retry-After": later})
    assert parse_retry_after({"Retry-After": "120"}) == 120
    assert wait is not None
    assert 590 < wait <= 600
    assert parse_retry_after({"Retry-After": "soon"}) is None
    assert parse_retry_after({}) is None


def test_a_request_is_as_conditional_as_the_answer_allows() -> None:
    known = Validators.of_headers({"ETag": '"1"', "Last-Modified": DATE})
    assert known.headers() == {"If-None-Match": '"1"', "If-Modified-Since": DATE}
    assert Validators.of_headers({"ETag": '"1"', "Expires": "0"}).headers() == {}


def test_two_bodies_are_the_same_byte_for_byte() -> None:
    one = Validators().of(b"tide")
    assert one.names_same(Validators().of(b"tide"))
    assert not one.names_same(Validators().of(b"tides"))
    assert not Validators().names_same(Validators())
