"""How well articles are ranked: the trec_eval measures, by ir_measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ir_measures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.evaluation.dataset import Qrels

DEPTH = 100
_MEASURES = {
    "ndcg@10": ir_measures.nDCG @ 10,
    "mrr@10": ir_measures.RR @ 10,
    "hit@1": ir_measures.Success @ 1,
    "recall@10": ir_measures.R @ 10,
    "recall@100": ir_measures.R @ 100,
}


def measure_ranking(
    qrels: Qrels, run: Mapping[str, Mapping[str, float]]
) -> dict[str, float | None]:
    """Means over the queries that have a relevant article; none for each where no query has.

    `run` gives query -> article -> score. A judged query that is missing from it counts as zero.
    """
    judged = {query: gains for query, gains in qrels.items() if max(gains.values()) > 0}
    if not judged:
        return dict.fromkeys(_MEASURES)
    found = ir_measures.calc_aggregate(list(_MEASURES.values()), judged, run)
    return {name: float(found[measure]) for name, measure in _MEASURES.items()}
