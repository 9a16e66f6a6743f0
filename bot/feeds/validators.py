"""What a server says of how long its answer holds, heeded as far as it can be believed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what the next answer is told from this one (RFC 9110, section 8.8).

    `digest` is of the body itself, for servers that never answer "not modified".
    """

    etag: str = ""
    modified: str = ""
    digest: str = ""

    @classmethod
    def of_headers(cls, headers: Mapping[str, str]) -> Self:
        """The validators of an answer; none where it says that it is stale as it comes."""
        if headers.get("Expires", "").strip() == "0":
            return cls()
        return cls(
            etag=headers.get("ETag", "")[:500], modified=headers.get("Last-Modified", "")[:100]
        )

    def of(self, body: bytes) -> Self:
        """The same with the digest of the body that came with them."""
        return replace(self, digest=hashlib.sha256(body).hexdigest())

    def headers(self) -> dict[str, str]:
        """What makes the next request conditional."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}

    def names_same(self, other: Validators) -> bool:
        """Whether another body is this one, byte for byte."""
        return bool(self.digest) and self.digest == other.digest


NO_VALIDATORS = Validators()


def parse_freshness(headers: Mapping[str, str]) -> float:
    """For how many seconds an answer is fresh (RFC 9111, section 4.2.1), 0 where it is mute."""
    if found := _MAX_AGE.search(headers.get("Cache-Control", "")):
        return float(found.group(1))
    expires, sent = (
        _parse_moment(headers.get("Expires", "")),
        _parse_moment(headers.get("Date", "")),
    )
    if expires is None:
        return 0.0
    return max(0.0, (expires - (sent or datetime.now(UTC))).total_seconds())


def parse_retry_after(headers: Mapping[str, str]) -> float | None:
    """The wait in seconds that Retry-After asks for (RFC 9110, section 10.2.3), or none."""
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    moment = _parse_moment(value)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _parse_moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
