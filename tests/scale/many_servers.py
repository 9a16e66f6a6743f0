"""A Discord on loopback with more servers than a world holds: shards, commands, posts, no more."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.wire.gateway import ACK, DISPATCH, HEARTBEAT, HELLO, IDENTIFY, INVALID, RESUME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

APPLICATION, BOT, ASKER = 111_111_111_111_111_111, 111_111_111_111_111_111, 7 << 40
FIRST = 1_000_000  # of the moments that the servers' ids stand for
CHANNELS, ROLES = 20, 12
EVERYTHING = str((1 << 50) - 1)
MOMENT = "2031-06-01T12:00:00+00:00"
USER = {"id": str(BOT), "username": "clippings", "discriminator": "0", "avatar": None, "bot": True}
MEMBER = {"id": str(ASKER), "username": "robin", "discriminator": "0", "avatar": None}


@dataclass(slots=True)
class Asked:
    """One command: when it was sent, acknowledged and answered, by a clock that only goes on."""

    sent: float
    acknowledged: float = 0.0
    answered: float = 0.0


@dataclass(slots=True)
class Door:
    """Where the gateway is."""

    url: str = ""


@dataclass(slots=True)
class ManyServers:
    """`count` servers on `shards` shards; what the bot says in them, and how soon."""

    count: int
    shards: int
    at_once: int  # shards that may identify themselves in five seconds
    api: str = ""
    gateway: Door = field(default_factory=Door)
    asked: dict[int, Asked] = field(default_factory=dict)
    posts: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    identified: list[tuple[int, float]] = field(default_factory=list)
    sockets: dict[int, web.WebSocketResponse] = field(default_factory=dict)
    repeated: int = 0
    unknown: set[str] = field(default_factory=set)
    _commands: list[dict[str, Any]] = field(default_factory=list)
    _nonces: dict[str, dict[str, Any]] = field(default_factory=dict)
    _number: int = 1 << 50

    def guild_id(self, number: int) -> int:
        """The id of the n-th server, which is of shard n % shards."""
        return (FIRST + number) << 22

    def shard_of(self, guild_id: int) -> int:
        """The shard that serves a server."""
        return (guild_id >> 22) % self.shards

    async def ask(self, number: int, question: str) -> int | None:
        """Ask in the n-th server; the interaction, or none while nobody serves it."""
        guild_id = self.guild_id(number)
        socket = self.sockets.get(self.shard_of(guild_id))
        command = next((one for one in self._commands if one["name"] == "ask"), None)
        if socket is None or socket.closed or command is None:
            return None
        interaction = self._next()
        self.asked[interaction] = Asked(time.monotonic())
        event = _describe_command(interaction, guild_id, command["id"], question)
        with suppress(ConnectionError):
            await socket.send_str(_dispatch("INTERACTION_CREATE", event, interaction))
        return interaction

    async def handle_gateway(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one shard's connection; a session is never resumed."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 20_000}})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            said = json.loads(frame.data)
            if said["op"] == HEARTBEAT:
                await socket.send_json({"op": ACK})
            elif said["op"] == RESUME:
                await socket.send_json({"op": INVALID, "d": False})
            elif said["op"] == IDENTIFY:
                await self._welcome(socket, said["d"]["shard"][0])
        return socket

    async def _welcome(self, socket: web.WebSocketResponse, shard: int) -> None:
        self.identified.append((shard, time.monotonic()))
        numbers = range(shard, self.count, self.shards)
        ready = {
            "v": 10,
            "user": USER,
            "session_id": f"session {self._next()}",
            "resume_gateway_url": self.gateway.url,
            "shard": [shard, self.shards],
            "guilds": [{"id": str(self.guild_id(n)), "unavailable": True} for n in numbers],
            "application": {"id": str(APPLICATION), "flags": 0},
        }
        await socket.send_str(_dispatch("READY", ready, 1))
        for n in numbers:
            await socket.send_str(_dispatch("GUILD_CREATE", describe_server(self.guild_id(n)), 2))
        self.sockets[shard] = socket

    def list_routes(self) -> Iterator[web.RouteDef]:
        """What the bot needs to start, to answer and to post."""
        at = "/api/v10"
        yield web.get(f"{at}/users/@me", self._always(USER))
        yield web.get(f"{at}/oauth2/applications/@me", self._always(_describe_application()))
        yield web.get(f"{at}/gateway/bot", self._advise)
        yield web.get(f"{at}/applications/{{id}}/commands", self._list_commands)
        yield web.put(f"{at}/applications/{{id}}/commands", self._keep_commands)
        yield web.post(f"{at}/interactions/{{number}}/{{token}}/callback", self._acknowledge)
        yield web.patch(f"{at}/webhooks/{{id}}/{{token}}/messages/{{which}}", self._answer)
        yield web.post(f"{at}/channels/{{channel}}/messages", self._post)
        yield web.patch(f"{at}/channels/{{channel}}/messages/{{id}}", self._edit)
        yield web.get(f"{at}/channels/{{channel}}/messages", self._list_posts)
        yield web.route("*", f"{at}/{{path:.*}}", self._refuse)

    def _always(self, answer: object) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def give(_: web.Request) -> web.Response:
            return _json(answer)

        return give

    async def _advise(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0}
        limit["max_concurrency"] = self.at_once
        advised = {"url": self.gateway.url, "shards": self.shards}
        return _json(advised | {"session_start_limit": limit})

    async def _list_commands(self, _: web.Request) -> web.Response:
        return _json(self._commands)

    async def _keep_commands(self, request: web.Request) -> web.Response:
        self._commands = [
            {"description": ""} | one | self._identify() for one in await request.json()
        ]
        return _json(self._commands)

    async def _edit(self, request: web.Request) -> web.Response:
        self.edits.append(await request.text())
        return _json(self._message(int(request.match_info["channel"]), {}))

    async def _list_posts(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        return _json([post for where, post in self.posts if where == channel][::-1][:100])

    async def _refuse(self, request: web.Request) -> web.Response:
        self.unknown.add(f"{request.method} {request.path}")
        return _json({"message": "404: Not Found", "code": 0}, 404)

    async def _acknowledge(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        asked = self.asked[number]
        asked.acknowledged = time.monotonic()
        told = {"id": str(number), "type": 2, "response_message_id": str(self._next())}
        message = self._message(0, {})
        return _json({"interaction": told, "resource": {"type": 5, "message": message}})

    async def _answer(self, request: web.Request) -> web.Response:
        asked = self.asked[int(request.match_info["token"].rpartition("-")[2])]
        asked.answered = asked.answered or time.monotonic()
        return _json(self._message(0, {}))

    async def _post(self, request: web.Request) -> web.Response:
        channel, body = int(request.match_info["channel"]), await request.json()
        nonce = str(body.get("nonce"))
        if body.get("enforce_nonce") and nonce in self._nonces:
            self.repeated += 1
            return _json(self._nonces[nonce])
        message = self._message(channel, body)
        self._nonces[nonce] = message
        self.posts.append((channel, message))
        return _json(message)

    def _message(self, channel: int, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": str(self._next()),
            "channel_id": str(channel),
            "author": USER,
            "content": "",
            "type": 0,
            "timestamp": MOMENT,
            "edited_timestamp": None,
            "flags": 0,
            "tts": False,
            "pinned": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": body.get("components", []),
        }

    def _identify(self) -> dict[str, str]:
        return {"id": str(self._next()), "application_id": str(APPLICATION), "version": "1"}

    def _next(self) -> int:
        self._number += 1
        return self._number


def channels_of(guild_id: int) -> Iterator[int]:
    """The ids of a server's channels."""
    return (guild_id + 1 + n for n in range(CHANNELS))


