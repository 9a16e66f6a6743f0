"""Build the table of how common words are in languages other than English, from wordfreq.

    pip install --target FOLDER wordfreq
    PYTHONPATH=FOLDER python -m retrieval.evaluation.background_building

wordfreq 3.1 (Speer 2022) gives the share of each word in running text; its data are under CC BY-SA
4.0 (docs/licences.md). A text is taken to have as many words as a long paragraph.
"""

from __future__ import annotations

import gzip
import importlib
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import EvaluationError
from retrieval.evaluation.script import run_script
from retrieval.text.analysis import analyse_all

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = Path(__file__).parent.parent / "text" / "background_of_others.json.gz"
LANGUAGES = ("ar", "de", "es", "fr", "it", "nl", "pt", "ru", "tr", "zh")
WORDS_OF_A_TEXT = 120
COMMON = 30  # of ten thousand texts: what stands in fewer is no common word
_TEN_THOUSAND = 10_000


def main() -> None:
    """Write the table; wordfreq must be installed."""
    try:
        wordfreq = importlib.import_module("wordfreq")
    except ImportError:
        raise EvaluationError("no wordfreq; install it: pip install wordfreq") from None
    tables = {
        language: count_texts(wordfreq.get_frequency_dict(language), language)
        for language in LANGUAGES
    }
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    PLACE.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    sys.stdout.write(f"wrote {PLACE}\n")


def count_texts(shares: Mapping[str, float], language: str) -> dict[str, int]:
    """In how many of ten thousand texts each common term stands, by the shares of the words.

    A word counts for each of its terms: in Chinese these are its pairs of characters.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for word, share in shares.items():
        for term in set(analyse_all(word, language)):
            totals[term] += share
    texts = {
        term: round(_TEN_THOUSAND * (1 - math.exp(-WORDS_OF_A_TEXT * share)))
        for term, share in totals.items()
    }
    return {term: count for term, count in sorted(texts.items()) if count >= COMMON}


if __name__ == "__main__":
    run_script(main)
