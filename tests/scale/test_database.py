"""Four processes that write to one PostgreSQL server while it is killed: what was said stands."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.store import Store
from tests.support.postgres import lacking, run_postgres

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.scale, pytest.mark.skipif(bool(lacking()), reason=lacking())]

PROCESSES, RATE, SECONDS, KILLED_AFTER, DOWN = 4, 500, 40, 15, 3
WRITER = Path(__file__).with_name("writer.py")


def test_a_killed_server_loses_nothing_that_was_acknowledged(
    report: Callable[[str], None],
) -> None:
    with run_postgres() as server:
        Store.connect(server.url).close()
        command = [sys.executable, str(WRITER), server.url, str(RATE), str(SECONDS)]
        writers = [
            subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True)
            for n in range(PROCESSES)
        ]
        time.sleep(KILLED_AFTER)
        server.kill()
        time.sleep(DOWN)
        server.start()
        told = [json.loads(writer.communicate()[0]) for writer in writers]
        with Store.connect(server.url) as store:
            watches = {watch.server_id for watch in store.watches.list_active()}
            lost = sum(watch not in watches for one in told for watch in one["watches"]) + sum(
                store.tickets.read(token) is None for one in told for token in one["tickets"]
            )
            lost += sum(
                not store.servers.read(server_id).private
                for one in told
                for server_id in one["servers"]
            )
    written, refused = (sum(one[end] for one in told) for end in ("written", "failed"))
    rate = sum(one["before"] for one in told)
    report(
        f"{PROCESSES} processes, {written} writes acknowledged in {SECONDS} s, {rate:.0f} a second "
        f"before the kill; {refused} refused; {lost} acknowledged and lost"
    )
    assert lost == 0
