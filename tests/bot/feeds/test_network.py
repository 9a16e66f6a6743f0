"""The gate: public addresses pass, and nothing that leads inwards in whatever form."""

from __future__ import annotations

import pytest

from bot.feeds.network import Gate


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_what_is_public_passes(address: str) -> None:
    assert Gate().admits(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1"),  # noqa: S104  # none is listened on
        *("169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "192.0.0.192"),
        *("255.255.255.255", "168.63.129.16", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
        *("", "localhost", "127.1", "0x7f000001"),
    ],
)
def test_what_leads_inwards_does_not(address: str) -> None:
    assert not Gate().admits(address)


def test_the_operator_may_open_a_network_and_no_other() -> None:
    gate = Gate(["192.168.7.0/24", "fd12::/16"])
    assert gate.admits("192.168.7.9")
    assert gate.admits("fd12::5")
    assert not gate.admits("192.168.8.9")
    assert not gate.admits("127.0.0.1")
