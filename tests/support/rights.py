"""A folder, and no more rights than its owner has, also where the tests run as the superuser."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534  # the id that owns nothing, on Linux and BSD alike


@contextmanager
def as_nobody() -> Iterator[Path]:
    """Give an empty folder of one's own; the superuser is an ordinary user until this ends.

    The superuser reads every file, so what is forbidden can only be tried as somebody else.
    """
    superuser = os.geteuid() == 0
    with TemporaryDirectory() as name:
        if superuser:
            os.chown(name, NOBODY, -1)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            if superuser:
                os.seteuid(0)
