"""Which addresses of the network may be connected to, checked where the connection is made."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, TypeAlias

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

if TYPE_CHECKING:
    from collections.abc import Sequence

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

# What carries an IPv4 address inside: a translator may lead it into a private network.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_TRANSLATED_LOCALLY = ipaddress.ip_network("64:ff9b:1::/48")
# Public by the registry or by an older copy of it, and yet the metadata service of some cloud.
_METADATA: tuple[Network, ...] = tuple(
    map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "fd00:ec2::254/128"))
)


class ForbiddenAddress(OSError):  # noqa: N818  # an OSError, as all that a connection can meet
    """An address outside the public internet; the message names none."""

    def __init__(self) -> None:
        super().__init__(
            "leads to a private, local or metadata address; fetching.private_networks can allow it"
        )


class Gate:
    """Lets through public addresses, and those of the networks that the operator names."""

    def __init__(self, private_networks: Sequence[str] = ()) -> None:
        self._allowed: tuple[Network, ...] = tuple(map(ipaddress.ip_network, private_networks))

    def admits(self, host: str) -> bool:
        """Whether this address, in figures, may be connected to."""
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return False
        if any(address in network for network in self._allowed):
            return True
        return all(map(_is_public, (address, *_carried(address))))


class GatedResolver(AbstractResolver):
    """Resolves names, and refuses one of whose addresses any is forbidden."""

    def __init__(self, gate: Gate, inner: AbstractResolver | None = None) -> None:
        self._gate = gate
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name; raises ForbiddenAddress."""
        found = await self._inner.resolve(host, port, family)
        if not all(self._gate.admits(each["host"]) for each in found):
            raise ForbiddenAddress
        return found

    async def close(self) -> None:
        """Let go of the resolver that is asked."""
        await self._inner.close()


def build_connector(gate: Gate, resolver: AbstractResolver | None = None) -> aiohttp.TCPConnector:
    """A connector whose every socket passed the gate, whatever led to it.

    The name is checked as it is resolved, and once more the very address that is connected to,
    which is all that an address in figures meets.
    """

    def open_socket(info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        family, kind, protocol, _, place = info
        if not gate.admits(str(place[0])):
            raise ForbiddenAddress
        opened = socket.socket(family, kind, protocol)
        opened.setblocking(False)  # noqa: FBT003  # the standard library's signature
        return opened

    return aiohttp.TCPConnector(
        resolver=GatedResolver(gate, resolver),
        socket_factory=open_socket,
        use_dns_cache=False,
        force_close=True,
        limit_per_host=1,
    )


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast:
        return False
    return not any(address in network for network in _METADATA)


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 one carries: mapped, tunnelled or translated."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    if address in _TRANSLATED or address in _TRANSLATED_LOCALLY:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.teredo:
        found += address.teredo
    return [each for each in found if each is not None]
