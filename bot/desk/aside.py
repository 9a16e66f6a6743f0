"""Processes beside the bot, for work that would take the processor from those who ask."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakMethod

if TYPE_CHECKING:
    from collections.abc import Callable

PROCESSES = 2  # one reads the coverage, the other what came meanwhile; by hand
NICENESS = 10
KEPT_IDLE = 60.0  # seconds for which a process waits for more work; to begin takes one second

Result = TypeVar("Result")


class Aside:
    """Runs work in other processes, which begin when they are needed and end when idle.

    Work and its result travel by value, and what it calls must stand in a module.
    """

    def __init__(self, kept_idle: float = KEPT_IDLE) -> None:
        self._kept_idle = kept_idle
        self._pool: ProcessPoolExecutor | None = None
        self._at_work = 0
        self._lock = threading.Lock()
        self._ending: threading.Timer | None = None

    def run(self, work: Callable[..., Result], /, *args: object) -> Result:
        """Run work and wait for it, however long it takes: call it off the event loop.

        Raises what the work raises, and BrokenProcessPool where its process dies.
        """
        pool = self._begin()
        try:
            return pool.submit(work, *args).result()
        except BrokenProcessPool:
            self._drop(pool)
            raise
        finally:
            self._rest()

    def close(self) -> None:
        """End the processes, once they have done what they are at."""
        with self._lock:
            pool, self._pool = self._pool, None
            if self._ending:
                self._ending.cancel()
        if pool:
            pool.shutdown()

    def _begin(self) -> ProcessPoolExecutor:
        with self._lock:
            self._at_work += 1
            if self._ending:
                self._ending.cancel()
            if self._pool is None:
                # A fresh interpreter: a fork would take along the locks that other threads hold.
                fresh = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(PROCESSES, fresh, initializer=_settle)
            return self._pool

    def _drop(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = None

    def _rest(self) -> None:
        with self._lock:
            self._at_work -= 1
            if self._at_work:
                return
            end = WeakMethod(self._end_idle)
            self._ending = threading.Timer(self._kept_idle, _call, (end,))
            self._ending.daemon = True
            self._ending.start()

    def _end_idle(self) -> None:
        with self._lock:
            if self._at_work:
                return
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False)


def _call(method: WeakMethod[Callable[[], None]]) -> None:
    """Call a method of what may be gone by now."""
    if (found := method()) is not None:
        found()


def _settle() -> None:
    """Have this process give way to the bot, leave Ctrl-C to it, and end when it does."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A bot that is killed cannot tell its processes to end; what they write survives that."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
