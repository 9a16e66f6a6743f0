"""One article as a document of OpenSearch, and read back with its terms."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.errors import IndexDamaged
from retrieval.index import scoring
from retrieval.index.builder import UNDATED, clock_of, scale_quality, weigh_lengths
from retrieval.stored_articles import parse_record, render_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.index.builder import Arrays
    from retrieval.index.weights import FieldWeights
    from retrieval.model import Article

_LONGEST = 200  # bytes of a term that the engine is given as it is
_DIGEST = 32  # signs of a digest that stands for the rest
_HEAD = 5  # numbers before the rest of what is stored


@dataclass(frozen=True, slots=True)
class StoredTerms:
    """The terms of one article: `stream` holds places in `words`, title first.

    `units` are how many terms the title and each passage have, `spans` where each lies in the
    text, and `impacts` what each of the words weighs.
    """

    words: tuple[str, ...]
    stream: NDArray[np.uint32]
    units: NDArray[np.uint32]
    spans: NDArray[np.uint32]
    impacts: NDArray[np.uint16]


@dataclass(frozen=True)
class StoredArticle:
    """An article as it was fetched; `update` is the number of the update that wrote it.

    Of most candidates only the terms are ever looked at: the rest is parsed on its first use.
    """

    record: str
    terms: StoredTerms
    update: int
    published: int
    quality: int

    @cached_property
    def article(self) -> Article:
        """The article itself; IndexDamaged where the record is not one of ours."""
        try:
            return parse_record(self.record.encode())
        except (KeyError, ValueError, TypeError) as error:
            raise IndexDamaged("a record is not as it was written; run `index --all`") from error


def render_token(term: str) -> str:
    """A term as the engine takes it: whole letters only, and no longer than it allows."""
    if term.isascii() and len(term) <= _LONGEST:
        return term
    raw = term.encode("utf-8", "surrogatepass")
    whole = raw.decode("utf-8", "ignore")
    if len(raw) <= _LONGEST and whole.encode() == raw:
        return term
    return f"{whole[:40]}\ufdd0{hashlib.sha256(raw).hexdigest()[:_DIGEST]}"


def render_documents(  # noqa: PLR0913, PLR0917  # what was analysed, and how it is weighed
    articles: Sequence[Article],
    names: Sequence[str],
    arrays: Arrays,
    weights: FieldWeights,
    average: float,
    update: int,
) -> Iterator[tuple[dict[str, Any], StoredTerms]]:
    """Give the document of each article, and its terms.

    `names` and `arrays` are what `analyse_articles` gave of these articles; `average` is the length
    of an article that all of the index are held against.
    """
    lengths = weigh_lengths(arrays, weights.title)
    norms = scoring.length_norm(lengths, average, weights.k1, weights.b)
    tokens = [render_token(name) for name in names]
    units, edges = arrays["article_units"].tolist(), arrays["unit_starts"]
    for at, article in enumerate(articles):
        bounds = edges[units[at] : units[at + 1] + 1]
        stream = arrays["stream"][bounds[0] : bounds[-1]]
        title = stream[: bounds[1] - bounds[0]]
        counted = np.concatenate([stream, *[title] * (weights.title - 1)])
        used, frequencies = np.unique(counted, return_counts=True)
        impacts = scoring.quantise(
            scoring.saturate(frequencies.astype(np.float64), norms[at : at + 1])
        )
        terms = StoredTerms(
            tuple(names[n] for n in used.tolist()),
            used.searchsorted(stream).astype(np.uint32),
            np.diff(bounds).astype(np.uint32),
            arrays["unit_spans"][units[at] : units[at + 1]],
            impacts,
        )
        said = [tokens[n] for n in stream.tolist()]
        cuts = (bounds - bounds[0]).tolist()
        document = _render_columns(article, update) | {
            "stored": pack_terms(terms),
            "impacts": " ".join(
                f"{tokens[n]}|{impact}"
                for n, impact in zip(used.tolist(), impacts.tolist(), strict=True)
            ),
            "title": " ".join(said[: cuts[1]]),
            "text": [" ".join(said[a:b]) for a, b in pairwise(cuts[1:])],
        }
        yield document, terms


def _render_columns(article: Article, update: int) -> dict[str, Any]:
    """What is filtered and sorted by, and the article itself."""
    columns: dict[str, Any] = {
        "id": article.id,
        "update": update,
        "record": render_record(article).decode(),
        "outlet": render_token(article.outlet),
        "language": article.language,
        "topics": [render_token(topic) for topic in article.topics],
        "feed": article.feed,
        "quality": scale_quality(article),
    }
    clock = clock_of(article)
    return columns if clock == UNDATED else {**columns, "published": clock}


def pack_terms(terms: StoredTerms) -> str:
    """Write the terms of an article as one string of signs that JSON leaves as they are."""
    words = "\n".join(terms.words).encode("utf-8", "surrogatepass")
    narrow = np.uint16 if len(terms.words) < 2**16 else np.uint32
    head = np.array(
        [len(terms.words), len(words), len(terms.stream), len(terms.units), narrow().itemsize],
        np.uint32,
    )
    parts = (head, terms.units, terms.spans.astype(np.uint32), terms.impacts)
    raw = b"".join(part.tobytes() for part in (*parts, terms.stream.astype(narrow))) + words
    return base64.b64encode(raw).decode("ascii")


def unpack_terms(packed: str) -> StoredTerms:
    """Read what `pack_terms` wrote; ValueError where it is not that."""
    raw = base64.b64decode(packed)
    words, size, length, units, width = np.frombuffer(raw, np.uint32, _HEAD).tolist()
    at = 4 * _HEAD

    def take(kind: type[np.unsignedinteger[Any]], count: int) -> NDArray[Any]:
        nonlocal at
        taken = np.frombuffer(raw, kind, count, at)
        at += count * kind().itemsize
        return taken

    unit_lengths, spans = take(np.uint32, units), take(np.uint32, 2 * units).reshape(-1, 2)
    impacts = take(np.uint16, words)
    stream = take(np.uint16 if width == 2 else np.uint32, length).astype(np.uint32)  # noqa: PLR2004  # bytes
    said = raw[at : at + size].decode("utf-8", "surrogatepass").split("\n") if words else []
    if len(said) != words or len(raw) != at + size:
        raise ValueError("not as long as it says")
    return StoredTerms(tuple(said), stream, unit_lengths, spans, impacts)


def parse_document(source: dict[str, Any]) -> StoredArticle:
    """Read a document back; IndexDamaged where it is not one of ours."""
    try:
        return StoredArticle(
            source["record"],
            unpack_terms(source["stored"]),
            source["update"],
            source.get("published", UNDATED),
            source["quality"],
        )
    except (KeyError, ValueError, TypeError) as error:
        name = source.get("id", "a document without an id")
        raise IndexDamaged(f"{name}: not as it was written; run `index --all`") from error