def describe_server(guild_id: int) -> dict[str, Any]:
    """A server as Discord tells of it: channels, roles and the bot's own member."""
    everyone = {"id": str(guild_id), "name": "@everyone", "permissions": EVERYTHING}
    roles = [
        everyone,
        *({"id": str(guild_id + 100 + n), "name": f"role {n}"} for n in range(ROLES)),
    ]
    common = {"color": 0, "hoist": False, "managed": False, "mentionable": False, "position": 0}
    return {
        "id": str(guild_id),
        "name": f"Server {guild_id >> 22}",
        "owner_id": str(ASKER),
        "unavailable": False,
        "member_count": 250,
        "preferred_locale": "en-US",
        "features": [],
        "emojis": [],
        "stickers": [],
        "threads": [],
        "roles": [common | {"permissions": "0"} | role for role in roles],
        "channels": [
            {
                "id": str(channel),
                "type": 0,
                "name": f"channel-{n}",
                "position": n,
                "topic": "What is talked about in this channel, in a line or so.",
                "nsfw": False,
                "parent_id": None,
                "permission_overwrites": [],
                "last_message_id": None,
                "rate_limit_per_user": 0,
            }
            for n, channel in enumerate(channels_of(guild_id))
        ],
        "members": [{"user": USER, "roles": [], "flags": 0, "joined_at": MOMENT}],
    }


def _describe_command(
    interaction: int, guild_id: int, command_id: str, question: str
) -> dict[str, Any]:
    channel = next(channels_of(guild_id))
    member = {"user": MEMBER, "roles": [], "flags": 0, "permissions": "0", "joined_at": MOMENT}
    option = {"name": "question", "type": 3, "value": question}
    return {
        "id": str(interaction),
        "application_id": str(APPLICATION),
        "type": 2,
        "token": f"interaction-{interaction}",
        "version": 1,
        "guild_id": str(guild_id),
        "channel_id": str(channel),
        "channel": {"id": str(channel), "type": 0, "name": "channel-0", "permissions": EVERYTHING},
        "member": member,
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": EVERYTHING,
        "attachment_size_limit": 10_485_760,
        "entitlements": [],
        "context": 0,
        "data": {"id": command_id, "name": "ask", "type": 1, "options": [option]},
    }


def _describe_application() -> dict[str, Any]:
    return {
        "id": str(APPLICATION),
        "name": "clippings",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": MEMBER,
        "flags": 0,
    }


def _dispatch(event: str, payload: dict[str, Any], number: int) -> str:
    return json.dumps({"op": DISPATCH, "t": event, "s": number, "d": payload})


def _json(answer: object, status: int = 200) -> web.Response:
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers)


@asynccontextmanager
async def serve_many(count: int, shards: int, at_once: int) -> AsyncIterator[ManyServers]:
    """Open the doors on a free port of loopback, and close them after."""
    served = ManyServers(count, shards, at_once)
    app = web.Application(client_max_size=1 << 26)
    app.router.add_routes(list(served.list_routes()))
    for path in ("/gateway", "/gateway/"):
        app.router.add_get(path, served.handle_gateway)
    runner = web.AppRunner(app, shutdown_timeout=1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    served.api = f"http://127.0.0.1:{port}/api/v10"
    served.gateway.url = f"ws://127.0.0.1:{port}/gateway"
    try:
        yield served
    finally:
        await asyncio.gather(*(socket.close(code=1001) for socket in served.sockets.values()))
        await runner.cleanup()
