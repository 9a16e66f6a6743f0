"""A list or a count: the block that lists with its lead-in, else the sentences that name most."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering.findings import Excerpt
from retrieval.answering.sentences import HEADLINE
from retrieval.answering.weights import WEIGHTS
from retrieval.text.known_words import is_known_word
from retrieval.text.tokens import cut_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.answering.findings import Findings

_BULLET = re.compile(r"\s*(?:[-*•–▪◦‣·]|\d{1,3}[.)])\s")
_ANNOUNCES = re.compile(
    r"\b(?:such as|including|includes?|like|namely|are|as well as|among them)\b|, [^,]+(?:,| and) ",
    re.IGNORECASE,
)
_SHORT_LINE = 120
# Log odds for each thing that a sentence names, up to so many, for words that announce a list, and
# for each thing in a row of them ("A, B and C").
_PER_THING, _MOST_THINGS = 0.5, 6
_ANNOUNCED = 1.0
_PER_ENUMERATED, _LEAST_ENUMERATED = 0.6, 3
_HEADLINE = 2.0  # lost: a headline seldom lists
_PARTS_OF_A_ROW = re.compile(r",\s*(?:and|or|as well as)?\s*|\s+(?:and|or|as well as)\s+|[;:()—]")
_LONGEST_PART = 6  # words
# A name as people write those of programs: with digits, underscores or hyphens.
_CODED = re.compile(r"[^\W\d_]\w*(?:[-_.]\w+)+|[^\W\d_]+\d\w*")


def choose_list(findings: Findings) -> tuple[Excerpt, ...]:
    """A block where there is one, then sentences while each names something new."""
    block = next(iter(_blocks(findings)), None)
    if block is not None:
        return (block,)
    ranked = list(islice(findings.excerpts(), 2 * WEIGHTS.rivals))
    worth = {row: findings.scores[row] + _weigh_row(one) for row, one in ranked}
    best = max(worth.values(), default=0.0)
    near = [(row, one) for row, one in ranked if worth[row] >= best - WEIGHTS.list_margin]
    return tuple(_cover(findings, near))


def _weigh_row(one: Excerpt) -> float:
    """The log odds for a row of things that a sentence names."""
    count = count_enumerated(one.text)
    return _PER_ENUMERATED * min(count, _MOST_THINGS) if count >= _LEAST_ENUMERATED else 0.0


def count_enumerated(text: str) -> int:
    """How many names stand in the longest row of a text, parted by commas, "and" or "or".

    A part counts where it is short and holds a word with a capital, a number or a coded name.
    """
    longest = length = 0
    parts = _PARTS_OF_A_ROW.split(text)
    for number, part in enumerate(parts):
        words = part.split()
        # What leads in stands before the first thing of a row, what follows behind the last.
        told = words[-_LONGEST_PART:] if number == 0 else words[:_LONGEST_PART]
        long = len(words) > _LONGEST_PART and 0 < number < len(parts) - 1
        named = any(_names(word) for word in told[number == 0 :]) or (
            len(words) == 1 and not is_known_word(words[0].strip(".)"))
        )
        length = length + 1 if named and not long else 0
        longest = max(longest, length)
    return longest


def _names(word: str) -> bool:
    bare = word.strip(".,“”\"'‘’!?")
    return bare[:1].isupper() or bool(_CODED.fullmatch(bare)) or bare[:1].isdigit()


def _cover(findings: Findings, ranked: list[tuple[int, Excerpt]]) -> Iterator[Excerpt]:
    """Greedily: the likeliest sentence, dearer for every new thing that it names."""
    named: set[str] = set()
    left, characters = list(ranked), 0
    for number in range(WEIGHTS.most_quotes):
        gains = [
            (
                findings.scores[row]
                + _weigh_row(one)
                + _weigh_things(one, _things(findings, one) - named),
                at,
            )
            for at, (row, one) in enumerate(left)
        ]
        if not gains:
            return
        _, at = max(gains, key=lambda gain: gain[0])
        _, one = left.pop(at)
        new = _things(findings, one) - named
        characters += len(one.text)
        if number and (len(new) < WEIGHTS.new_things or characters > WEIGHTS.most_characters):
            return
        named |= new
        yield one


def _weigh_things(one: Excerpt, things: set[str]) -> float:
    announced = _ANNOUNCED * bool(_ANNOUNCES.search(one.text)) - _HEADLINE * one.headline
    return _PER_THING * min(len(things), _MOST_THINGS) + announced


def _things(findings: Findings, one: Excerpt) -> set[str]:
    """The terms with a capital or a number that the question does not hold."""
    words = cut_words(one.text, one.article.language)
    return {
        word.term
        for word in words[1:]
        if (word.capital or word.number or _CODED.fullmatch(word.text))
        and word.term
        and word.term not in findings.terms.columns
    }


def _blocks(findings: Findings) -> Iterator[Excerpt]:
    """Lead-ins among the best sentences with the lines that they announce."""
    best = max(findings.scores, default=0.0)
    rows = sorted(range(len(findings.scores)), key=lambda row: -findings.scores[row])
    for row in rows[: WEIGHTS.rivals]:
        candidate = findings.candidate(row)
        lead_in = candidate.text.rstrip().endswith((":", "："))
        if candidate.place == HEADLINE or not lead_in:
            continue
        if findings.scores[row] < best - WEIGHTS.list_margin:
            return
        text = findings.article(row).text
        end = _end_of_block(text, candidate.end, candidate.start)
        if end > candidate.end:
            yield Excerpt(findings.article(row), candidate.start, end)


def _end_of_block(text: str, start: int, begin: int) -> int:
    """Where the lines of a list end that follow `start`; at most a quote's length from `begin`."""
    end, at = start, start
    for line in text[start : begin + WEIGHTS.longest_quote].splitlines(keepends=True):
        at += len(line)
        said = line.strip()
        if not said:
            continue
        if not _BULLET.match(line) and (len(said) > _SHORT_LINE or said.endswith((".", ":"))):
            break
        if at > begin + WEIGHTS.longest_quote:
            break
        end = at - (len(line) - len(line.rstrip()))
    return end
