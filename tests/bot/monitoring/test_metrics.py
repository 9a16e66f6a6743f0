"""The figures of a process, as Prometheus reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from bot.desk.observing import AskedQuestion
from bot.discord_bot.gateway_state import ShardState
from bot.monitoring.metrics import Metrics
from bot.monitoring.state import ProcessState
from bot.store.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime.now(UTC)
FIGURES = Figures(
    feeds=5, failing=2, since_read=30.0, waiting=3, oldest=12.0, arrivals=0, watches=4, servers=9
)
STATE = ProcessState(
    shards={
        0: ShardState(connected=True, latency=0.04, servers=12),
        1: ShardState(connected=False, latency=None, servers=3),
    },
    queue=2,
    articles=16,
    newest=NOW.date() - timedelta(days=3),
    updated=NOW - timedelta(seconds=60),
    store_failure="",
    figures=FIGURES,
    writes=True,
)
ASKED = AskedQuestion(kind="ask", outcome="answered", took=0.03, waited=0.01, text="Who?")


def read(metrics: Metrics, state: ProcessState) -> Mapping[tuple[str, str], float]:
    """Every sample by its name and the values of its labels."""
    families = text_string_to_metric_families(metrics.render(state).decode())
    return {
        (sample.name, " ".join(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_requests_are_counted_by_kind_and_outcome() -> None:
    metrics = Metrics()
    for outcome in ("answered", "answered", "none", "refused"):
        metrics.note(replace(ASKED, outcome=outcome))
    figures = read(metrics, STATE)
    assert figures["clippings_questions_total", "ask answered"] == 2
    assert figures["clippings_questions_total", "ask refused"] == 1
    assert figures["clippings_question_seconds_count", "ask"] == 3
    assert figures["clippings_question_seconds_bucket", "ask 0.025"] == 0


def test_what_is_looked_at_stands_beside_it() -> None:
    figures = read(Metrics(), STATE)
    assert figures["clippings_shard_up", "0"] == 1
    assert figures["clippings_shard_up", "1"] == 0
    assert figures["clippings_shard_servers", "0"] == 12
    assert ("clippings_shard_latency_seconds", "1") not in figures
    assert figures["clippings_newest_article_days", ""] == 3
    assert 60 <= figures["clippings_index_age_seconds", ""] < 600
    assert figures["clippings_feeds_failing", ""] == 2
    assert figures["clippings_store_up", ""] == 1
    assert figures["process_resident_memory_bytes", ""] > 0


def test_a_store_that_fails_is_told_and_its_figures_left_out() -> None:
    figures = read(Metrics(), replace(STATE, figures=None, store_failure="the disk is full"))
    assert figures["clippings_store_up", ""] == 0
    assert ("clippings_feeds", "") not in figures


def test_nothing_of_what_was_asked_stands_in_the_figures() -> None:
    metrics = Metrics()
    metrics.note(replace(ASKED, text="zeppelin"))
    assert b"zeppelin" not in metrics.render(STATE)


def test_what_keeps_a_process_from_being_relied_on_is_named() -> None:
    assert STATE.problems == ("shard 1 is not connected",)
    assert replace(STATE, shards={}).problems == ("not connected to Discord yet",)
    well = replace(STATE, shards={0: STATE.shards[0]})
    assert well.problems == ()
    assert replace(well, leaving=True).problems == ("leaving",)
