"""The figures of a process in Prometheus' terms: what is counted, and what is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from bot.desk.observing import AskedQuestion
    from bot.monitoring.state import ProcessState

# Seconds, by hand: from an answer at hand to what nobody waits for; three is Discord's patience.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0, 30.0)
PREFIX = "clippings"


class Metrics:
    """Counts requests; `render` gives all figures as text."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            f"{PREFIX}_questions",
            "Requests by kind and outcome.",
            ("kind", "outcome"),
            registry=self._registry,
        )
        self._took = Histogram(
            f"{PREFIX}_question_seconds",
            "From a request's acceptance to its reply, waiting included.",
            ("kind",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._waited = Histogram(
            f"{PREFIX}_question_wait_seconds",
            "How much of that was waiting for others.",
            buckets=BUCKETS,
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def note(self, asked: AskedQuestion) -> None:
        """Count one request."""
        self._questions.labels(asked.kind, asked.outcome).inc()
        if asked.outcome != "refused":
            self._took.labels(asked.kind).observe(asked.took)
            self._waited.observe(asked.waited)

    def render(self, state: ProcessState) -> bytes:
        """Every figure in Prometheus' text format."""
        looked_at = CollectorRegistry()
        looked_at.register(_StateCollector(state))
        return generate_latest(self._registry) + generate_latest(looked_at)


class _StateCollector(Collector):
    def __init__(self, state: ProcessState) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        state = self._state
        yield from _describe_shards(state)
        yield _gauge("queue", "Requests accepted and not answered yet.", state.queue)
        yield _gauge("writer", "1 in the process that fetches and indexes for all.", state.writes)
        yield _gauge("articles", "Articles in the index in use.", state.articles)
        now = datetime.now(UTC)
        if state.updated:
            age = (now - state.updated).total_seconds()
            yield _gauge("index_age_seconds", "Since the index in use was taken up.", age)
        if state.newest:
            days = (now.date() - state.newest).days
            yield _gauge("newest_article_days", "Age of the newest article in days.", days)
        yield _gauge("store_up", "0 while the store fails.", not state.store_failure)
        yield from _describe_store(state)


def _describe_shards(state: ProcessState) -> Iterator[Metric]:
    up = GaugeMetricFamily(f"{PREFIX}_shard_up", "1 while a shard is connected.", labels=["shard"])
    beat = GaugeMetricFamily(
        f"{PREFIX}_shard_latency_seconds", "From a heartbeat to its answer.", labels=["shard"]
    )
    servers = GaugeMetricFamily(
        f"{PREFIX}_shard_servers", "Servers that a shard serves.", labels=["shard"]
    )
    for number, shard in state.shards.items():
        up.add_metric([str(number)], shard.connected)
        servers.add_metric([str(number)], shard.servers)
        if shard.latency is not None:
            beat.add_metric([str(number)], shard.latency)
    yield from (up, beat, servers)


def _describe_store(state: ProcessState) -> Iterator[Metric]:
    figures = state.figures
    if figures is None:
        return
    yield _gauge("feeds", "Feeds that are fetched.", figures.feeds)
    yield _gauge("feeds_failing", "Feeds whose last fetch failed.", figures.failing)
    yield _gauge("outbox_waiting", "Alerts and digests to be posted.", figures.waiting)
    yield _gauge("arrivals_waiting", "Entries to be matched with alerts.", figures.arrivals)
    yield _gauge("alerts_kept", "Saved queries of all servers.", figures.watches)
    yield _gauge("servers_kept", "Servers with settings of their own.", figures.servers)
    if figures.since_read is not None:
        age = figures.since_read
        yield _gauge("feeds_read_age_seconds", "Since a feed was last read.", age)
    if figures.oldest is not None:
        yield _gauge("outbox_oldest_seconds", "Age of the oldest unposted.", figures.oldest)


def _gauge(name: str, described: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", described, value=float(value))
