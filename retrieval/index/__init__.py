"""Articles to something searchable: a writer that updates an index, and snapshots that search it."""

from __future__ import annotations

import bisect
import fcntl
import json
import math
import os
from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Self

from rapidfuzz import process

from retrieval.errors import IndexDamaged, IndexLocked
from retrieval.index.analysis import analyse, analyse_all
from retrieval.index.passages import cut_passages
from retrieval.model import Article, Filters, Hit, Passage, Ranking, Sort, Span, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path


class Snapshot:
    def __init__(self, folder: Path, articles: list[Article], version: str) -> None:
        self._articles = {a.id: a for a in sorted(articles, key=lambda a: a.id)}
        self._folder = folder
        self.version = version
        self.bytes = (folder / "articles.jsonl").stat().st_size
        self._postings: dict[str, dict[str, float]] = defaultdict(dict)
        self._passages = {i: cut_passages(a.text) for i, a in self._articles.items()}
        self.passages = sum(map(len, self._passages.values()))
        self.outlets = Counter(a.outlet for a in articles if a.outlet)
        self.topics = Counter(t for a in articles for t in a.topics)
        for i, a in self._articles.items():
            counts = Counter(analyse_all(a.title, a.language) * 3 + analyse_all(a.text, a.language))
            length = sum(counts.values())
            for term, n in counts.items():
                self._postings[term][i] = n / (n + 0.9 * (0.6 + 0.4 * length / 400))
        days = sorted((a.published, a.id) for a in articles if a.published)
        self._times = days
        self.span = Span(
            len(articles), days[0][0].date() if days else None, days[-1][0].date() if days else None
        )

    def __len__(self) -> int:
        return len(self._articles)

    def idf(self, term: str) -> float:
        n = len(self._postings.get(term, ()))
        return math.log(1 + (len(self) - n + 0.5) / (n + 0.5))

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]

    def articles(self) -> Iterator[Article]:
        return iter(self._articles.values())

    def between(self, window: Window) -> tuple[str, ...]:
        return tuple(i for when, i in self._times if window.holds(when.date()))

    def close(self) -> None:
        pass

    def search(
        self,
        query: str,
        *,
        filters: Filters = Filters(),
        sort: Sort = "relevance",
        limit: int = 10,
        as_of: date | None = None,
        exclude: frozenset[str] = frozenset(),
    ) -> Ranking:
        corrections = []
        terms = []
        for term in dict.fromkeys(analyse(query)):
            if term not in self._postings and (
                near := process.extractOne(term, self._postings.keys(), score_cutoff=85)
            ):
                corrections.append((term, near[0]))
                term = near[0]
            terms.append(term)
        scores: Counter[str] = Counter()
        for term in terms:
            w = self.idf(term)
            for i, tf in self._postings.get(term, {}).items():
                scores[i] += w * tf
        kept = {}
        for i, score in scores.items():
            a = self._articles[i]
            if i in exclude or not _passes(a, filters):
                continue
            if as_of and a.published:
                age = max((as_of - a.published.date()).days, 0)
                score *= 1 + math.exp(-age / 14)
            kept[i] = score
        order = sorted(kept, key=lambda i: (-kept[i], i))
        if sort != "relevance":
            floor = datetime.min.replace(tzinfo=UTC)
            order = sorted(
                kept, key=lambda i: self._articles[i].published or floor, reverse=sort == "newest"
            )
        hits = tuple(
            Hit(rank, kept[i], self._articles[i], self._best_passages(i, terms))
            for rank, i in enumerate(order[:limit], 1)
        )
        return Ranking(query, hits, len(kept), tuple(corrections))

    def _best_passages(self, article_id: str, terms: list[str]) -> tuple[Passage, ...]:
        article = self._articles[article_id]
        scored = []
        for start, end in self._passages[article_id]:
            found = set(analyse(article.text[start:end], article.language))
            scored.append(Passage(article_id, start, end, sum(map(self.idf, found & set(terms)))))
        return tuple(sorted(scored, key=lambda p: (-p.score, p.start))[:5])


def _passes(article: Article, filters: Filters) -> bool:
    return (
        (filters.window is None or filters.window.holds(article.day))
        and (not filters.outlet or filters.outlet.casefold() == article.outlet.casefold())
        and (not filters.topic or filters.topic.casefold() in map(str.casefold, article.topics))
        and (not filters.language or filters.language == article.language)
    )


def open_snapshot(folder: Path) -> Snapshot:
    path = folder / "articles.jsonl"
    if not path.exists():
        raise IndexDamaged(f"{folder}: no index yet; run `index`")
    articles = []
    try:
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            when = record["published"]
            record["published"] = datetime.fromisoformat(when) if when else None
            record["topics"] = tuple(record["topics"])
            record["aliases"] = tuple(record["aliases"])
            articles.append(Article(**record))
    except (ValueError, TypeError, KeyError) as error:
        raise IndexDamaged(f"{path}: not whole ({error})") from error
    return Snapshot(folder, articles, str(path.stat().st_mtime_ns))


class IndexWriter:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = (folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise IndexLocked(f"{folder}: another process is writing this index") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def update(
        self,
        *,
        add: Iterable[Article],
        remove: Collection[str] = (),
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Snapshot:
        try:
            articles = {a.id: a for a in open_snapshot(self._folder).articles()}
        except IndexDamaged:
            articles = {}
        for i in remove:
            articles.pop(i, None)
        articles |= {a.id: a for a in add}
        lines = []
        for a in articles.values():
            record = asdict(a)
            record["published"] = a.published.isoformat() if a.published else None
            lines.append(json.dumps(record, ensure_ascii=True) + "\n")
        path = self._folder / "articles.jsonl"
        temporary = path.with_suffix(".new")
        temporary.write_text("".join(lines), "utf-8")
        os.replace(temporary, path)
        return open_snapshot(self._folder)

    def clear(self) -> None:
        (self._folder / "articles.jsonl").unlink(missing_ok=True)
