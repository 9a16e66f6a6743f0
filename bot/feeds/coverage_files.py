"""Entries as coverage files: front matter and text, which reading gives back word for word."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from bot.feeds.entries import FeedEntry

# What Markdown would take for markup, anywhere or at the beginning of a line.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>{}|~&])")
_AT_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_SUFFIX = ".md"
_PARTIAL = ".partial"


def render_entry(  # noqa: PLR0913  # what a file says, all by name
    entry: FeedEntry,
    *,
    feed_id: str,
    key: str,
    outlet: str,
    published: datetime | None,
    language: str = "",
) -> str:
    """The file of an entry; `published` is the day that is believed, none for none."""
    head: dict[str, object] = {
        "title": entry.title,
        "url": entry.url,
        "published": published.astimezone(UTC).isoformat() if published else "",
        "site": outlet,
        "author": entry.author,
        "topics": list(entry.topics),
        "language": language,
        "feed": {"id": feed_id, "entry": key},
    }
    given = {name: value for name, value in head.items() if value}
    front = yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n{escape_markdown(entry.text)}\n"


def escape_markdown(text: str) -> str:
    """Plain text as Markdown that says the same."""
    escaped = _ANYWHERE.sub(r"\\\1", text)
    return _AT_START.sub(_escape_start, escaped)


def _escape_start(found: re.Match[str]) -> str:
    start = found.group()
    # The full stop after a number is what makes a list of it; a number itself cannot be escaped.
    return f"{start}\\" if start.isdecimal() else f"\\{start}"


def name_file(folder: Path, feed_id: str, key: str) -> Path:
    """Where the file of an entry lies."""
    return folder / feed_id / f"{key}{_SUFFIX}"


def write_entry(path: Path, text: str) -> None:
    """Write a file whole or not at all; where the machine may stop, `flush_files` comes after."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}{_PARTIAL}")  # a hidden name is not coverage
    with partial.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)
    partial.replace(path)


def flush_files() -> None:
    """Have what was written reach the disk before anybody notes that it was.

    Once for all files of a poll: a thousand one by one take seconds.
    """
    if hasattr(os, "sync"):  # not on Windows
        os.sync()
