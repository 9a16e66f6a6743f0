"""Leaving in order: nothing new is taken on, and what was accepted is answered first."""

from __future__ import annotations

import asyncio
import logging

# What discord.py calls the tasks in which a message, a command, a button and a form are handled.
_HANDLING = ("discord.py: on_message", "CommandTree-invoker", "discord-ui-")
_WAITING = "discord-ui-view-timeout"

log = logging.getLogger(__name__)


def find_work() -> set[asyncio.Task[object]]:
    """The tasks in which something is being answered."""
    return {
        task
        for task in asyncio.all_tasks()
        if task.get_name().startswith(_HANDLING) and not task.get_name().startswith(_WAITING)
    }


async def finish_work(seconds: float) -> int:
    """Wait until all is answered, for at most so many seconds; how many answers are missing."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (work := find_work()) and (left := end - loop.time()) > 0:
        await asyncio.wait(work, timeout=left)
    if work:
        log.warning("left with %d questions unanswered after %.0f s", len(work), seconds)
    return len(work)
