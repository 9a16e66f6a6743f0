"""Train the shipped weights: `python -m retrieval.evaluation.training ENCYCLOPEDIA NEWS`.

Both folders are laid out as `eval` reads them. The first is SQuAD 1.1's development set (Rajpurkar
et al. 2016, CC BY-SA 4.0): a paragraph is an article, its title that of the page. The second holds
news with questions that have a day, and some without coverage. Every other question is asked in
lower case. What is printed is cross-validated: whole pages and whole days are left out.
`--without SET` leaves out the questions about the paragraphs of another set, so that its figures
stay honest; `--confidence` keeps the sentence model that is shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import retrieval.answering
import retrieval.text
from retrieval.answering.features import FEATURES
from retrieval.answering.logistic import parse_model, read_model
from retrieval.coverage import Coverage
from retrieval.evaluation.confidence_training import train_confidence
from retrieval.evaluation.dataset import read_development_set
from retrieval.evaluation.examples import look, vary
from retrieval.evaluation.listwise import Ranked, fit_listwise
from retrieval.evaluation.priors import OF_SENTENCES
from retrieval.evaluation.script import run_script
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from retrieval.evaluation.dataset import DevelopmentSet
    from retrieval.evaluation.examples import Example
    from retrieval.index import Snapshot

# Every so manyth question of the encyclopedia: the weights settle long before all are used.
STEP = 10
# What a question of the news counts beside one of the encyclopedia.
NEWS_WEIGHT = 10.0
FOLDS = 5
# A term is common from thirty texts in ten thousand on.
COMMON = 30


def main() -> None:
    """Train on the folders named on the command line; print how well it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encyclopedia", type=Path)
    parser.add_argument("news", type=Path)
    parser.add_argument("--without", type=Path, action="append", default=[])
    parser.add_argument("--confidence", action="store_true")
    arguments = parser.parse_args()
    pages, news = (read_development_set(f) for f in (arguments.encyclopedia, arguments.news))
    for folder in arguments.without:
        pages = leave_out(pages, read_development_set(folder))
    if not arguments.confidence:
        _write(retrieval.text, "background", _count_common(pages))
        _write(retrieval.answering, "sentence_model", _train_sentences(pages, news))
    read_model.cache_clear()
    sentences = read_model("sentence_model", FEATURES)
    confidence = train_confidence(pages, news, sentences)
    _write(retrieval.answering, "confidence_model", confidence)


def leave_out(pages: DevelopmentSet, other: DevelopmentSet) -> DevelopmentSet:
    """The pages without the questions about paragraphs that stand in another set too."""
    shared = {" ".join(article.text.split()) for article in other.articles}
    ids = {a.id for a in pages.articles if " ".join(a.text.split()) in shared}
    kept = (query for query in pages.queries if ids.isdisjoint(pages.qrels.get(query.id, ())))
    return replace(pages, queries=tuple(kept))


def _write(room: ModuleType, name: str, record: dict[str, Any]) -> None:
    path = Path(room.__path__[0]) / f"{name}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(f"wrote {path}\n")


def _count_common(pages: DevelopmentSet) -> dict[str, int]:
    """In how many of ten thousand paragraphs each common term stands."""
    counts = Counter(term for article in pages.articles for term in set(analyse(article.text)))
    shares = {term: round(10_000 * n / len(pages.articles)) for term, n in counts.items()}
    return {term: share for term, share in sorted(shares.items()) if share >= COMMON}


def _train_sentences(pages: DevelopmentSet, news: DevelopmentSet) -> dict[str, Any]:
    asked = [
        *((example, 1.0) for example in _ask(pages, STEP, own_only=True)),
        *((example, NEWS_WEIGHT) for example in _ask(news, 1, own_only=False)),
    ]
    _report(asked)
    return fit_listwise(
        FEATURES, [_rank(example, weight) for example, weight in asked], OF_SENTENCES
    )


def _ask(development: DevelopmentSet, step: int, *, own_only: bool) -> Iterator[Example]:
    answerable = [query for query in development.queries if query.answers]
    with TemporaryDirectory(prefix="clippings-training-") as scratch:
        snapshot: Snapshot = Coverage.of_articles(development.articles, Path(scratch)).snapshot
        for query in vary(answerable[::step], snapshot):
            example = look(development, snapshot, query, own_only=own_only)
            if example is not None and example.answers.any():
                yield example


def _rank(example: Example, weight: float) -> Ranked:
    seen = example.seen
    return Ranked(seen.features.matrix, example.answers, seen.set_by_hand(), weight)


def _report(asked: Sequence[tuple[Example, float]]) -> None:
    """Print how often the first sentence answers where its page or day was left out."""
    groups = sorted({example.group for example, _ in asked})
    fold_of = {group: number % FOLDS for number, group in enumerate(groups)}
    right = Counter[float]()
    for fold in range(FOLDS):
        kept = [_rank(e, weight) for e, weight in asked if fold_of[e.group] != fold]
        model = parse_model(fit_listwise(FEATURES, kept, OF_SENTENCES), FEATURES)
        for example, weight in asked:
            if fold_of[example.group] == fold:
                first = example.seen.order(example.seen.score(model))[:1]
                right[weight] += bool(first and example.answers[first[0]])
    for weight, name in ((1.0, "encyclopedia"), (NEWS_WEIGHT, "news")):
        count = sum(one == weight for _, one in asked)
        sys.stdout.write(
            f"{name}: the first sentence answers {right[weight] / count:.3f} of {count}\n"
        )


if __name__ == "__main__":
    run_script(main)
