"""What is asked again, and what becomes one line: busy, unreachable, refusing, half answering."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from retrieval.errors import StorageError
from retrieval.index.opensearch.engine import (
    ContextLost,
    EngineAddress,
    EngineClient,
    WrittenBefore,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Reply = tuple[int, dict[str, Any]]
WHOLE = {"timed_out": False, "_shards": {"total": 3, "successful": 3, "failed": 0}, "hits": {}}
HALF = {**WHOLE, "_shards": {"total": 3, "successful": 2, "failed": 0}}
BUSY = {"error": {"type": "rejected_execution_exception", "reason": "queue is full"}}
LOST = {"status": 404, "error": {"root_cause": [{"type": "search_context_missing_exception"}]}}


@contextmanager
def serving(*replies: Reply, certificate: Path | None = None) -> Iterator[tuple[str, list[str]]]:
    """An engine on loopback that gives these replies in turn, the last of them for ever."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(f"{self.command} {self.path} {self.headers.get('Authorization', '')}")
            status, body = replies[min(len(asked), len(replies)) - 1]
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PUT = do_DELETE = reply  # noqa: N815  # the server's own names

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(host: str, **named: Any) -> EngineClient:  # noqa: ANN401  # what an address takes
    return EngineClient(EngineAddress(hosts=(host,), **named))


def test_a_busy_engine_is_asked_again() -> None:
    with serving((429, BUSY), (429, BUSY), (200, {"ok": True})) as (host, asked):
        assert ask(host).call("GET", "/_some") == {"ok": True}
    assert len(asked) == 3


def test_one_that_stays_busy_is_given_up_in_a_line() -> None:
    with (
        serving((429, BUSY)) as (host, asked),
        pytest.raises(StorageError, match="429") as told,
    ):
        ask(host, seconds=0.2).call("GET", "/_some")
    assert 2 <= len(asked) < 5
    assert "\n" not in str(told.value)


def test_a_search_that_was_pushed_back_is_run_again() -> None:
    pushed = {"responses": [{**BUSY, "status": 429}]}
    with serving((200, pushed), (200, {"responses": [WHOLE]})) as (host, _):
        assert ask(host).search([{}]) == [WHOLE]


def test_an_answer_without_a_shard_is_no_answer() -> None:
    """Also where none is said to have failed, as of a shard that no node holds."""
    with (
        serving((200, {"responses": [HALF]})) as (host, _),
        pytest.raises(StorageError, match="2 of 3 shards answered"),
    ):
        ask(host).search([{}])


def test_a_point_in_time_that_is_gone_is_told_apart() -> None:
    with serving((200, {"responses": [LOST]})) as (host, _), pytest.raises(ContextLost):
        ask(host).search([{}])


def test_somebody_elses_writing_is_told_apart() -> None:
    with (
        serving((409, {"error": {"type": "version_conflict"}})) as (host, _),
        pytest.raises(WrittenBefore),
    ):
        ask(host).call("PUT", "/a/_create/b", {})


def test_what_is_refused_for_good_is_named_and_the_rest_is_tried_again() -> None:
    full = {"_id": "b", "status": 429, "error": BUSY["error"]}
    odd = {"_id": "a", "status": 400, "error": {"type": "x", "reason": "no field of ours"}}
    old = {"_id": "c", "status": 409, "error": {"type": "version_conflict"}}
    first = {"errors": True, "items": [{"index": odd}, {"index": full}, {"index": old}]}
    with serving((200, first), (200, {"errors": False, "items": []})) as (host, asked):
        lines = [({"index": {"_id": name}}, {"x": 1}) for name in "abc"]
        assert ask(host).bulk(lines, 10_000) == [("a", "no field of ours")]
    assert len(asked) == 2


def test_another_host_is_asked_where_one_is_down() -> None:
    with serving((200, {"ok": True})) as (host, _):
        engine = EngineClient(EngineAddress(hosts=("http://127.0.0.1:9", host)))
        assert [engine.call("GET", "/") for _ in range(3)] == [{"ok": True}] * 3


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")
def test_over_tls_only_who_is_vouched_for_is_asked(tmp_path: Path) -> None:
    certificate, public = tmp_path / "certificate.pem", tmp_path / "public.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(certificate),
         "-out", str(public), "-subj", "/CN=engine", "-days", "2",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    certificate.write_text(certificate.read_text() + public.read_text())
    with serving((200, {"ok": True}), certificate=certificate) as (host, asked):
        assert ask(host, authority=public).call("GET", "/") == {"ok": True}
        with pytest.raises(StorageError, match="not reached") as told:
            ask(host).call("GET", "/")
    assert len(asked) == 1
    assert "\n" not in str(told.value)


def test_nobody_there_is_one_line() -> None:
    with pytest.raises(StorageError, match=r"127\.0\.0\.1:9: not reached") as told:
        ask("http://127.0.0.1:9").call("GET", "/")
    assert "\n" not in str(told.value)


def test_who_asks_is_sent_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    address = EngineAddress(hosts=("http://127.0.0.1:9",), user="clippings", password="hidden-word")  # noqa: S106  # a word of the test
    with serving((401, {"error": "no"})) as (host, asked):
        for named in ({"user": "u", "password": "hidden-word"}, {"key": "hidden-word"}):
            with pytest.raises(StorageError, match="refuses the user or key") as told:
                ask(host, **named).call("GET", "/")
            assert "hidden-word" not in str(told.value)
    assert [line.split()[2] for line in asked] == ["Basic", "ApiKey"]
    assert "hidden-word" not in repr(address) + caplog.text
