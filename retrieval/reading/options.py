"""What the reader is told beside the files: whose they are, how days are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Site:
    """Whose articles a folder holds: the outlet's name, and the address that its paths follow.

    Each is used only where a file does not say it itself; "" is not known.
    """

    outlet: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """`sites` pairs folders with what they hold; the innermost folder counts.

    `day_first` reads "9/10/2023" as 9 October where neither its language nor the dates beside it
    tell. `now` is the moment of reading, for days that lie ahead (none: the clock's).
    """

    sites: tuple[tuple[Path, Site], ...] = ()
    day_first: bool = False
    now: datetime | None = None

    def site_of(self, path: Path) -> Site:
        """What is known of the folder that a file lies in."""
        holding = [(len(f.parts), s) for f, s in self.sites if path.is_relative_to(f)]
        return max(holding, key=lambda pair: pair[0], default=(0, Site()))[1]

    @property
    def moment(self) -> datetime:
        """The moment that counts as now."""
        return self.now or datetime.now(UTC)

    @property
    def fingerprint(self) -> str:
        """What changes with every option that changes how a file is read."""
        told = sorted((str(path), site.outlet, site.address) for path, site in self.sites)
        return repr((told, self.day_first))


NO_SITE = Site()
DEFAULTS = ReadingOptions()
