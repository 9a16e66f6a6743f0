"""The gateway half of Discord: sessions that can be resumed, heartbeats, ways to hang up."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import discord
from aiohttp import WSMsgType, web
from simcord.backend import serializers
from simcord.gateway import FakeGateway

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simcord.backend import Backend

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, INVALID, HELLO, ACK = (
    0, 1, 2, 3, 6, 7, 9, 10, 11,
)  # fmt: skip
AUTHENTICATION_FAILED: Final = 4004
INVALID_SHARD: Final = 4010
SHARDING_REQUIRED: Final = 4011
UNKNOWN_OPCODE: Final = 4001
DISALLOWED_INTENTS: Final = 4014
PRIVILEGED: Final = discord.Intents(members=True, presences=True, message_content=True).value


@dataclass(slots=True, eq=False)
class Session:
    """Every event for one bot, in order; a connection sends those after the last one received."""

    intents: discord.Intents
    shard: tuple[int, int] = (0, 1)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    events: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, name: str, payload: Mapping[str, Any]) -> None:
        """Number an event and have it sent."""
        frame = {"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": payload}
        self.events.append(json.dumps(frame))
        self.arrived.set()

    def tells_of(self, guild_id: int) -> bool:
        """Whether a server is of the shard; what is of none goes to the first."""
        number, count = self.shard
        return (guild_id >> 22) % count == number

    async def send_after(self, received: int, socket: web.WebSocketResponse) -> None:
        """Send what comes after the `received` first events, until the connection ends."""
        sent = received
        with suppress(ConnectionResetError):  # the bot hung up; it may come again and resume
            while not socket.closed:
                while sent < len(self.events):
                    await socket.send_str(self.events[sent])
                    sent += 1
                self.arrived.clear()
                await self.arrived.wait()


@dataclass(slots=True)
class _Reader:
    """What SimCord's gateway takes for discord.py's state: every event goes to the session."""

    session: Session

    @property
    def intents(self) -> discord.Intents:
        return self.session.intents

    @property
    def parsers(self) -> _Reader:
        return self

    def __getitem__(self, event: str) -> Callable[[Mapping[str, Any]], None]:
        return partial(self.session.add, event)


class Gateway:
    """One bot's door to the world at `url`; `changed` is called for every frame it receives."""

    def __init__(self, backend: Backend, token: str, changed: Callable[[], None]) -> None:
        self.url = ""
        self.token = token
        self.approved = 0
        self.refuse_resume = False
        self.acknowledges = True
        self.refusals = 0
        self.most_guilds = 0  # of a shard, 0 for any number
        self.received: list[int] = []
        self.identified: list[tuple[int, float]] = []  # the shard and when, by the loop's clock
        self._backend = backend
        self._changed = changed
        self._sessions: dict[int, tuple[Session, FakeGateway]] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        backend.subscribers.append(self._feed)

    async def hang_up(self, code: int) -> None:
        """Close every connection with a code, as Discord does."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Send op 7: come again and resume."""
        await self._tell_all({"op": RECONNECT, "d": None})

    def repeat(self, name: str, times: int) -> None:
        """Send the last event of this name again, as a resumed session may."""
        for session, _ in self._sessions.values():
            events = [json.loads(event) for event in session.events]
            last = next(event for event in reversed(events) if event["t"] == name)
            for _ in range(times):
                session.add(name, last["d"])

    async def forget_session(self) -> None:
        """Send op 9: the session is gone, identify anew."""
        self._sessions.clear()
        await self._tell_all({"op": INVALID, "d": False})

    async def _tell_all(self, frame: Mapping[str, Any]) -> None:
        for socket in list(self._sockets):
            with suppress(ConnectionResetError):  # the bot hung up meanwhile
                await socket.send_json(frame)

    @property
    def connections(self) -> int:
        """How often a bot has identified itself or resumed."""
        return sum(op in (IDENTIFY, RESUME) for op in self.received)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection from hello to its end."""
        if self.refusals:
            self.refusals -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self._sockets.add(socket)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 5000}})
        async with asyncio.TaskGroup() as tasks:
            sending: list[asyncio.Task[None]] = []
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    sending += await self._answer(socket, json.loads(frame.data), tasks)
            for task in sending:
                task.cancel()
        self._sockets.discard(socket)
        return socket

    async def _answer(
        self, socket: web.WebSocketResponse, frame: dict[str, Any], tasks: asyncio.TaskGroup
    ) -> list[asyncio.Task[None]]:
        """Answer one frame; identifying and resuming begin to send the session's events."""
        self.received.append(frame["op"])
        self._changed()
        match frame["op"]:
            case 1:
                if self.acknowledges:
                    await socket.send_json({"op": ACK})
            case 2:
                return await self._identify(socket, frame["d"], tasks)
            case 3:
                pass
            case 6:
                return await self._resume(socket, frame["d"], tasks)
            case _:
                await socket.close(code=UNKNOWN_OPCODE, message=b"Unknown opcode.")
        return []

    async def _identify(
        self, socket: web.WebSocketResponse, asked: dict[str, Any], tasks: asyncio.TaskGroup
    ) -> list[asyncio.Task[None]]:
        if asked["token"] != self.token:
            await socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return []
        if asked["intents"] & PRIVILEGED & ~self.approved:
            await socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return []
        shard = tuple(asked.get("shard", (0, 1)))
        if self.most_guilds and len(self._backend.guilds) > self.most_guilds * shard[1]:
            await socket.close(code=SHARDING_REQUIRED, message=b"Sharding required.")
            return []
        self.identified.append((shard[0], asyncio.get_running_loop().time()))
        session = self._open_session(discord.Intents._from_value(asked["intents"]), shard)  # noqa: SLF001  # the only way from a number
        return [tasks.create_task(session.send_after(0, socket))]

    async def _resume(
        self, socket: web.WebSocketResponse, asked: dict[str, Any], tasks: asyncio.TaskGroup
    ) -> list[asyncio.Task[None]]:
        known = (session for session, _ in self._sessions.values())
        session = next((one for one in known if one.id == asked["session_id"]), None)
        if session is None or self.refuse_resume:
            await socket.send_json({"op": INVALID, "d": False})
            return []
        session.add("RESUMED", {})
        return [tasks.create_task(session.send_after(asked["seq"], socket))]

    def _open_session(self, intents: discord.Intents, shard: tuple[int, int]) -> Session:
        backend = self._backend
        session = Session(intents, shard)
        told = FakeGateway(backend, _Reader(session))
        self._sessions[shard[0]] = session, told
        guilds = [guild for guild in backend.guilds.values() if session.tells_of(guild.id)]
        session.add(
            "READY",
            {
                "v": 10,
                "user": dict(serializers.user_payload(backend.bot_user)),
                "session_id": session.id,
                "shard": list(shard),
                "resume_gateway_url": self.url,
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "application": {"id": str(backend.application_id), "flags": 0},
            },
        )
        for guild in guilds:
            told.feed("GUILD_CREATE", serializers.guild_create_payload(backend, guild))
        return session

    def _feed(self, event: str, payload: Mapping[str, Any]) -> None:
        is_guild = event in {"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"}
        guild_id = int(payload.get("id" if is_guild else "guild_id") or 0)
        for session, told in self._sessions.values():
            if session.tells_of(guild_id):
                told.feed(event, payload)
