"""A PostgreSQL server on loopback, made for the tests out of Debian's programs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"  # the server refuses to run as root


class PostgresServer:
    """A server that can be killed, frozen and started again; `url` opens its first database."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._account = ACCOUNT if os.geteuid() == 0 else None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"postgresql://{ACCOUNT}@127.0.0.1:{self.port}/postgres"
        if self._account:
            shutil.chown(folder, ACCOUNT)
        initdb = [str(programs / "initdb"), str(folder), "--auth=trust", "--no-sync"]
        subprocess.run(
            [*initdb, f"--username={ACCOUNT}"],
            user=self._account,
            group=self._account,
            env=self._surroundings(),
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        with (self._folder / "log").open("ab") as log:
            self._main = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder, *self._options()],
                user=self._account,
                group=self._account,
                env=self._surroundings(),
                stdout=log,
                stderr=log,
            )
        while self._asks_for_patience():
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as an operator does, whoever is connected."""
        self._main.send_signal(signal.SIGINT)
        self._main.wait()

    def kill(self) -> None:
        """End all of its processes at once, as a machine that loses power does."""
        killed = self._signal(signal.SIGKILL)
        self._main.wait()
        while any(map(_lives, killed)):
            time.sleep(0.02)

    def freeze(self) -> None:
        """Let it answer nobody, and hang up on nobody."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> tuple[int, ...]:
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._main.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        processes = (self._main.pid, *map(int, found.stdout.split()))
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, number)
        return processes

    def _options(self) -> tuple[str, ...]:
        return ("-p", str(self.port), "-h", "127.0.0.1", "-k", str(self._folder))

    def _asks_for_patience(self) -> bool:
        ready = str(self._programs / "pg_isready")
        asked = [ready, "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        assert self._main.poll() is None, (self._folder / "log").read_text(encoding="utf-8")
        return subprocess.run(asked, check=False).returncode != 0

    def _surroundings(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def _lives(process: int) -> bool:
    """Whether a process runs; one that waits to be reaped does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def find_programs() -> Path | None:
    """The newest server's programs, none where there are none."""
    return max(PROGRAMS.glob("*/bin"), default=None)


def lacking() -> str:
    """Why no server can be had here, "" where one can."""
    return "" if find_programs() else "no PostgreSQL here: apt-get install postgresql brings it"


@contextmanager
def run_postgres() -> Iterator[PostgresServer]:
    """Run a server in a folder of its own, which goes with it."""
    programs = find_programs()
    assert programs, lacking()
    with tempfile.TemporaryDirectory(prefix="clippings-pg-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(programs, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.thaw()
            server.stop()
