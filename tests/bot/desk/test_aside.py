"""Work in other processes: warm while there is more, gone when idle or when the bot is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import pytest

from bot.desk.aside import Aside
from tests.wire.bot_process import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

BOT = """
import os, sys, time
from bot.desk.aside import Aside

if __name__ == "__main__":
    print(Aside().run(os.getpid), flush=True)
    time.sleep(600)
"""


@pytest.fixture
def aside() -> Iterator[Aside]:
    opened = Aside(kept_idle=0.2)
    yield opened
    opened.close()


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def until_gone(process_id: int) -> None:
    """Fail after a while; a process that ends tells only its parent."""
    ends = time.monotonic() + 30
    while is_alive(process_id):
        assert time.monotonic() < ends


def test_work_is_done_in_a_process_that_gives_way(aside: Aside) -> None:
    assert aside.run(os.getpid) != os.getpid()
    assert aside.run(os.nice, 0) > os.nice(0)


def test_a_process_takes_the_next_work_too_and_ends_when_idle(aside: Aside) -> None:
    first = aside.run(os.getpid)
    assert aside.run(os.getpid) == first
    until_gone(first)
    assert aside.run(os.getpid) != first


def test_what_the_work_raises_is_raised_here(aside: Aside) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        aside.run(int, "seven")


def test_after_a_process_died_another_one_works(aside: Aside) -> None:
    with pytest.raises(BrokenProcessPool):
        aside.run(os.abort)
    assert aside.run(os.getpid) != os.getpid()


def test_a_bot_that_is_killed_leaves_no_process_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BOT], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as bot:
        assert bot.stdout is not None
        process_id = int(bot.stdout.readline())
        bot.send_signal(signal.SIGKILL)
        bot.wait()
    until_gone(process_id)
