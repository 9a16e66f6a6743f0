"""Train the weights of retrieval/stories/story_model.json on clustered news (`docs.jsonl.gz`).

    python -m retrieval.evaluation.stories_training DIR

Only the documents whose `split` is not "test" are read. The weights shipped were trained on ECB+
(Cybulska and Vossen 2014, annotations CC BY 3.0). Its texts have no dates, so what days add was set
by hand: two days apart weigh as much as a quantity that differs.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.evaluation.script import run_script
from retrieval.evaluation.stories import read_documents
from retrieval.index import IndexWriter
from retrieval.stories.finding import find_neighbours
from retrieval.stories.pair_model import (
    FEATURES,
    StoryModel,
    measure_pairs,
    pair_all,
    weigh_terms,
)
from retrieval.stories.profiles import measure_rarity, profile_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.evaluation.stories import Document
    from retrieval.index import Snapshot

NEAR = 0.3
PER_DAY = -0.5
ROUNDS = 5
SIZES = (1, 1, 2, 3, 4, 6, 9)
SISTER_LEFT_OUT = 0.6


def train_story_model(documents: Sequence[Document], rounds: int = ROUNDS) -> StoryModel:
    """Fit the logistic model on every document among its neighbours.

    After the whole collection, each round draws a thinner one, often without the sister stories: in
    real coverage most stories have few reports and many have no near miss.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # slow, and only to train
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415  # slow, and only to train

    rng = random.Random(0)  # noqa: S311  # draws examples, not secrets
    collections = [documents, *(_thin_out(documents, rng) for _ in range(rounds))]
    examples = [_examples(collection) for collection in collections]
    features = np.concatenate([rows for rows, _ in examples])
    same = np.concatenate([labels for _, labels in examples])
    scaler = StandardScaler().fit(features)
    fitted = LogisticRegression(max_iter=3000).fit(scaler.transform(features), same)
    weights = fitted.coef_[0] / scaler.scale_
    intercept = float(fitted.intercept_[0] - weights @ scaler.mean_)
    rounded = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    return StoryModel(rounded, round(intercept, 4), NEAR, PER_DAY)


def _thin_out(documents: Sequence[Document], rng: random.Random) -> list[Document]:
    topics: dict[str, dict[str, list[Document]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        topics[document.topic][document.story].append(document)
    kept: list[Document] = []
    for stories in topics.values():
        names = sorted(stories)
        for name in [rng.choice(names)] if rng.random() < SISTER_LEFT_OUT else names:
            kept += rng.sample(stories[name], min(len(stories[name]), rng.choice(SIZES)))
    return kept


def _examples(documents: Sequence[Document]) -> tuple[np.ndarray, np.ndarray]:
    """Return one row of features, and whether the story is the same, a document and neighbour."""
    story = {d.article.id: d.story for d in documents}
    rows: list[np.ndarray] = []
    same: list[bool] = []
    with tempfile.TemporaryDirectory() as folder, IndexWriter(Path(folder)) as writer:
        snapshot = writer.update(add=[d.article for d in documents])
        for document in documents:
            found = _pairs(snapshot, document)
            rows.append(found[0])
            same += [story[other] == document.story for other in found[1]]
        snapshot.close()
    return np.concatenate(rows), np.array(same)


def _pairs(snapshot: Snapshot, document: Document) -> tuple[np.ndarray, list[str]]:
    neighbours = find_neighbours(snapshot, [document.article])
    rarity = measure_rarity(snapshot)
    profiles = [profile_article(a) for a in (document.article, *neighbours)]
    pairs = pair_all(weigh_terms(profiles, rarity))
    features = measure_pairs(profiles, pairs)
    own = pairs.left == 0
    return np.stack([features[name][own] for name in FEATURES], axis=1), [a.id for a in neighbours]


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the story model; prints its JSON.")
    parser.add_argument("folder", type=Path)
    documents = [d for d in read_documents(parser.parse_args().folder) if d.split != "test"]
    model = train_story_model(documents)
    fields = ("weights", "intercept", "near", "per_day")
    print(json.dumps({name: getattr(model, name) for name in fields}, indent=2))  # noqa: T201  # its output


if __name__ == "__main__":
    run_script(main)
