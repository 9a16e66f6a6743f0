"""An end to waiting for a server that neither answers nor hangs up."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKED_EVERY = 0.2  # seconds


class Deadlines:
    """Cuts connections whose time is up, so that whoever waits for them gets an error."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: dict[int, float] = {}
        self._closed = threading.Event()
        self._watching = threading.Thread(target=self._watch, name="store-deadlines", daemon=True)
        self._watching.start()

    @contextmanager
    def limit(self, descriptor: int, seconds: float) -> Iterator[None]:
        """Cut this socket if the block takes longer than that."""
        with self._lock:
            self._ends[descriptor] = time.monotonic() + seconds
        try:
            yield
        finally:
            with self._lock:
                self._ends.pop(descriptor, None)

    def close(self) -> None:
        """Watch no longer."""
        self._closed.set()
        self._watching.join()

    def _watch(self) -> None:
        while not self._closed.wait(LOOKED_EVERY):
            now = time.monotonic()
            with self._lock:  # whoever is done waits here, so that no other socket is cut
                for descriptor in [one for one, end in self._ends.items() if end <= now]:
                    del self._ends[descriptor]
                    _cut(descriptor)


def _cut(descriptor: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as twin:
        twin.shutdown(socket.SHUT_RDWR)
