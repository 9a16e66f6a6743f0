"""What can go wrong in retrieval; each message is one line: what, where, what to do.

RetrievalError
├── CoverageError      a folder or file that was named as coverage cannot be used
├── ArticleError       one file gave no article; reading collects these and goes on
├── StorageError       the index on disk cannot be used as it is
│   ├── IndexDamaged   a file is missing, cut short or fails its checksum: build it anew
│   ├── IndexOutdated  written by another version: build it anew
│   ├── IndexLocked    another process is writing
│   └── IndexMoved     another version landed, and the one in use is gone
├── WindowError        a day or a range of days that cannot be understood
└── EvaluationError    a development set that is not laid out as `eval` reads it

"Nothing found" is not here: it is an `Answer` that abstains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class RetrievalError(Exception):
    """The base of every failure a caller can meet."""


class CoverageError(RetrievalError):
    """A folder or file that was named as coverage cannot be used."""


class ArticleError(RetrievalError):
    """One file gave no article; `reason` is a phrase for the list of rejects."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class StorageError(RetrievalError):
    """The index on disk cannot be used as it is."""


class IndexDamaged(StorageError):  # noqa: N818  # reads as what it is, like FileNotFound
    """A file of the index is missing, cut short or does not match its checksum."""


class IndexOutdated(StorageError):  # noqa: N818  # reads as what it is
    """The index was written by another version of the program."""


class IndexLocked(StorageError):  # noqa: N818  # reads as what it is
    """Another process is writing this index."""


class IndexMoved(StorageError):  # noqa: N818  # reads as what it is
    """Another version landed, and the one that was in use cannot be searched any more."""


class WindowError(RetrievalError):
    """A day or a range of days that cannot be understood."""


class EvaluationError(RetrievalError):
    """A development set that is not laid out as `eval` reads it."""
