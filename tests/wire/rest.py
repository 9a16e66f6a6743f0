"""The HTTP half of Discord: SimCord's routes behind a real socket, and a real one's faults."""

from __future__ import annotations

import asyncio
import fnmatch
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord
from aiohttp import BodyPartReader, web
from simcord.backend.errors import BackendError
from simcord.http import RouteNotImplemented, UnsupportedField, router

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simcord.backend import Backend

PREFIX = "/api/v10"
_LIMITS = {
    "Via": "1.1 example",
    "X-RateLimit-Limit": "50",
    "X-RateLimit-Remaining": "49",
    "X-RateLimit-Reset-After": "1",
    "X-RateLimit-Bucket": "all",
}
_BY_TOKEN_IN_PATH = ("/webhooks/", "/interactions/")


@dataclass(slots=True)
class Fault:
    """What the next `times` matching requests meet instead of an answer; `path` may hold `*`."""

    method: str
    path: str
    status: int = 502
    body: Mapping[str, Any] = field(default_factory=lambda: {"message": "injected", "code": 0})
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    hangs_up: bool = False

    def meets(self, method: str, path: str) -> bool:
        """Whether this request is one of those."""
        return self.times > 0 and self.method == method and fnmatch.fnmatch(path, self.path)


def too_many(method: str, path: str, retry_after: float, *, everywhere: bool = False) -> Fault:
    """Give the fault of a rate limit, in the form that discord.py waits for and tries again."""
    said = "You are being rate limited."
    body = {"message": said, "retry_after": retry_after, "global": everywhere}
    headers = {"Retry-After": str(retry_after), "Via": "1.1 example"}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    return Fault(method, path, status=429, body=body, headers=headers)


class Rest:
    """Discord's routes; `gaps` are requests that SimCord does not know how to answer."""

    def __init__(self, backend: Backend, token: str) -> None:
        self.token = token
        self.gateway_url = ""
        self.faults: list[Fault] = []
        self.gaps: list[str] = []
        self.refused: list[tuple[str, int]] = []
        self._backend = backend

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request as Discord does."""
        path = request.path.removeprefix(PREFIX)
        body, files = await _read_body(request)
        if fault := next((f for f in self.faults if f.meets(request.method, path)), None):
            return _answer_fault(fault, request)
        if not self._authorised(request, path):
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        if path in ("/gateway", "/gateway/bot"):
            return _json(_describe_gateway(self.gateway_url))
        return self._dispatch(request, path, body, files)

    def _authorised(self, request: web.Request, path: str) -> bool:
        given = request.headers.get("Authorization")
        return path.startswith(_BY_TOKEN_IN_PATH) or given == f"Bot {self.token}"

    def _dispatch(
        self, request: web.Request, path: str, body: object, files: list[discord.File]
    ) -> web.StreamResponse:
        try:
            answer = router.dispatch(
                self._backend,
                request.method,
                path,
                json=body,
                params=dict(request.query),
                files=files,
                reason=request.headers.get("X-Audit-Log-Reason"),
            )
        except (RouteNotImplemented, UnsupportedField) as gap:
            self.gaps.append(f"{request.method} {path}: {gap}")
            return _json(gap.to_json(), 501)
        except BackendError as error:
            self.refused.append((f"{request.method} {path}", error.code))
            return _json(error.to_json(), error.status, _LIMITS)
        return web.Response(status=204) if answer is None else _json(answer, headers=_LIMITS)


def _answer_fault(fault: Fault, request: web.Request) -> web.StreamResponse:
    fault.times -= 1
    if fault.hangs_up and isinstance(request.transport, asyncio.WriteTransport):
        request.transport.abort()
    return _json(fault.body, fault.status, fault.headers)


def _describe_gateway(url: str) -> dict[str, Any]:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return {"url": url, "shards": 1, "session_start_limit": limit}


async def _read_body(request: web.Request) -> tuple[object, list[discord.File]]:
    if request.content_type == "application/json":
        return await request.json(), []
    if not request.content_type.startswith("multipart/"):
        return None, []
    body: Any = None
    files: list[discord.File] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise TypeError("discord.py nests no parts")
        if part.name == "payload_json":
            body = json.loads(await part.text())
        else:
            files.append(discord.File(io.BytesIO(await part.read()), part.filename))
    for file, described in zip(files, (body or {}).get("attachments", ()), strict=False):
        file.description = described.get("description")
    return body, files


def _json(
    answer: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Answer with JSON; discord.py reads it as such only without a charset in the type."""
    typed = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=typed)
