"""Every check that a request of the bot has to pass, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.limits import limit_errors
from tests.support.openapi import load_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simcord import HttpLogEntry


def request_errors(method: str, path: str, body: object) -> list[str]:
    """Say in a line each what Discord would refuse, or what could ping somebody."""
    spec = load_spec()
    described = spec.request_errors(method, path, body) if spec else []
    return described + [f"{method} {path}: {error}" for error in limit_errors(method, path, body)]


def assert_requests_pass(requests: Iterable[HttpLogEntry]) -> None:
    """Fail with every line at once, so that one run shows all there is to mend."""
    errors = [line for r in requests for line in request_errors(r.method, r.path, r.json)]
    assert not errors, "Discord would refuse:\n" + "\n".join(errors)
