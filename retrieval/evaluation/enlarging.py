"""Make a large development set of a small one: its articles again, with changed names.

    python -m retrieval.evaluation.enlarging DIR OUT --articles 26000

Each further round of articles has its names exchanged for others about as common, so that no
article is a copy of another. The questions stay, and so do the articles that answer them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.evaluation.dataset import read_rows
from retrieval.evaluation.script import run_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.evaluation.dataset import Row

_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_WORD = re.compile(r"\b[a-z]{3,}\b")
# A word is a name where hardly one in five articles that hold it writes it small.
_SMALL = 0.2
# Names as common as this many others change places with them.
_ABOUT_AS_COMMON = 50
_QUESTIONS = ("queries.jsonl", "qrels.tsv", "queries_without_coverage.jsonl")


def main() -> None:
    """Write the folder OUT for `eval`."""
    parser = argparse.ArgumentParser(description="Repeat a set's articles with changed names.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=26_000)
    options = parser.parse_args()
    enlarge(options.folder, options.out, options.articles)
    sys.stdout.write(f"wrote {options.articles} articles to {options.out}\n")


def enlarge(folder: Path, out: Path, articles: int) -> None:
    """Write `articles` articles to `out`, and the questions of `folder` beside them."""
    rows = list(read_rows(folder, "corpus.jsonl"))
    out.mkdir(parents=True, exist_ok=True)
    with gzip.open(out / "corpus.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as corpus:
        for _, row in zip(range(articles), _repeat(rows), strict=False):
            corpus.write(json.dumps(row, ensure_ascii=False) + "\n")
    for name in _QUESTIONS:
        if (folder / name).is_file():
            shutil.copy(folder / name, out / name)


def _repeat(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows as they are, then round after round with other names; none where there are none."""
    yield from rows
    names = find_names_by_frequency([row["text"] for row in rows])
    for number in range(1, sys.maxsize if rows else 1):
        exchanged = exchange(names, number)
        yield from (_change(row, exchanged, number) for row in rows)


def find_names_by_frequency(texts: Sequence[str]) -> list[str]:
    """Capitalised words that are hardly ever written small, the rarest first."""
    large = Counter(word for text in texts for word in set(_NAME.findall(text)))
    small = Counter(word for text in texts for word in set(_WORD.findall(text)))
    names = (word for word, count in large.items() if small[word.lower()] < count * _SMALL)
    return sorted(names, key=lambda word: (large[word], word))


def exchange(names: Sequence[str], number: int) -> dict[str, str]:
    """For each name another about as common; every `number` gives another exchange."""
    shuffling = random.Random(number)  # noqa: S311  # the same set each time is what is wanted
    exchanged: dict[str, str] = {}
    for start in range(0, len(names), _ABOUT_AS_COMMON):
        block = names[start : start + _ABOUT_AS_COMMON]
        exchanged.update(zip(block, shuffling.sample(block, len(block)), strict=True))
    return exchanged


def _change(row: Row, exchanged: dict[str, str], number: int) -> Row:
    def rename(text: str) -> str:
        return _NAME.sub(lambda found: exchanged.get(found.group(), found.group()), text)

    changed = row | {
        "_id": f"{row['_id']}-{number}",
        "title": rename(row.get("title", "")),
        "text": rename(row["text"]),
    }
    return changed | ({"url": f"{row['url']}?{number}"} if row.get("url") else {})


if __name__ == "__main__":
    run_script(main)
