"""One address fetched over http: bytes, redirects and time bounded, every failure a phrase."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from bot.feeds.addresses import AddressError, parse_address
from bot.feeds.limits import LIMITS
from bot.feeds.network import ForbiddenAddress, build_connector
from bot.feeds.validators import NO_VALIDATORS, Validators, parse_freshness, parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp.abc import AbstractResolver

    from bot.feeds.limits import FeedLimits
    from bot.feeds.network import Gate

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ACCEPT = (
    "application/feed+json, application/atom+xml, application/rss+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_PIECE = 64 * 1024


class FetchError(Exception):
    """A fetch that gave nothing; `reason` is a phrase without the address.

    `status` is the server's, 0 where there was no answer. `retry_after` is the wait in seconds that
    the server asks for, none where it asks for none.
    """

    def __init__(self, reason: str, *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came; `body` is none where it is the same as before.

    `address` is where it was found at last, `fresh_for` how many seconds the server calls it fresh.
    """

    address: str
    body: bytes | None = field(repr=False)
    content_type: str = ""
    validators: Validators = NO_VALIDATORS
    fresh_for: float = 0.0


class Fetcher:
    """Fetches through one gate; an asynchronous context manager, for one event loop."""

    def __init__(
        self,
        gate: Gate,
        *,
        limits: FeedLimits = LIMITS,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._gate, self._limits, self._resolver = gate, limits, resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=build_connector(self._gate, self._resolver),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(self, address: str, known: Validators | None = None) -> Fetched:
        """Fetch an address, unless it is as `known` says; raises FetchError."""
        try:
            async with asyncio.timeout(self._limits.patience):
                return await self._follow(address, known or NO_VALIDATORS)
        except TimeoutError:
            seconds = f"{self._limits.patience:.0f} s"
            raise FetchError(f"took longer than {seconds}") from None
        except aiohttp.ClientError as error:
            raise FetchError(_describe(error)) from None
        except (OSError, ValueError) as error:
            raise FetchError(_describe(error)) from None

    async def _follow(self, address: str, known: Validators) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            answer = await self._ask(address, known)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        raise FetchError(f"redirects more than {self._limits.redirects} times")

    async def _ask(self, address: str, known: Validators) -> Fetched | str:
        """One request: what came, or the address that it leads on to."""
        if self._session is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        async with self._session.get(
            URL(address, encoded=True), headers=_headers(known), allow_redirects=False
        ) as answer:
            if answer.status in _REDIRECTS and (location := answer.headers.get("Location")):
                return _lead_on(address, location)
            _refuse_failure(answer)
            validators = Validators.of_headers(answer.headers)
            body = None if answer.status == 304 else await self._read(answer)  # noqa: PLR2004  # "not modified"
            if body is not None:
                validators = validators.of(body)
            return Fetched(
                address=address,
                body=None if body is None or known.names_same(validators) else body,
                content_type=answer.headers.get("Content-Type", ""),
                validators=known if body is None else validators,
                fresh_for=parse_freshness(answer.headers),
            )

    async def _read(self, answer: aiohttp.ClientResponse) -> bytes:
        """The body, decompressed, as long as it stays within the limits either way."""
        if (answer.content_length or 0) > self._limits.wire_bytes:
            raise FetchError(self._say_too_large())
        unpack = _build_unpacker(answer.headers.get("Content-Encoding", ""))
        came, body = 0, bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            came += len(piece)
            body += unpack.feed(piece, self._limits.body_bytes + 1 - len(body))
            if came > self._limits.wire_bytes or len(body) > self._limits.body_bytes:
                raise FetchError(self._say_too_large())
        return bytes(body)

    def _say_too_large(self) -> str:
        return f"is larger than {self._limits.body_bytes / 1e6:.0f} MB"


class _Plain:
    """A body that is not compressed."""

    def feed(self, piece: bytes, room: int) -> bytes:
        return piece[:room]


class _Inflating:
    """A body in gzip or deflate, never unpacked further than there is room."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._started = False

    def feed(self, piece: bytes, room: int) -> bytes:
        try:
            unpacked = self._inflate.decompress(piece, room)
        except zlib.error:
            if self._started:
                raise FetchError("is compressed, and the compression is broken") from None
            # "deflate" is sent with and without the wrapper that its name promises.
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            unpacked = self._feed_raw(piece, room)
        self._started = True
        return unpacked

    def _feed_raw(self, piece: bytes, room: int) -> bytes:
        try:
            return self._inflate.decompress(piece, room)
        except zlib.error:
            raise FetchError("is compressed, and the compression is broken") from None


def _build_unpacker(encoding: str) -> _Plain | _Inflating:
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip" | "deflate":
            return _Inflating()
        case other:
            raise FetchError(f"is compressed as {other[:20]}, which was not asked for")


def _headers(known: Validators) -> Mapping[str, str]:
    return {
        "User-Agent": f"Clippings/{version('clippings')} (feed reader)",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        **known.headers(),
    }


def _lead_on(address: str, location: str) -> str:
    if (urlsplit(urljoin(address, location)).scheme or "").lower() not in {"http", "https"}:
        raise FetchError("redirects to what is neither http nor https")
    try:
        return parse_address(urljoin(address, location))
    except AddressError as error:
        raise FetchError(f"redirects to what is no address: {error}") from None


def _refuse_failure(answer: aiohttp.ClientResponse) -> None:
    status = answer.status
    if status in {200, 203, 304}:
        return
    reason = f"answers {status} {answer.reason or ''}".rstrip()[:80]
    if answer.headers.get("cf-mitigated"):
        reason = f"{reason}: it wants a person in a browser"
    raise FetchError(reason, status=status, retry_after=parse_retry_after(answer.headers))


def _describe(error: Exception) -> str:
    """Why there was no answer, without a word of the address."""
    if forbidden := _find_forbidden(error):
        return str(forbidden)
    for kinds, phrase in _PHRASES:
        if isinstance(error, kinds):
            return phrase
    return f"cannot be fetched ({type(error).__name__})"


def _find_forbidden(error: BaseException | None) -> ForbiddenAddress | None:
    """The gate's own error behind the one that aiohttp made of it."""
    while error is not None and not isinstance(error, ForbiddenAddress):
        error = getattr(error, "os_error", None) or error.__cause__ or error.__context__
    return error


# The narrower kind before the wider.
_PHRASES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((aiohttp.ClientConnectorDNSError,), "its host has no address; check the spelling"),
    ((aiohttp.ClientSSLError, ssl.SSLError), "its certificate cannot be trusted"),
    ((aiohttp.ClientConnectorError,), "cannot be connected to"),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError), "breaks off in the middle"),
    ((aiohttp.InvalidURL, ValueError), "has an address that cannot be fetched"),
)
