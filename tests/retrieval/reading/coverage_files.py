"""Small coverage files in our own words, in each of the formats, for the tests of reading."""

# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.reading import Ledger, Reading, parse_file, read_coverage

if TYPE_CHECKING:
    from retrieval.model import Article

SHARED = Path(__file__).parents[4] / "shared"
# What `secured` holds in these files: it may come out nowhere.
BLOB = "q7Lh2mZp0Xw9TcVb4NsRk1Gf8Yd3JuE6aHoQiBzCxWvMtKnSlPrDgFyUjOeA5w=="


def record(
    title: str = "Harbour gets a second crane",
    *,
    url: str = "https://www.example.com/harbour/crane",
    excerpt: str = "The port has ordered a crane.",
    related: str = "",
    body: str = "",
    extra: str = "",
) -> str:
    """An aggregator's record with its usual keys, and `related` as written by `related_item`."""
    below = f"related:\n{related}" if related else ""
    return (
        f'---\ncategory: news\ntitle: "{title}"\nexcerpt: "{excerpt}"\n'
        f"publishedDateTime: 2023-09-11T19:03:00Z\n"
        f'originalUrl: "{url}"\nwebUrl: "https://reader.example.org/?u={url}"\n'
        f"type: article\nquality: 39\nheat: -1\npublished: false\n\n"
        f"provider:\n  name: Example Wire\n  domain: example.com\n\n"
        f"topics:\n  - Harbours\n  - Cranes\n\n{extra}{below}\n"
        f'secured: "{BLOB};{BLOB}"\n---\n\n{body}\n'
    )


def related_item(title: str, url: str, *, excerpt: str = "Told again elsewhere.") -> str:
    """One entry of `related`, of another outlet."""
    return (
        f'  - title: "{title}"\n    excerpt: "{excerpt}"\n'
        f'    publishedDateTime: 2023-09-12T07:00:00Z\n    webUrl: "{url}"\n    type: article\n'
        f"    provider:\n      name: The Daily\n      domain: daily.example.net\n    quality: 55\n"
    )


def lctt(body: str = "The crane turns.", *, header: str | None = None, footer: bool = True) -> str:
    """A translation project's file; `header` replaces the usual lines."""
    if header is None:
        header = (
            '[#]: subject: "How cranes turn"\n'
            '[#]: via: "https://cranes.example.com/turn/"\n'
            '[#]: author: "Ada Winch https://cranes.example.com/author/ada/"\n'
            '[#]: collector: "robot/scripts-1693450080"\n'
            '[#]: translator: " "\n[#]: reviewer: " "\n[#]: publisher: " "\n[#]: url: " "\n'
        )
    below = (
        f"\n{'-' * 80}\n\nvia: https://cranes.example.com/turn/\n\n"
        "作者：[Ada Winch][a]\n选题：[robot][b]\n"
        "译者：[译者ID](https://github.com/译者ID)\n校对：[校对者ID](https://github.com/校对者ID)\n\n"
        "本文由 [LCTT](https://github.com/LCTT/TranslateProject) 原创编译\n\n"
        "[a]: https://cranes.example.com/author/ada/\n[b]: https://github.com/robot\n"
        "[1]: https://example.com/one\n[2]: https://example.com/two.png\n"
    )
    return f"{header}\nHow cranes turn\n======\n{body}\n{below if footer else ''}"


def parse(text: str | bytes, path: str = "news/note.md") -> tuple[Article, ...]:
    """The articles of one file."""
    return parse_file(text if isinstance(text, bytes) else text.encode(), path).articles


def parse_one(text: str | bytes, path: str = "news/note.md") -> Article:
    """The only article of one file."""
    (article,) = parse(text, path)
    return article


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Put a file into the folder, as if it had been written long ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(path, (1_600_000_000, 1_600_000_000 + len(path.read_bytes())))
    return path


def read(folder: Path, cache: Path, *, known: bool = True, commit: bool = True) -> Reading:
    """Read the folder with the ledger of the cache folder, and write it unless told not to."""
    with Ledger.open(cache / "ledger.sqlite3") as ledger:
        reading = read_coverage([folder], ledger, known=known)
        if commit:
            reading.commit()
    return reading
