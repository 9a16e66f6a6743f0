"""Train the shipped weights: `python -m retrieval.evaluation.training SQUAD_FOLDER`.

The questions are those of SQuAD 1.1's development set (Rajpurkar et al. 2016, CC BY-SA 4.0), laid
out as `eval` reads it: a paragraph is an article, its title that of the page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

import retrieval.selection
from retrieval.coverage import Coverage
from retrieval.evaluation.abstain_auroc import abstain_auroc
from retrieval.evaluation.answer_in_reply import holds_run
from retrieval.evaluation.layout import read_development_set
from retrieval.index.analysis import analyse
from retrieval.question import read_question
from retrieval.selection.candidates import find_candidates
from retrieval.selection.confidence import CONFIDENCE, confidence_features
from retrieval.selection.features import FEATURES, view_candidates
from retrieval.selection.model import LogisticModel, model_record, parse_model
from retrieval.selection.rarity import smooth_idf
from retrieval.selection.wanted import weigh_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.evaluation.layout import DevelopmentSet, Query
    from retrieval.model import Hit
    from retrieval.selection.features import View

    Rows = NDArray[np.float64]
    Labels = NDArray[np.bool_]

HITS = 10
FOLDS = 5
# Every so manyth question: the weights settle long before all are used.
SENTENCE_STEP, CONFIDENCE_STEP = 4, 10
# A term is common from thirty texts in ten thousand on.
COMMON = 30
_UNDATED = date(2020, 1, 1)

# SQuAD has neither headlines nor days. What these say of the news is weighed by hand, as much for a
# deviation of the one as of the other (Dawes 1979 on why equal weights do), with the mean and the
# deviation that they have over a year of questions to a newsroom, half about what it did not cover.
NEWS = {  # mean, deviation
    "headline": (0.20, 0.21),
    "matched": (1.29, 1.03),
    "agreement": (0.44, 0.38),
    "around_fresh": (0.45, 0.30),
    "fresh": (0.54, 0.29),
}
NEWS_WEIGHT = 0.8
# Puts one half where, in that year, one in ten questions without coverage is answered.
BIAS = -0.32


@dataclass(frozen=True, slots=True)
class _Example:
    """One question asked: what was seen, and which sentences of its own paragraph answer it."""

    page: str
    view: View
    hits: Sequence[Hit]
    answers: Labels


def main() -> None:
    """Train on the folder named on the command line; print how well it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    squad = read_development_set(parser.parse_args().folder)
    _write("background", _count_common(squad))
    with TemporaryDirectory(prefix="clippings-training-") as scratch:
        coverage = Coverage.of_articles(squad.articles, Path(scratch))
        sentences = _train_sentences(squad, coverage)
        confidence = _train_confidence(squad, coverage, parse_model(sentences, FEATURES))
    _write("sentence_model", sentences)
    _write("confidence_model", confidence)


def _write(name: str, record: dict[str, Any]) -> None:
    path = Path(retrieval.selection.__path__[0]) / f"{name}.json"
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
        if (example := _look(squad, coverage, query, frozenset())) and example.answers.any()
    ]
    rows = np.concatenate([example.view.features for example in examples])
    labels = np.concatenate([example.answers for example in examples])
    pages = np.repeat([e.page for e in examples], [len(e.answers) for e in examples])
    scores = _cross_validate(rows, labels, pages)
    _report("sentences that answer", scores, labels)
    return _fit(FEATURES, rows, labels)


def _train_confidence(
    squad: DevelopmentSet, coverage: Coverage, sentences: LogisticModel
) -> dict[str, Any]:
    """Questions with their paragraph against questions without it, or without its whole page."""
    pages: dict[str, set[str]] = {}
    for article in squad.articles:
        pages.setdefault(article.title, set()).add(article.id)
    rows, labels, groups = [], [], []
    for number, query in enumerate(squad.queries[::CONFIDENCE_STEP]):
        (own,) = squad.qrels[query.id]
        page = pages[coverage.snapshot.article(own).title]
        for held_back in (frozenset[str](), frozenset(page if number % 2 else (own,))):
            example = _look(squad, coverage, query, held_back)
            if example is None:
                continue
            odds = sentences.log_odds(example.view.features)
            span = coverage.snapshot.span
            rows.append(confidence_features(example.view, odds, example.hits, _UNDATED, span))
            labels.append(not held_back)
            groups.append(example.page)
    learned = [CONFIDENCE.index(name) for name in CONFIDENCE if name not in NEWS]
    table, answered = np.array(rows)[:, learned], np.array(labels)
    _report("questions answered", _cross_validate(table, answered, np.array(groups)), answered)
    return _add_news(_fit([CONFIDENCE[at] for at in learned], table, answered))


def _add_news(record: dict[str, Any]) -> dict[str, Any]:
    """The learned weights, and those of the features that SQuAD cannot teach, in one model."""
    learned = dict(
        zip(
            record["features"],
            zip(record["mean"], record["deviation"], record["weights"], strict=True),
            strict=True,
        )
    )
    news = {name: (*spread, NEWS_WEIGHT) for name, spread in NEWS.items()}
    means, deviations, weights = zip(*((learned | news)[name] for name in CONFIDENCE), strict=True)
    return model_record(CONFIDENCE, (means, deviations), weights, BIAS)


def _look(
    squad: DevelopmentSet, coverage: Coverage, query: Query, held_back: frozenset[str]
) -> _Example | None:
    """Ask as the product does, without some articles; none where nothing was found."""
    question = read_question(query.text, as_of=_UNDATED)
    snapshot = coverage.snapshot
    hits = snapshot.search(question.query, limit=HITS, exclude=held_back).hits
    if not hits:
        return None
    candidates = find_candidates(hits)
    idf = smooth_idf(snapshot.idf, len(snapshot))
    view = view_candidates(weigh_question(question, idf), candidates, hits, snapshot.idf)
    (own,) = squad.qrels[query.id]
    answers = [
        hits[candidates[row].hit].article.id == own
        and holds_run(candidates[row].text, query.answers)
        for row in view.rows
    ]
    return _Example(snapshot.article(own).title, view, hits, np.array(answers, dtype=bool))


def _fit(features: Sequence[str], rows: Rows, labels: Labels) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # seconds to import
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415  # seconds to import

    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=0.1, max_iter=500).fit(scaler.transform(rows), labels)
    scaling = (scaler.mean_, scaler.scale_)
    return model_record(features, scaling, fitted.coef_[0], fitted.intercept_[0])


def _cross_validate(rows: Rows, labels: Labels, pages: NDArray[np.str_]) -> Rows:
    """Log odds of each row from a model that never saw its page."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415  # seconds to import

    scores = np.zeros(len(rows))
    for seen, unseen in GroupKFold(FOLDS).split(rows, labels, pages):
        names = [str(at) for at in range(rows.shape[1])]
        model = parse_model(_fit(names, rows[seen], labels[seen]), names)
        scores[unseen] = model.log_odds(rows[unseen])
    return scores


def _report(what: str, scores: Rows, labels: Labels) -> None:
    auroc = abstain_auroc(list(scores[labels]), list(scores[~labels]))
    sys.stdout.write(
        f"{what}: {labels.sum()} of {len(labels)}, cross-validated AUROC {auroc:.4f}\n"
    )


if __name__ == "__main__":
    main()
