"""OpenSearch, asked over HTTP: short time-outs, one more try elsewhere, nothing half answered."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NotReached,  # not the one of Python's own
)
from opensearchpy.exceptions import OpenSearchException, TransportError

from retrieval.errors import RetrievalError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_TOO_MANY = 429
_NOT_FOUND = 404
_CONFLICT = 409
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # seconds, one after another
_UNDONE = (502, 503, 504)  # a gateway's words, or a shard that nobody has just now
_LOST = ("search_context_missing_exception", "no node found", "index_not_found_exception")


class ContextLost(RetrievalError):  # noqa: N818  # reads as what it is
    """What was to be searched at one point in time is gone from the engine, as after a restart."""


class WrittenBefore(RetrievalError):  # noqa: N818  # reads as what it is
    """Somebody else wrote first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineAddress:
    """Where OpenSearch is, and who asks; nothing secret is part of a `repr`.

    `hosts` are URLs of nodes, of which any may fail. `authority` is a file of certificates where
    the system's own do not do. `seconds` is how long a search may take before it is tried once
    more elsewhere.
    """

    hosts: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    authority: Path | None = None
    seconds: float = 1.2


class EngineClient:
    """Requests to the engine, each answered whole or ended by a StorageError of one line."""

    def __init__(self, address: EngineAddress) -> None:
        self._address = address
        logging.getLogger("opensearch").setLevel(
            logging.CRITICAL
        )  # each failure is an error of ours
        self._client = OpenSearch(
            [host.rstrip("/") for host in address.hosts],
            http_auth=(address.user, address.password) if address.user else None,
            headers={"Authorization": f"ApiKey {address.key}"} if address.key else None,
            ca_certs=str(address.authority) if address.authority else None,
            timeout=address.seconds,
            max_retries=1,
            retry_on_timeout=True,
            retry_on_status=_UNDONE,
            ssl_show_warn=False,
        )

    @property
    def name(self) -> str:
        """The hosts as an error line names them, without what stands before an @."""
        return ", ".join(host.rpartition("@")[2] for host in self._address.hosts)

    def call(  # noqa: PLR0913  # each refusal has its own way; what a request over HTTP is made of
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | str | None = None,
        *,
        params: Mapping[str, str] | None = None,
        seconds: float | None = None,
        missing: Mapping[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401  # whatever JSON the engine answers with
        """Ask once, again where the engine is busy; 404 gives `missing` where that is not none.

        Raises WrittenBefore where somebody else wrote first, ContextLost where a point in time is
        gone, StorageError for the rest.
        """
        sent = body if isinstance(body, (str, type(None))) else json.dumps(body)
        given: dict[str, Any] = {**(params or {})}
        if seconds:
            given["request_timeout"] = seconds
        if missing is not None:
            given["ignore"] = _NOT_FOUND
        for wait in (*_waits_within(seconds or self._address.seconds), None):
            try:
                told = self._client.transport.perform_request(
                    method, path, params=dict(given) or None, body=sent
                )
            except TransportError as error:
                if error.status_code != _TOO_MANY or wait is None:
                    raise self._describe(error) from error
                time.sleep(wait)
            except OpenSearchException as error:
                raise self._describe(error) from error
            else:
                gone = missing is not None and told.get("status") == _NOT_FOUND
                return missing if gone else told
        raise AssertionError("the last turn returns or raises")

    def search(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Run searches in one trip; each answer is of every shard."""
        head = json.dumps({"allow_partial_search_results": False})
        lines = "".join(f"{head}\n{json.dumps(body)}\n" for body in bodies)
        for wait in (*_waits_within(self._address.seconds), None):
            answers = self.call("POST", "/_msearch", lines)["responses"]
            if wait is None or not any(one.get("status") == _TOO_MANY for one in answers):
                break
            time.sleep(wait)
        return [self._check(answer) for answer in answers]

    def bulk(
        self, lines: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None]], size: int
    ) -> list[tuple[str, str]]:
        """Write in pieces of about so many bytes; give (id, reason) of what was refused for good.

        What somebody wrote before in this or a later version counts as done.
        """
        refused: list[tuple[str, str]] = []
        piece: list[str] = []
        held = 0
        for action, document in lines:
            text = json.dumps(action) + "\n"
            piece.append(text if document is None else f"{text}{json.dumps(document)}\n")
            held += len(piece[-1])
            if held >= size:
                refused += self._write(piece)
                piece, held = [], 0
        return refused + (self._write(piece) if piece else [])

    def _write(self, piece: list[str]) -> list[tuple[str, str]]:
        refused: list[tuple[str, str]] = []
        for wait in (*_WAITS, None):
            answer = self.call("POST", "/_bulk", "".join(piece), seconds=60.0)
            if not answer["errors"]:
                return refused
            results = [next(iter(one.values())) for one in answer["items"]]
            again = [n for n, one in enumerate(results) if one["status"] in (_TOO_MANY, *_UNDONE)]
            refused += [
                (str(one["_id"]), _reason(one["error"]))
                for one in results
                if "error" in one and one["status"] not in (_TOO_MANY, _CONFLICT, *_UNDONE)
            ]
            if not again:
                return refused
            if wait is None:
                raise StorageError(f"{self.name}: too busy to write; try again later")
            piece = [piece[n] for n in again]
            time.sleep(wait)
        return refused

    def _check(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Refuse an answer that some shard had no part in: a missing one is not said to fail."""
        if "error" in answer:
            reason = json.dumps(answer["error"])
            if any(sign in reason for sign in _LOST):
                raise ContextLost(f"{self.name}: the version being searched is gone")
            raise StorageError(f"{self.name}: cannot search ({_reason(answer['error'])})")
        shards = answer["_shards"]
        if answer["timed_out"] or shards["successful"] != shards["total"]:
            if any(sign in json.dumps(shards) for sign in _LOST):
                raise ContextLost(f"{self.name}: the version being searched is gone")
            told = f"{shards['successful']} of {shards['total']} shards answered"
            raise StorageError(f"{self.name}: {told}; try again, or look at the engine's health")
        return answer

    def _describe(self, error: OpenSearchException) -> RetrievalError:
        if isinstance(error, NotReached):
            kind = type(error).__name__
            return StorageError(f"{self.name}: not reached ({kind}); check index.hosts, or wait")
        if isinstance(error, TransportError):
            info = json.dumps(error.info, default=str)
            if error.status_code == _CONFLICT:
                return WrittenBefore(f"{self.name}: somebody else wrote first")
            if any(sign in info for sign in _LOST):
                return ContextLost(f"{self.name}: the version being searched is gone")
            if error.status_code in (401, 403):
                return StorageError(f"{self.name}: refuses the user or key; correct them")
            return StorageError(f"{self.name}: {error.status_code} {str(error.error)[:200]}")
        return StorageError(f"{self.name}: {type(error).__name__}: {str(error)[:200]}")


def _waits_within(seconds: float) -> Sequence[float]:
    """How long to wait for a busy engine, time after time, all in all about as long as this."""
    waits: list[float] = []
    for wait in _WAITS:
        if sum(waits) + wait > seconds:
            break
        waits.append(wait)
    return waits


def _reason(error: Mapping[str, Any] | str) -> str:
    """The innermost reason that the engine gives, on one line."""
    if isinstance(error, str):
        return error[:200]
    roots = [*error.get("root_cause", ()), *_shard_reasons(error)]
    said = next((root.get("reason") for root in roots if root.get("reason")), error.get("reason"))
    return " ".join(str(said or error.get("type", "no reason given")).split())[:200]


def _shard_reasons(error: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one["reason"] for one in error.get("failed_shards", ()) if isinstance(one, dict)]
