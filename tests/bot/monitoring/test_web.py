"""The pages about a process, fetched from it."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.discord_bot.gateway_state import ShardState
from bot.monitoring.metrics import Metrics
from bot.monitoring.state import ProcessState
from bot.monitoring.web import serve_monitoring
from bot.settings import MonitoringSettings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

WELL = ProcessState(
    shards={0: ShardState(connected=True, latency=0.04, servers=12)},
    queue=0,
    articles=16,
    newest=None,
    updated=None,
    store_failure="",
    figures=None,
    writes=True,
)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def always(state: ProcessState) -> Callable[[], Awaitable[ProcessState]]:
    async def read() -> ProcessState:
        return state

    return read


async def fetch(state: ProcessState, path: str) -> tuple[int, str]:
    settings = MonitoringSettings(port=free_port())
    async with (
        serve_monitoring(settings, Metrics(), always(state)),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{settings.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_process_that_answers_is_alive_and_ready() -> None:
    assert await fetch(WELL, "/healthz") == (200, "ok\n")
    status, said = await fetch(WELL, "/readyz")
    assert status == 200
    assert '"ready": true' in said


async def test_one_without_discord_is_alive_and_says_why_it_is_not_ready() -> None:
    lost = replace(WELL, shards={0: ShardState(connected=False, latency=None, servers=0)})
    assert (await fetch(lost, "/healthz"))[0] == 200
    status, said = await fetch(lost, "/readyz")
    assert status == 503
    assert "shard 0 is not connected" in said


async def test_a_store_that_fails_is_said_and_answers_go_on() -> None:
    status, said = await fetch(replace(WELL, store_failure="the disk is full"), "/readyz")
    assert status == 200
    assert "the disk is full" in said


async def test_figures_are_there_for_prometheus() -> None:
    status, said = await fetch(WELL, "/metrics")
    assert status == 200
    assert "clippings_articles 16.0" in said


async def test_without_a_port_nothing_is_served() -> None:
    async with serve_monitoring(MonitoringSettings(), Metrics(), always(WELL)):
        pass


async def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = MonitoringSettings(port=taken.getsockname()[1])
        with pytest.raises(SettingsError, match=f"monitoring.port: 127.0.0.1:{settings.port}"):
            async with serve_monitoring(settings, Metrics(), always(WELL)):
                pass
