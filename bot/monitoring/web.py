"""Three pages about a process: whether it lives, whether it answers, and its figures."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bot.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.monitoring.metrics import Metrics
    from bot.monitoring.state import ProcessState
    from bot.settings import MonitoringSettings

    ReadState = Callable[[], Awaitable[ProcessState]]

TEXT = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text format
UNREADY = 503


@asynccontextmanager
async def serve_monitoring(
    settings: MonitoringSettings, metrics: Metrics, read_state: ReadState
) -> AsyncIterator[None]:
    """Answer /healthz, /readyz and /metrics; nothing where no port is set.

    Raises SettingsError where the port cannot be had.
    """
    if not settings.port:
        yield
        return
    runner = web.AppRunner(_build_app(metrics, read_state), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            raise SettingsError(
                f"monitoring.port: {settings.host}:{settings.port} cannot be had "
                f"({error.strerror}); name another"
            ) from None
        yield
    finally:
        await runner.cleanup()


def _build_app(metrics: Metrics, read_state: ReadState) -> web.Application:
    async def tell_health(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def tell_readiness(_: web.Request) -> web.Response:
        state = await read_state()
        document = {
            "ready": not state.problems,
            "problems": state.problems,
            "store": state.store_failure or "ok",
            "articles": state.articles,
        }
        return web.json_response(document, status=UNREADY if state.problems else 200)

    async def tell_figures(_: web.Request) -> web.Response:
        body = metrics.render(await read_state())
        return web.Response(body=body, headers={"Content-Type": TEXT})

    app = web.Application()
    app.router.add_get("/healthz", tell_health)
    app.router.add_get("/readyz", tell_readiness)
    app.router.add_get("/metrics", tell_figures)
    return app
