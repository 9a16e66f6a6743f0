"""What is worth telling a newsroom between one reading of the coverage and the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from retrieval.model import Window

if TYPE_CHECKING:
    from datetime import date

    from retrieval import Reject, Snapshot

# Two weeks outlast every holiday and any weekly paper; four weeks before them show a habit.
QUIET = timedelta(days=14)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WEEKS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Failed:
    """The coverage could be read before, and now it cannot.

    `folder` is the name of the folder that is gone or closed, "" where that is not why: members of
    a server are shown it, and no path of the machine.
    """

    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the coverage stands after a reading.

    `failure` is what prevented the reading, none where it was read. `rejects` are those of all
    files, none where they are not known. `quiet_since` is the day of the newest article where none
    has come for long, see `find_quiet`. `store_failing`: the bot's memory cannot be written.
    """

    failure: Failed | None = None
    store_failing: bool = False
    rejects: tuple[Reject, ...] | None = None
    quiet_since: date | None = None


@dataclass(frozen=True, slots=True)
class Recovered:
    """The coverage can be read again."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Files that give no article, and were not among those of the reading before."""

    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """No new article has come for long; `since` is the day of the newest."""

    since: date


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """The bot's memory cannot be written: answers go on, and nothing is remembered."""


@dataclass(frozen=True, slots=True)
class StoreRecovered:
    """The bot's memory can be written again."""


Alert: TypeAlias = Failed | Recovered | Rejected | Quiet | StoreFailed | StoreRecovered


def decide_alerts(before: Standing, after: Standing) -> tuple[Alert, ...]:
    """What changed for the worse, or back; what stays as it was is not told again."""
    alerts: list[Alert] = []
    if before.store_failing != after.store_failing:
        alerts.append(StoreFailed() if after.store_failing else StoreRecovered())
    if after.failure:
        return (*alerts, *(() if before.failure else (after.failure,)))
    if before.failure:
        alerts.append(Recovered())
    if rejects := _find_new(before.rejects, after.rejects):
        alerts.append(Rejected(rejects))
    if after.quiet_since and not before.quiet_since:
        alerts.append(Quiet(after.quiet_since))
    return tuple(alerts)


def find_quiet(snapshot: Snapshot, today: date) -> date | None:
    """The day of the newest article, where a habit broke off with it; else none.

    It broke off where the newest article is more than 14 days old, and some were published in each
    of the four weeks that end with it.
    """
    newest = snapshot.span.newest
    if newest is None or today - newest <= QUIET:
        return None
    weeks = (newest - week * WEEK for week in range(WEEKS_BEFORE))
    kept_coming = all(snapshot.holds_any(Window(day - WEEK + DAY, day)) for day in weeks)
    return newest if kept_coming else None


def _find_new(
    before: tuple[Reject, ...] | None, after: tuple[Reject, ...] | None
) -> tuple[Reject, ...]:
    """Rejects of files that were not rejected before; none where one of the two is not known."""
    if before is None or after is None:
        return ()
    known = {reject.path for reject in before}
    return tuple(reject for reject in after if reject.path not in known)
