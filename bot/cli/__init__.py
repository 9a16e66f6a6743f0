"""The command line: one module a group of commands, `main` the outermost edge of them all."""

from bot.cli.main import main

__all__ = ["main"]
