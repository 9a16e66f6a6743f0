"""Train the shipped weights: `python -m retrieval.evaluation.training SQUAD_FOLDER`.

The questions are those of SQuAD 1.1's development set (Rajpurkar et al. 2016, CC BY-SA 4.0), laid
out as `eval` reads it: a paragraph is an article, its title that of the page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

import retrieval.answering
import retrieval.text
from retrieval.answering.features import FEATURES
from retrieval.answering.logistic import parse_model
from retrieval.coverage import Coverage
from retrieval.evaluation.confidence_training import train_confidence
from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.examples import look
from retrieval.evaluation.logistic import cross_validate, fit, report
from retrieval.evaluation.script import run_script
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from types import ModuleType

    from retrieval.evaluation.dataset import DevelopmentSet

# Every so manyth question: the weights settle long before all are used.
SENTENCE_STEP = 4
# A term is common from thirty texts in ten thousand on.
COMMON = 30


def main() -> None:
    """Train on the folder named on the command line; print how well it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    squad = read_development_set(parser.parse_args().folder)
    _write(retrieval.text, "background", _count_common(squad))
    with TemporaryDirectory(prefix="clippings-training-") as scratch:
        coverage = Coverage.of_articles(squad.articles, Path(scratch))
        sentences = _train_sentences(squad, coverage)
    _write(retrieval.answering, "sentence_model", sentences)
    confidence = train_confidence(squad, parse_model(sentences, FEATURES))
    _write(retrieval.answering, "confidence_model", confidence)


def _write(room: ModuleType, name: str, record: dict[str, Any]) -> None:
    path = Path(room.__path__[0]) / f"{name}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(f"wrote {path}\n")


def _count_common(squad: DevelopmentSet) -> dict[str, int]:
    """In how many of ten thousand paragraphs each common term stands."""
    counts = Counter(term for article in squad.articles for term in set(analyse(article.text)))
    shares = {term: round(10_000 * n / len(squad.articles)) for term, n in counts.items()}
    return {term: share for term, share in sorted(shares.items()) if share >= COMMON}


def _train_sentences(squad: DevelopmentSet, coverage: Coverage) -> dict[str, Any]:
    examples = [
        example
        for query in squad.queries[::SENTENCE_STEP]
        if (example := look(squad, coverage.snapshot, query)) and example.answers.any()
    ]
    rows = np.concatenate([example.seen.matrix for example in examples])
    labels = np.concatenate([example.answers for example in examples])
    pages = np.repeat([e.page for e in examples], [len(e.answers) for e in examples])
    scores = cross_validate(rows, labels, pages)
    report("sentences that answer", scores, labels)
    return fit(FEATURES, rows, labels)


if __name__ == "__main__":
    run_script(main)
