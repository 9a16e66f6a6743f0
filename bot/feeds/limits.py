"""Every bound and rate of fetching, in one record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLimits:
    """All set by hand; sizes in bytes, times in seconds.

    `wire_bytes` bounds a body as it comes, `body_bytes` once decompressed. `patience` bounds one
    fetch with its redirects. A feed whose own signals say nothing is asked again after `usual`, or
    half the median time between its last entries where that is shorter. `jitter` is the share by
    which a wait is made longer at random, so that feeds added together part. Entries published
    longer than `news_age` ago are kept but no news; a date later than `ahead` from now is not
    believed. Bodies from `apart_bytes` on are parsed in a process of their own, and from
    `apart_entries` on files are written there.
    """

    wire_bytes: int = 5_000_000
    body_bytes: int = 10_000_000
    apart_bytes: int = 100_000
    apart_entries: int = 50
    redirects: int = 5
    patience: float = 30.0
    connect: float = 10.0
    entries: int = 2_000
    entry_characters: int = 400_000
    excerpt: int = 1000  # characters; an entry of fewer is taken for the beginning of its article
    usual: float = 3600.0
    longest: float = 24 * 3600.0
    first_backoff: float = 300.0
    refused: float = 3600.0  # what 403 and 429 without Retry-After wait at least
    jitter: float = 0.1
    news_age: float = 3 * 24 * 3600.0
    ahead: float = 3600.0
    at_once: int = 8  # hosts that are asked at one moment
    told_after: float = 24 * 3600.0  # of failing


LIMITS = FeedLimits()
