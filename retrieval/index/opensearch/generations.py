"""The indices that one coverage has in OpenSearch: one that stands, one being made, one left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.errors import StorageError
from retrieval.index.opensearch.book import Book
from retrieval.index.opensearch.mapping import describe_articles, describe_book

if TYPE_CHECKING:
    from retrieval.index.opensearch.engine import EngineClient

_GREEN_WITHIN = 600  # seconds


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole index: that of the articles and the book beside it."""

    number: int
    articles: str
    book: Book


class Generations:
    """The alias `name` points to the generation that stands."""

    def __init__(self, engine: EngineClient, name: str, shards: int, replicas: int) -> None:
        self._engine, self.name = engine, name
        self._shards, self._replicas = shards, replicas

    def find(self) -> Generation | None:
        """The generation that stands, or none."""
        pointed = self._engine.call("GET", f"/_alias/{self.name}", missing={})
        numbers = [number for index in pointed if (number := self._number(index)) is not None]
        return self._name(max(numbers)) if numbers else None

    def make(self) -> Generation:
        """Make the next generation, which nobody sees yet, and which has no copies yet."""
        standing = self.find()
        floor = standing.number if standing else 0
        for number in self._list():
            if number > floor:  # what a writer that was cut off has left
                self._drop(number)
        made = self._name(floor + 1)
        self._engine.call(
            "PUT", f"/{made.articles}", describe_articles(self._shards, 0), seconds=60.0
        )
        self._engine.call("PUT", f"/{made.book.name}", describe_book(0), seconds=60.0)
        return made

    def next_update(self) -> int:
        """The number of the next update, which is never one that was used."""
        standing = self.find()
        if standing is None:
            return 1
        try:
            return standing.book.read_landing()[0].update + 1
        except StorageError:  # of another version, or not whole
            return 1

    def swap(self, made: Generation) -> None:
        """Have copies made, then point the alias here; the one before is kept for its readers."""
        standing = self.find()
        copies = min(self._replicas, self._count_holders() - 1)
        if copies:
            for index in (made.articles, made.book.name):
                settings = {"index": {"number_of_replicas": copies}}
                self._engine.call("PUT", f"/{index}/_settings", settings, seconds=60.0)
            self._wait_for_copies(made)
        actions = [{"add": {"index": made.articles, "alias": self.name}}]
        if standing is not None:
            actions.append({"remove": {"index": standing.articles, "alias": self.name}})
        self._engine.call("POST", "/_aliases", {"actions": actions}, seconds=60.0)
        self.drop_before(standing or made)

    def drop_before(self, kept: Generation) -> None:
        """Remove the generations before this one, which nobody reads any more."""
        for number in self._list():
            if number < kept.number:
                self._drop(number)

    def _wait_for_copies(self, made: Generation) -> None:
        params = {"wait_for_status": "green", "timeout": f"{_GREEN_WITHIN}s"}
        health = self._engine.call(
            "GET",
            f"/_cluster/health/{made.articles},{made.book.name}",
            params=params,
            seconds=_GREEN_WITHIN + 5.0,
        )
        if health["timed_out"]:
            raise StorageError(
                f"{self._engine.name}: no copies of {made.articles} after {_GREEN_WITHIN} s; "
                "look at the engine's health"
            )

    def _count_holders(self) -> int:
        health = self._engine.call("GET", "/_cluster/health")
        return int(health["number_of_data_nodes"])

    def _list(self) -> list[int]:
        params = {"format": "json", "h": "index"}
        rows = self._engine.call("GET", f"/_cat/indices/{self.name}-*", params=params)
        numbers = {self._number(row["index"].removesuffix("-book")) for row in rows}
        return sorted(number for number in numbers if number is not None)

    def _drop(self, number: int) -> None:
        named = self._name(number)
        for index in (named.articles, named.book.name):
            self._engine.call("DELETE", f"/{index}", seconds=60.0, missing={})

    def _name(self, number: int) -> Generation:
        articles = f"{self.name}-{number}"
        return Generation(number, articles, Book(self._engine, f"{articles}-book"))

    def _number(self, index: str) -> int | None:
        found = re.fullmatch(rf"{re.escape(self.name)}-(\d+)", index)
        return int(found[1]) if found else None
