"""How the scripts of this package end: what their user got wrong is one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from retrieval.errors import EvaluationError

if TYPE_CHECKING:
    from collections.abc import Callable


def run_script(main: Callable[[], None]) -> None:
    """Run a script; exit 2 with a line on standard error where a set is not as it should be."""
    try:
        main()
    except EvaluationError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(2)
