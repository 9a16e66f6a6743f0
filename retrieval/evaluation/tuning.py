"""Finds the ranking's weights: `python -m retrieval.evaluation.tuning DIR …` prints them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.script import run_script
from retrieval.index import IndexWriter
from retrieval.index.reranking import RankFeatures, score
from retrieval.index.weights import WEIGHTS, RankingWeights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.evaluation.dataset import DevelopmentSet
    from retrieval.index import Snapshot

    Sets = Mapping[str, Sequence["JudgedQuery"]]

_DEPTH = 10
_FACTORS = (0.0, 0.5, 0.75, 1.33, 2.0)
_STEP = 0.1  # tried besides the factors, so that a weight of 0 can grow
_LEAST_GAIN = 3e-4
_TUNED = {
    "mix": ("title", "passage", "bigram", "nearness", "feedback", "quality"),
    "recency": ("gain", "days", "steepness"),
}


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """The features of one query's candidates, their gains, and the best possible DCG@10."""

    features: RankFeatures
    gains: NDArray[np.float64]
    ideal: float


def measure_ndcg(judged: JudgedQuery, weights: RankingWeights) -> float:
    """Give nDCG@10 of the order that these weights make; the gain is the judgement's value."""
    scores = score(judged.features, weights.mix, weights.recency)
    best = np.argsort(-scores, kind="stable")[:_DEPTH]
    return _dcg(judged.gains[best]) / judged.ideal


def mean_ndcg(sets: Sets, weights: RankingWeights) -> float:
    """Give the mean over sets of the mean over queries, so that a large set counts no more."""
    return float(np.mean([np.mean([measure_ndcg(j, weights) for j in s]) for s in sets.values()]))


def tune(sets: Sets, weights: RankingWeights, tell: Callable[[str], None]) -> RankingWeights:
    """Change one weight at a time for the best it can be, until none makes the mean better."""
    best = mean_ndcg(sets, weights)
    before = -1.0
    while best > before:
        before = best
        for group, names in _TUNED.items():
            for name in names:
                values = {
                    changed: mean_ndcg(sets, changed) for changed in _try(weights, group, name)
                }
                changed = max(values, key=values.__getitem__)
                if values[changed] > best + _LEAST_GAIN:
                    best, weights = values[changed], changed
                    tell(
                        f"{best:.4f}  {group}.{name} = {getattr(getattr(weights, group), name):.3f}"
                    )
    return weights


def _try(weights: RankingWeights, group: str, name: str) -> Iterator[RankingWeights]:
    part = getattr(weights, group)
    value = getattr(part, name)
    for other in {*(value * factor for factor in _FACTORS), value + _STEP, value - _STEP}:
        if group == "mix" or other > 0:
            yield replace(weights, **{group: replace(part, **{name: round(other, 3)})})


def judge_queries(development: DevelopmentSet, snapshot: Snapshot) -> list[JudgedQuery]:
    """Measure the candidates of every judged query of a set."""
    judged = []
    for query in development.queries:
        gains = development.qrels.get(query.id, {})
        ideal = _dcg(np.sort(np.array(list(gains.values()), np.float64))[::-1][:_DEPTH])
        exclude = frozenset({query.own_doc} - {""})
        search = snapshot.build_search(as_of=query.as_of, exclude=exclude)
        features = search.extract_features(query.text)
        if features is not None and ideal:
            ids = [features.parts[one.part].ids[one.number] for one in features.candidates]
            values = np.array([float(gains.get(i, 0)) for i in ids])
            judged.append(JudgedQuery(features, values, ideal))
    return judged


def _dcg(gains: NDArray[np.float64]) -> float:
    return float((gains / np.log2(np.arange(2, len(gains) + 2))).sum())


def main(folders: Sequence[str]) -> None:
    """Print weights found on all sets, and for each set what weights found on the others give."""
    sets = {}
    for folder in map(Path, folders):
        development = read_development_set(folder)
        with TemporaryDirectory() as scratch, IndexWriter(Path(scratch)) as writer:
            sets[folder.name] = judge_queries(development, writer.update(add=development.articles))
    found = tune(sets, WEIGHTS, _say)
    _say(f"found on all sets: {found.mix} {found.recency}")
    for name, queries in sets.items():
        others = {other: value for other, value in sets.items() if other != name}
        held_out = tune(others, WEIGHTS, lambda _: None) if others else found
        values = [mean_ndcg({name: queries}, weights) for weights in (WEIGHTS, found, held_out)]
        _say(
            "{}: now {:.4f}, with those found {:.4f}, found without it {:.4f}".format(name, *values)
        )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run_script(lambda: main(sys.argv[1:]))
