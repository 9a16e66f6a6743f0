"""A list or a count: the block that lists with its lead-in, else the sentences that name most."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering.findings import Excerpt
from retrieval.answering.sentences import HEADLINE
from retrieval.answering.weights import WEIGHTS
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
# Log odds for each thing that a sentence names, up to so many, and for words that announce a list.
_PER_THING, _MOST_THINGS = 0.5, 6
_ANNOUNCED = 1.0
_HEADLINE = 2.0  # lost: a headline seldom lists


def choose_list(findings: Findings) -> tuple[Excerpt, ...]:
    """A block where there is one, then sentences while each names something new."""
    block = next(iter(_blocks(findings)), None)
    if block is not None:
        return (block,)
    ranked = list(islice(findings.excerpts(), WEIGHTS.rivals))
    if not ranked:
        return ()
    best = findings.scores[ranked[0][0]]
    near = [(row, one) for row, one in ranked if findings.scores[row] >= best - WEIGHTS.list_margin]
    return tuple(_cover(findings, near))


def _cover(findings: Findings, ranked: list[tuple[int, Excerpt]]) -> Iterator[Excerpt]:
    """Greedily: the likeliest sentence, dearer for every new thing that it names."""
    named: set[str] = set()
    left, characters = list(ranked), 0
    for number in range(WEIGHTS.most_quotes):
        gains = [
            (findings.scores[row] + _weigh_things(one, _things(findings, one) - named), at)
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
        if (word.capital or word.number) and word.term and word.term not in findings.terms.columns
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
