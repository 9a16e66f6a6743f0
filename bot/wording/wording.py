"""Saying a key in one language, with its numbers and days as that language writes them."""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import TYPE_CHECKING

from bot.wording.catalogue import ENGLISH, choose_language, read_catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# French counts zero as singular; the others of ours do not (Unicode CLDR, plural rules).
LARGEST_SINGULAR = {"fr": 1}
GROUPED_FROM = 10_000  # 4215, but 12 345: shorter numbers read well ungrouped in all of ours


class Wording:
    """One language's catalogue; for a locale we lack, its language's or English."""

    def __init__(self, locale: str = ENGLISH) -> None:
        self.language = choose_language(str(locale))
        self._entries = read_catalogue(self.language)

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of a key with its values filled in; `n` chooses between one and other.

        Whole numbers are grouped as the language does. Raises KeyError for a key that no catalogue
        has, and for a value the sentence needs and was not given.
        """
        entry = self._entries[key]
        sentence = entry if isinstance(entry, str) else entry[self._form(values["n"])]
        return sentence.format_map({name: self._show(value) for name, value in values.items()})

    def day(self, day: date) -> str:
        """A day as the language writes it, short: 10 Sep 2023."""
        month = str(self._entries["date.months"]).split()[day.month - 1]
        return str(self._entries["date.day"]).format(day=day.day, month=month, year=day.year)

    def moment(self, moment: datetime) -> str:
        """A day with the time of its clock, in UTC: 10 Sep 2023, 14:05 UTC."""
        there = moment.astimezone(UTC)
        return f"{self.day(there.date())}, {there:%H:%M} UTC"

    def parse_day(self, text: str) -> date | None:
        """The day that `day` wrote, none for other words; case and a missing dot do not matter."""
        pattern = re.escape(str(self._entries["date.day"]))
        months = str(self._entries["date.months"]).split()
        for part, digits in (("day", r"\d{1,2}"), ("year", r"\d{4}"), ("month", r"\S+?")):
            pattern = pattern.replace(rf"\{{{part}\}}", rf"(?P<{part}>{digits})")
        match = re.fullmatch(pattern.replace(r"\ ", r"\s*"), text, re.IGNORECASE)
        plain = [month.casefold().rstrip(".") for month in months]
        if match is None or match["month"].casefold().rstrip(".") not in plain:
            return None
        month = plain.index(match["month"].casefold().rstrip(".")) + 1
        try:
            return date(int(match["year"]), month, int(match["day"]))
        except ValueError:  # 31 Feb
            return None

    def parse_weekday(self, text: str) -> int | None:
        """The weekday that words for the last one name ("letzten Montag"), Monday 0."""
        pattern = str(self._entries["date.last_weekday"])
        for number, name in enumerate(str(self._entries["date.weekdays"]).split()):
            if re.fullmatch(pattern.format(weekday=name), text, re.IGNORECASE):
                return number
        return None

    def join(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence: Wired, The Verge and Reuters."""
        comma, last = str(self._entries["list.comma"]), str(self._entries["list.last"])
        if len(names) < 2:  # noqa: PLR2004  # nothing to join
            return "".join(names)
        return f"{comma.join(names[:-1])}{last}{names[-1]}"

    def number(self, number: int) -> str:
        """A whole number with its thousands grouped, from five digits on."""
        if abs(number) < GROUPED_FROM:
            return str(number)
        return f"{number:,}".replace(",", str(self._entries["number.group"]))

    def _show(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value

    def _form(self, n: object) -> str:
        singular = {1} if self.language not in LARGEST_SINGULAR else {0, 1}
        return "one" if n in singular else "other"
