"""How articles and statistics lie in OpenSearch: settings, fields, and the marks of a version."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from retrieval.index.storage import FORMAT
from retrieval.index.weights import WEIGHTS

ENGINE_FORMAT = 1  # to be raised with any change to what is stored here
# Longer than any search context lives, and than a writer tries to write one thing again.
TOMBSTONES = "1h"
_LONGEST_TOKEN = 32_000
_BLANKS = {"type": "whitespace", "max_token_length": _LONGEST_TOKEN}


def mark_version() -> str:
    """What an index must have been written with to be read by this program."""
    parts = (FORMAT, ENGINE_FORMAT, sorted(asdict(WEIGHTS.fields).items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def describe_articles(shards: int, replicas: int) -> dict[str, Any]:
    """An index of articles: impacts as term frequencies that a query's weights multiply.

    The engine analyses nothing: terms come with blanks between them. What it adds up is what the
    embedded index adds up, in single precision; see selection.py for what makes it exact.
    """
    text = {"type": "text", "analyzer": "blanks", "norms": False}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "gc_deletes": TOMBSTONES,
            "similarity": {
                "impact": {
                    "type": "scripted",
                    "script": {"source": "return query.boost * doc.freq;"},
                }
            },
            "analysis": {
                "tokenizer": {"blanks": _BLANKS},
                "filter": {"impacts": {"type": "delimited_term_freq", "delimiter": "|"}},
                "analyzer": {
                    "impacts": {"type": "custom", "tokenizer": "blanks", "filter": ["impacts"]},
                    "blanks": {"type": "custom", "tokenizer": "blanks"},
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["impacts", "title", "text"]},
            "properties": {
                "id": {"type": "keyword"},
                "update": {"type": "long"},
                "impacts": {
                    "type": "text",
                    "analyzer": "impacts",
                    "search_analyzer": "blanks",
                    "similarity": "impact",
                    "index_options": "freqs",
                    "norms": False,
                },
                "title": text,
                "text": {**text, "position_increment_gap": 0},
                "record": {"type": "keyword", "index": False, "doc_values": False},
                "stored": {"type": "keyword", "index": False, "doc_values": False},
                "published": {"type": "long"},
                "outlet": {"type": "keyword"},
                "language": {"type": "keyword"},
                "topics": {"type": "keyword"},
                "feed": {"type": "keyword"},
                "quality": {"type": "integer", "index": False, "doc_values": False},
            },
        },
    }


def describe_book(replicas: int) -> dict[str, Any]:
    """An index of what is known of all articles together, and of the version that landed last."""
    kept = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
        },
        "mappings": {"dynamic": "strict", "properties": {"held": kept, "update": {"type": "long"}}},
    }
