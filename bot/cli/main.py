"""The outermost edge: every failure becomes one line on standard error and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, cast

import typer

from bot.cli.app import app
from bot.settings import SettingsError
from retrieval.errors import CoverageError, RetrievalError, WindowError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    _expect_any_text()
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    try:
        code = cast("int | None", app(arguments, prog_name="clippings", standalone_mode=False))
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return FAILED
    except (typer.TyperException, SettingsError, RetrievalError, OSError) as error:
        return _explain(error)
    except Exception as error:  # the last line of defence: a person gets a line
        log.debug("the defect", exc_info=error)
        _say(
            f"unexpected {type(error).__name__}: {error}; this is a defect in Clippings. "
            "CLIPPINGS_LOG__LEVEL=debug shows where"
        )
        return FAILED
    return code or DONE


def _explain(error: Exception) -> int:
    if isinstance(error, typer.TyperException):
        _say(error.format_message().replace("Value error, ", ""))  # pydantic's word, not ours
        return error.exit_code
    if isinstance(error, OSError) and error.strerror:
        _say(f"{error.filename or 'system'}: {error.strerror}")
    else:
        _say(str(error))
    return USAGE if isinstance(error, SettingsError | CoverageError | WindowError) else FAILED


def _say(message: str) -> None:
    line = " ".join(message.split())
    if line:  # the help that is shown where no command is given says nothing more
        sys.stderr.write(f"clippings: {line}\n")


def _expect_any_text() -> None:
    """Read and write UTF-8 whatever the locale says: coverage is in every language."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _forget_output() -> None:
    """Keep the interpreter from writing to the closed pipe once more as it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
