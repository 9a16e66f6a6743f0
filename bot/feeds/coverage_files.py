"""Entries as coverage files: front matter and text, which reading gives back word for word."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from bot.feeds.yielding import take_turns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.feeds.entries import FeedEntry

# What Markdown would take for markup, anywhere or at the beginning of a line.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>{}|~&])")
_AT_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
# libyaml's, where it is built in: six times as fast.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_SUFFIX = ".md"
_BELOW = "\n---\n\n"  # what ends the header; no field holds such a line
_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFile:
    """An entry that is to be written, and what its file says beside it; see `render_entry`."""

    path: Path
    entry: FeedEntry
    feed_id: str
    key: str
    outlet: str
    published: datetime | None
    language: str

    def render(self) -> str:
        """The file's text."""
        return render_entry(
            self.entry,
            feed_id=self.feed_id,
            key=self.key,
            outlet=self.outlet,
            published=self.published,
            language=self.language,
        )


def render_entry(  # noqa: PLR0913  # what a file says, all by name
    entry: FeedEntry,
    *,
    feed_id: str,
    key: str,
    outlet: str,
    published: datetime | None,
    language: str = "",
) -> str:
    """The file of an entry; `published` is the day that is believed, in its zone, none for none."""
    head: dict[str, object] = {
        "title": entry.title,
        "url": entry.url,
        "published": published.isoformat() if published else "",
        "site": outlet,
        "author": entry.author,
        "topics": list(entry.topics),
        "language": language,
        "feed": {"id": feed_id, "entry": key},
    }
    given = {name: value for name, value in head.items() if value}
    front = yaml.dump(given, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front.rstrip()}{_BELOW}{escape_markdown(entry.text)}\n"


def read_text(path: Path) -> str:
    """What the file of an entry says: its title, and the words below the header, escaped or not."""
    header, _, body = path.read_text(encoding="utf-8").partition(_BELOW)
    title = next((row for row in header.splitlines() if row.startswith("title:")), "")
    return f"{title.removeprefix('title:')}\n{body}"


def replace_text(file: str, text: str) -> str:
    """The file of an entry with other words below its header."""
    header, _, _ = file.partition(_BELOW)
    return f"{header}{_BELOW}{escape_markdown(text)}\n"


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


def stage_files(files: Sequence[EntryFile]) -> None:
    """Stage many files, in turns with the other threads."""
    for file in take_turns(files):
        stage_entry(file.path, file.render())


def stage_entry(path: Path, text: str) -> None:
    """Write a file beside its place, under a hidden name, which is not coverage yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path).open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)


def place_entries(paths: Sequence[Path]) -> None:
    """Put staged files into their places, all of them within a moment.

    A reading of the coverage then meets all entries of a poll or none, as a rule. They reach the
    disk before anybody can note that they were written; one by one, a thousand take seconds.
    """
    if paths and hasattr(os, "sync"):  # not on Windows
        os.sync()
    for path in paths:
        _beside(path).replace(path)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{_PARTIAL}")
