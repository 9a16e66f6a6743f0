"""One process that writes to a store as bots do, and says at its end what was acknowledged."""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass, field

from bot.store import ServerSettings, Store, StoreError

THREADS = 4
KILLED_AFTER = 15.0


@dataclass(slots=True)
class Written:
    """What stands, as far as the writer was told."""

    watches: list[int] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    servers: list[int] = field(default_factory=list)
    written: int = 0
    before: int = 0
    failed: int = 0


def write(store: Store, number: int, kind: int, done: Written) -> None:
    """Write one of the four kinds; raises StoreError where it is not kept."""
    if kind == 0:
        store.watches.add(number, 1, "ferry", most=9)
        done.watches.append(number)
    elif kind == 1:
        token = store.tickets.issue("ask", {"text": "When?"}, person_id=number)
        if store.health.failure:
            raise StoreError(store.health.failure)
        done.tickets.append(token)
    elif kind == 2:  # the third of four
        store.servers.write(number, ServerSettings(private=True))
        done.servers.append(number)
    else:
        store.turns.remember(
            person_id=number, channel_id=1, server_id=1, question="When?", subject="", answered=True
        )
        if store.health.failure:
            raise StoreError(store.health.failure)


def keep_writing(url: str, rate: float, seconds: float, first: int, done: Written) -> None:
    """Write so many a second, as far as the server keeps up."""
    with Store.connect(url) as store:
        started, n = time.monotonic(), 0
        while (passed := time.monotonic() - started) < seconds:
            if n > passed * rate:
                time.sleep(n / rate - passed)
            try:
                write(store, first + n, n % 4, done)
            except StoreError:
                done.failed += 1
                time.sleep(0.05)
            else:
                done.written += 1
                done.before += passed < KILLED_AFTER
            n += 1


def main() -> None:
    """Write in some threads, each with a store of its own."""
    url, rate, seconds, number = (
        sys.argv[1],
        float(sys.argv[2]),
        float(sys.argv[3]),
        int(sys.argv[4]),
    )
    parts = [Written() for _ in range(THREADS)]
    threads = [
        threading.Thread(
            target=keep_writing,
            args=(url, rate / THREADS, seconds, ((number * THREADS + n) << 24) + 1, part),
        )
        for n, part in enumerate(parts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {
        "watches": [one for part in parts for one in part.watches],
        "tickets": [one for part in parts for one in part.tickets],
        "servers": [one for part in parts for one in part.servers],
        "written": sum(part.written for part in parts),
        "before": sum(part.before for part in parts) / KILLED_AFTER,
        "failed": sum(part.failed for part in parts),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
