"""A real OpenSearch on loopback, from Maven's jars by a launcher of our own; ended by its pid."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = Path(__file__).parent / "opensearch"
CACHE = Path.home() / ".cache" / "clippings-tests"
FETCHED_WITHIN = 600  # seconds
STARTED_WITHIN = 120  # seconds, on a machine that does other things too
_JVM = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


def missing() -> str:
    """What keeps the engine from being started here, "" where nothing does."""
    lacking = [name for name in ("java", "javac", "mvn") if not shutil.which(name)]
    if lacking:
        return f"no {' and no '.join(lacking)} here to start OpenSearch with"
    try:
        find_classes()
    except (OSError, subprocess.SubprocessError) as error:
        return f"the jars of OpenSearch could not be had ({type(error).__name__})"
    return ""


def find_classes() -> str:
    """The class path of a node; its jars are fetched once, and kept with the launcher's class."""
    digest = hashlib.sha256(b"".join((PARTS / name).read_bytes() for name in _SOURCES)).hexdigest()
    kept = CACHE / f"opensearch-{digest[:12]}"
    listed = kept / "classpath"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("a") as lock:  # another worker may be fetching them
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (listed.exists() and all(Path(jar).exists() for jar in _list_jars(listed))):
            _fetch(kept, listed)
    return f"{kept}:{listed.read_text()}"


def _fetch(kept: Path, listed: Path) -> None:
    fetched = kept / "classpath.part"
    _run("mvn", "-B", "-q", "-f", str(PARTS / "pom.xml"), "dependency:build-classpath",
         f"-Dmdep.outputFile={fetched}")  # fmt: skip
    _run("javac", "-cp", fetched.read_text(), "-d", str(kept), str(PARTS / "LoopbackNode.java"))
    fetched.rename(listed)


_SOURCES = ("pom.xml", "LoopbackNode.java")


def _list_jars(listed: Path) -> list[str]:
    return listed.read_text().split(":")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=FETCHED_WITHIN, capture_output=True)


@dataclass
class EngineNode:
    """One node: a process and its folder, which outlives it."""

    name: str
    folder: Path
    settings: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    address: str = ""

    def start(self) -> None:
        """Start the process; `wait` says when it serves."""
        told = self.folder / "port"
        told.unlink(missing_ok=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        pairs = [f"{key}={value}" for key, value in self.settings.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                ["java", *_JVM, f"-Dlog4j2.configurationFile={PARTS / 'log4j2.properties'}",
                 "-cp", find_classes(), "LoopbackNode", str(told), *pairs],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def wait(self) -> None:
        """Wait until the node serves, and learn its address."""
        told, end = self.folder / "port", time.monotonic() + STARTED_WITHIN
        while not told.exists():
            if not self.process or self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.name}: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        self.address = f"http://127.0.0.1:{told.read_text()}"

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal: kill it, freeze it, let it go on."""
        if self.process:
            self.process.send_signal(number)
            if number is signal.SIGKILL:
                self.process.wait()

    def stop(self) -> None:
        """End the process, frozen or not."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@dataclass
class Cluster:
    """Nodes that know one another."""

    nodes: list[EngineNode] = field(default_factory=list)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where each node is asked."""
        return tuple(node.address for node in self.nodes)


@contextmanager
def open_cluster(folder: Path, count: int = 1, **settings: str) -> Iterator[Cluster]:
    """Run so many nodes, green when they are given out, for as long as the block lasts."""
    ports = _free_ports(count)
    names = [f"node{number}" for number in range(count)]
    known = (
        {"discovery.type": "single-node"}
        if count == 1
        else {
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in ports),
            "cluster.initial_cluster_manager_nodes": ",".join(names),
            "cluster.fault_detection.leader_check.timeout": "2s",
            "cluster.fault_detection.leader_check.interval": "500ms",
            "cluster.fault_detection.follower_check.timeout": "2s",
            "cluster.fault_detection.follower_check.interval": "500ms",
        }
    )
    cluster = Cluster()
    with ExitStack() as stack:
        for name, port in zip(names, ports, strict=True):
            own = {**_settings(folder / name, name, port), **known, **settings}
            node = EngineNode(name, folder / name, own)
            stack.callback(node.stop)
            node.start()
            cluster.nodes.append(node)
        for node in cluster.nodes:
            node.wait()
        wait_until_green(cluster.addresses[0], count)
        yield cluster


def wait_until_green(address: str, nodes: int, seconds: int = 60) -> None:
    """Wait until so many nodes are there and hold all copies; RuntimeError where they do not."""
    query = f"wait_for_status=green&wait_for_nodes={nodes}&timeout={seconds}s"
    with urlopen(f"{address}/_cluster/health?{query}", timeout=seconds + 5) as reply:  # noqa: S310  # loopback
        health = json.load(reply)
    if health["timed_out"]:
        raise RuntimeError(f"not green after {seconds} s: {health}")


def _settings(folder: Path, name: str, port: int) -> dict[str, str]:
    return {
        "cluster.name": "clippings-tests",
        "node.name": name,
        "path.home": str(folder),
        "path.data": str(folder / "held"),
        "path.logs": str(folder / "logs"),
        "network.host": "127.0.0.1",
        "http.port": "0",
        "transport.port": str(port),
        "transport.type": "netty4",
        "http.type": "netty4",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        # With the serial collector what is garbage counts as held, and a small heap as full.
        "indices.breaker.total.use_real_memory": "false",
    }


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
