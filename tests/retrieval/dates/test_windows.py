"""The days that people name in questions, resolved as a person would resolve them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.windows import parse_day, resolve_window
from retrieval.errors import WindowError
from retrieval.model import Window

# A Wednesday; every phrase below is asked on this day unless its table says otherwise.
AS_OF = date(2023, 11, 1)

DAYS = """
today                                  | 2023-11-01 2023-11-01
this morning                           | 2023-11-01 2023-11-01
an hour ago                            | 2023-11-01 2023-11-01
yesterday                              | 2023-10-31 2023-10-31
yesterday evening                      | 2023-10-31 2023-10-31
last night                             | 2023-10-31 2023-10-31
overnight                              | 2023-10-31 2023-11-01
the day before yesterday               | 2023-10-30 2023-10-30
three days ago                         | 2023-10-29 2023-10-29
2 days ago                             | 2023-10-30 2023-10-30
a few days ago                         | 2023-10-27 2023-10-30
on Friday                              | 2023-10-27 2023-10-27
on Wednesday                           | 2023-11-01 2023-11-01
last Friday                            | 2023-10-27 2023-10-27
last Wednesday                         | 2023-10-25 2023-10-25
this Monday                            | 2023-10-30 2023-10-30
this past Saturday                     | 2023-10-28 2023-10-28
Tuesday morning                        | 2023-10-31 2023-10-31
Friday last week                       | 2023-10-27 2023-10-27
on 10 September                        | 2023-09-10 2023-09-10
on 10 September 2022                   | 2022-09-10 2022-09-10
on the 10th of September               | 2023-09-10 2023-09-10
on September 10                        | 2023-09-10 2023-09-10
September 10th, 2023                   | 2023-09-10 2023-09-10
Sept. 10, 2023                         | 2023-09-10 2023-09-10
10 Sept                                | 2023-09-10 2023-09-10
10th Sep '22                           | 2022-09-10 2022-09-10
on Sunday, 10 September                | 2023-09-10 2023-09-10
on Sunday, September 10                | 2023-09-10 2023-09-10
the tenth of September                 | 2023-09-10 2023-09-10
the Fourth of July                     | 2023-07-04 2023-07-04
on 25 December                         | 2022-12-25 2022-12-25
on 29 February                         | 2020-02-29 2020-02-29
on the 10th                            | 2023-10-10 2023-10-10
on the 1st                             | 2023-11-01 2023-11-01
the 10th of last month                 | 2023-10-10 2023-10-10
2023-09-10                             | 2023-09-10 2023-09-10
2023/09/10                             | 2023-09-10 2023-09-10
2023-09-10T20:01:00Z                   | 2023-09-10 2023-09-10
10/09/2023                             | 2023-09-10 2023-09-10
25/10/2023                             | 2023-10-25 2023-10-25
10/25/2023                             | 2023-10-25 2023-10-25
10/09/23                               | 2023-09-10 2023-09-10
10.09.2023                             | 2023-09-10 2023-09-10
on Christmas Day                       | 2022-12-25 2022-12-25
on Halloween                           | 2023-10-31 2023-10-31
a year ago today                       | 2022-11-01 2022-11-01
the day after 10 September             | 2023-09-11 2023-09-11
"""

STRETCHES = """
this week                              | 2023-10-30 2023-11-01
earlier this week                      | 2023-10-30 2023-11-01
last week                              | 2023-10-23 2023-10-29
the week before last                   | 2023-10-16 2023-10-22
two weeks ago                          | 2023-10-16 2023-10-22
a fortnight ago                        | 2023-10-16 2023-10-22
the week of 4 September                | 2023-09-04 2023-09-10
the week of September 6, 2023          | 2023-09-04 2023-09-10
the week beginning 6 September         | 2023-09-06 2023-09-12
the week ending 10 September           | 2023-09-04 2023-09-10
over the weekend                       | 2023-10-28 2023-10-29
last weekend                           | 2023-10-28 2023-10-29
the weekend before last                | 2023-10-21 2023-10-22
the weekend of 9 September             | 2023-09-09 2023-09-10
this month                             | 2023-11-01 2023-11-01
last month                             | 2023-10-01 2023-10-31
the previous month                     | 2023-10-01 2023-10-31
three months ago                       | 2023-08-01 2023-08-31
in September                           | 2023-09-01 2023-09-30
in september                           | 2023-09-01 2023-09-30
in September 2022                      | 2022-09-01 2022-09-30
September '22                          | 2022-09-01 2022-09-30
in Dec.                                | 2022-12-01 2022-12-31
in November                            | 2023-11-01 2023-11-01
in May                                 | 2023-05-01 2023-05-31
last September                         | 2023-09-01 2023-09-30
last November                          | 2022-11-01 2022-11-30
September last year                    | 2022-09-01 2022-09-30
in 2023-09                             | 2023-09-01 2023-09-30
09/2023                                | 2023-09-01 2023-09-30
early August                           | 2023-08-01 2023-08-10
mid-August                             | 2023-08-11 2023-08-20
in late August                         | 2023-08-21 2023-08-31
late August 2022                       | 2022-08-21 2022-08-31
the beginning of October               | 2023-10-01 2023-10-10
the first week of September            | 2023-09-01 2023-09-07
the second week of September           | 2023-09-08 2023-09-14
the last week of August                | 2023-08-25 2023-08-31
the last three days of August          | 2023-08-29 2023-08-31
Q3 2023                                | 2023-07-01 2023-09-30
Q3                                     | 2023-07-01 2023-09-30
3Q23                                   | 2023-07-01 2023-09-30
in the third quarter of 2022           | 2022-07-01 2022-09-30
last quarter                           | 2023-07-01 2023-09-30
the last quarter of 2022               | 2022-10-01 2022-12-31
the first half of 2023                 | 2023-01-01 2023-06-30
H2 2022                                | 2022-07-01 2022-12-31
this summer                            | 2023-06-01 2023-08-31
last winter                            | 2022-12-01 2023-02-28
in the summer of 2022                  | 2022-06-01 2022-08-31
this year                              | 2023-01-01 2023-11-01
so far this year                       | 2023-01-01 2023-11-01
last year                              | 2022-01-01 2022-12-31
in 2022                                | 2022-01-01 2022-12-31
early 2023                             | 2023-01-01 2023-04-30
mid-2022                               | 2022-05-01 2022-08-31
late last year                         | 2022-09-01 2022-12-31
a year ago                             | 2022-01-01 2022-12-31
half a year ago                        | 2023-05-01 2023-05-31
ten years ago                          | 2013-01-01 2013-12-31
this time last year                    | 2022-11-01 2022-11-30
in the 1990s                           | 1990-01-01 1999-12-31
in 2022-23                             | 2022-01-01 2023-11-01
around 10 September                    | 2023-09-07 2023-09-13
within two days of 10 September        | 2023-09-08 2023-09-12
"""

COUNTED_BACK = """
the past three days                    | 2023-10-29 2023-11-01
in the last 24 hours                   | 2023-10-31 2023-11-01
the past 36 hours                      | 2023-10-30 2023-11-01
the past week                          | 2023-10-25 2023-11-01
in the last two weeks                  | 2023-10-18 2023-11-01
over the past month                    | 2023-10-01 2023-11-01
the last few days                      | 2023-10-29 2023-11-01
in recent weeks                        | 2023-10-11 2023-11-01
in the past year                       | 2022-11-01 2023-11-01
the last decade                        | 2013-11-01 2023-11-01
"""

RANGES = """
since July                             | 2023-07-01 -
since last week                        | 2023-10-23 -
since Monday                           | 2023-10-30 -
since 2022                             | 2022-01-01 -
since two weeks ago                    | 2023-10-18 -
since the end of August                | 2023-08-31 -
from 10 September onwards              | 2023-09-10 -
starting in September                  | 2023-09-01 -
on or after 10 September               | 2023-09-10 -
after 10 September                     | 2023-09-11 -
after the weekend                      | 2023-10-30 -
after 2021                             | 2022-01-01 -
before 10 September                    | - 2023-09-09
before July 2023                       | - 2023-06-30
prior to last month                    | - 2023-09-30
until 10 September                     | - 2023-09-10
until the end of August                | - 2023-08-31
up to 2022                             | - 2022-12-31
through September                      | - 2023-09-30
no later than 5 September              | - 2023-09-05
by the end of 2022                     | - 2022-12-31
as of yesterday                        | - 2023-10-31
between 5 September and 10 September   | 2023-09-05 2023-09-10
between 5 and 10 September             | 2023-09-05 2023-09-10
between July and September             | 2023-07-01 2023-09-30
between 2010 and 2015                  | 2010-01-01 2015-12-31
between Monday and yesterday           | 2023-10-30 2023-10-31
from 5 to 10 September 2022            | 2022-09-05 2022-09-10
from July to September 2022            | 2022-07-01 2022-09-30
from March 2021 to June                | 2021-03-01 2021-06-30
from November to January               | 2022-11-01 2023-01-31
September 5-10, 2023                   | 2023-09-05 2023-09-10
5\u201310 Sept                         | 2023-09-05 2023-09-10
in June, July and August               | 2023-06-01 2023-08-31
on 5 or 6 September                    | 2023-09-05 2023-09-06
the week before 10 September           | 2023-09-03 2023-09-09
three days after 10 September          | 2023-09-11 2023-09-13
after 5 September and before 10 September | 2023-09-06 2023-09-09
"""

NO_DAYS = """
Is GPT-4 better than Llama 2?
Who was second in the race?
What may happen to the model?
Who joined the Women's March?
What did May say in parliament?
Who shot April O'Neil?
Does Python 3.11.7 run on Windows 11?
Who wrote Catch-22?
How many homes, in 2000 homes counted, have one?
What did USA Today report?
Who writes for the Sunday Times?
What is sold on Black Friday?
How was 9/11 remembered?
Is the shop open 24/7?
What was the 10th anniversary about?
Who makes The Last of Us?
Which chips come tomorrow?
What happens next week?
What will be announced in December?
What will Apple release in January?
What will happen on Friday?
Windows 11 October update
Boeing 737 MAX
Who is the mayor?
"""

SENTENCES = """
What did Meta announce yesterday?                      | 2023-10-31 2023-10-31 | yesterday
What has happened to OpenAI since July, and why?       | 2023-07-01 - | since July
What did Monday's announcement say?                    | 2023-10-30 2023-10-30 | Monday's
What did Meta announce Monday?                         | 2023-10-30 2023-10-30 | Monday
Which models came out in May 2023?                     | 2023-05-01 2023-05-31 | in May 2023
What will the model announced in September do?         | 2023-09-01 2023-09-30 | in September
Which paper, on 10 September, had it first?            | 2023-09-10 2023-09-10 | on 10 September
Who, in September, spoke on 10 September? | 2023-09-10 2023-09-10 | on 10 September
Did the Fed raise rates between 1 July and now? | 2023-07-01 2023-11-01 | between 1 July and now
What is the maker doing now and then in March?         | 2023-03-01 2023-03-31 | in March
"""


def rows(table: str) -> list[list[str]]:
    lines = [line for line in table.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def window(days: str) -> Window:
    since, until = (None if day == "-" else date.fromisoformat(day) for day in days.split())
    return Window(since, until)


@pytest.mark.parametrize(
    ("phrase", "days"), rows(DAYS) + rows(STRETCHES) + rows(COUNTED_BACK) + rows(RANGES)
)
def test_a_phrase_names_days(phrase: str, days: str) -> None:
    resolved = resolve_window(f"What was reported {phrase}?", AS_OF)
    assert resolved is not None
    assert resolved.window == window(days)


@pytest.mark.parametrize("question", [row[0] for row in rows(NO_DAYS)])
def test_a_question_may_name_no_day(question: str) -> None:
    assert resolve_window(question, AS_OF) is None


@pytest.mark.parametrize(("question", "days", "phrase"), rows(SENTENCES))
def test_the_words_that_name_the_days_are_given(question: str, days: str, phrase: str) -> None:
    resolved = resolve_window(question, AS_OF)
    assert resolved is not None
    assert resolved.window == window(days)
    assert resolved.phrase == phrase
    assert question[resolved.start : resolved.end] == phrase


@pytest.mark.parametrize(
    ("phrase", "as_of", "days"),
    [
        ("over the weekend", "2023-10-29", "2023-10-28 2023-10-29"),
        ("last weekend", "2023-10-29", "2023-10-21 2023-10-22"),
        ("on Friday", "2023-10-27", "2023-10-27 2023-10-27"),
        ("last Friday", "2023-10-27", "2023-10-20 2023-10-20"),
        ("last week", "2023-10-30", "2023-10-23 2023-10-29"),
        ("last month", "2023-01-15", "2022-12-01 2022-12-31"),
        ("last quarter", "2023-02-01", "2022-10-01 2022-12-31"),
        ("last year", "2023-01-01", "2022-01-01 2022-12-31"),
        ("in December", "2023-12-05", "2023-12-01 2023-12-05"),
        ("last winter", "2023-01-15", "2021-12-01 2022-02-28"),
        ("this winter", "2023-01-15", "2022-12-01 2023-01-15"),
        ("a month ago", "2023-03-31", "2023-02-01 2023-02-28"),
        ("the past month", "2023-03-31", "2023-02-28 2023-03-31"),
        ("yesterday", "2024-03-01", "2024-02-29 2024-02-29"),
        ("on Christmas Eve", "2023-12-26", "2023-12-24 2023-12-24"),
        ("10/09/2023", "2023-09-20", "2023-09-10 2023-09-10"),
        ("09/10/2023", "2023-09-20", "2023-09-10 2023-09-10"),
    ],
)
def test_the_same_words_mean_other_days_on_other_days(phrase: str, as_of: str, days: str) -> None:
    resolved = resolve_window(f"What was reported {phrase}?", date.fromisoformat(as_of))
    assert resolved is not None
    assert resolved.window == window(days)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-09-10", "2023-09-10", "2023-09-10"),
        (" 10 September 2023 ", "2023-09-10", "2023-09-10"),
        ("Sept 10", "2023-09-10", "2023-09-10"),
        ("10/09/2023", "2023-09-10", "2023-09-10"),
        ("September 2023", "2023-09-01", "2023-09-30"),
        ("July", "2023-07-01", "2023-07-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("yesterday", "2023-10-31", "2023-10-31"),
        ("last Friday", "2023-10-27", "2023-10-27"),
        ("3 days ago", "2023-10-29", "2023-10-29"),
        ("two weeks ago", "2023-10-18", "2023-10-18"),
        ("last week", "2023-10-23", "2023-10-29"),
        ("tomorrow", "2023-11-02", "2023-11-02"),
    ],
)
def test_an_option_names_one_day(text: str, first: str, last: str) -> None:
    assert parse_day(text, AS_OF) == date.fromisoformat(first)
    assert parse_day(text, AS_OF, last=True) == date.fromisoformat(last)


@pytest.mark.parametrize(
    "text", ["", "soon", "2023-13-45", "10 Septober", "GPT-4", "2023-09-10 or so"]
)
def test_what_names_no_day_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(WindowError, match="write it as 2023-09-10") as refused:
        parse_day(text, AS_OF)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=60), st.dates())
def test_any_text_on_any_day_gives_a_window_in_the_past_or_none(text: str, as_of: date) -> None:
    resolved = resolve_window(text, as_of)
    if resolved:
        assert resolved.phrase == text[resolved.start : resolved.end]
        assert resolved.window.since is None or resolved.window.since <= as_of
        assert resolved.window.until is None or resolved.window.until <= as_of


PHRASES = [row[0] for table in (DAYS, STRETCHES, COUNTED_BACK, RANGES) for row in rows(table)]


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3), st.dates())
def test_any_phrases_together_on_any_day_are_read(phrases: list[str], as_of: date) -> None:
    resolved = resolve_window(" and ".join(phrases), as_of)
    assert resolved is None or resolved.window != Window()


def test_the_table_holds_more_phrases_than_was_asked() -> None:
    assert len(PHRASES) >= 120
