"""Articles of folders that came, noted in files beside the index until the store knows of them."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from bot.store.feeds import Feeds

NO_FEED = ""
ADDED_FOLDER = "added"  # in the cache folder of a coverage
_SUFFIX, _PARTIAL = ".txt", ".partial"


def note_added(folder: Path, article_ids: Collection[str]) -> None:
    """Note in a file of its own that these articles are new; it stands whole or not at all."""
    if not article_ids:
        return
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{secrets.token_hex(8)}{_PARTIAL}"
    with partial.open("w", encoding="utf-8") as file:
        file.write("\n".join(article_ids))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(partial.with_suffix(_SUFFIX))


def take_added(folder: Path, feeds: Feeds) -> int:
    """Have the store know of the articles that were noted, and drop the notes; how many there were.

    A kill in between has them taken again, which the store does not mind.
    """
    taken = 0
    for path in sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else ():
        article_ids = path.read_text(encoding="utf-8").split("\n")
        feeds.arrive(NO_FEED, article_ids)
        path.unlink()
        taken += len(article_ids)
    return taken
