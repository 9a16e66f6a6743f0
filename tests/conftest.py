"""What every test can ask for; what the tests lack is said once, at the top of the run."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.openapi import SPEC_FILE, load_spec
from tests.support.postgres import lacking, run_postgres

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.support.postgres import PostgresServer
    from tests.support.scene import Scene


_schemas = count()

# How long an example takes tells how busy the machine is, and nothing of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_report_header() -> str | None:
    """Say when the bot's requests are checked against less than Discord's whole description."""
    if load_spec() is None:
        return f"discord: no {SPEC_FILE.name} at hand, so requests are checked for limits only"
    return f"discord: every request is checked against {SPEC_FILE.name}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Give a PostgreSQL server of this run's own."""
    if reason := lacking():
        pytest.skip(reason)
    with run_postgres() as server:
        yield server


@pytest.fixture
def database_url(postgres: PostgresServer) -> str:
    """Give the URL of an empty database."""
    import psycopg  # noqa: PLC0415  # an extra

    name = f"test{next(_schemas)}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    return f"{postgres.url}?options=-csearch_path%3D{name}"


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Put the bot, on a tiny coverage, in a server of its own; its requests are checked at last."""
    from tests.support.scene import build_tiny_client, open_scene  # noqa: PLC0415  # imports discord.py

    async with open_scene(build_tiny_client(tmp_path)) as opened:
        yield opened
