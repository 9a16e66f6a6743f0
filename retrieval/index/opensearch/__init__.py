"""The same index in OpenSearch, for more articles and readers than one machine serves."""

from __future__ import annotations

from retrieval.index.opensearch.engine import EngineAddress
from retrieval.index.opensearch.engine_index import EngineIndex

__all__ = ["EngineAddress", "EngineIndex"]
