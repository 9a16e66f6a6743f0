"""How a report says that something came out: approved or rejected, will or will not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from retrieval.stories.weights import CONTRADICTIONS
from retrieval.text.analysis import analyse
from retrieval.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retrieval.model import Article

_REACH = 3  # words from a negation to what it turns round
_WORD = r"[\w'\u2019-]+"
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+")
# Verbs that say nothing by themselves, and what follows "will" and "is" without being a verb.
_EMPTY = frozenset(analyse("be been being have had say said the a an also now still just all"))


@dataclass(frozen=True, slots=True)
class OutcomeClaim:
    """That an act came out one way: the sentence, where the word for it stands, and its words.

    `act` is the name of a pair of outcomes, or the term of a verb that may be denied. `terms` are
    those of headline and sentence without the word itself, `names` those with a capital amid the
    sentence, and `words` all of headline and sentence in small letters.
    """

    article: Article
    start: int
    text: str
    place: tuple[int, int]
    act: str
    holds: bool
    terms: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Language:
    acts: re.Pattern[str]
    names: tuple[tuple[str, bool], ...]
    auxiliaries: re.Pattern[str]
    negated: re.Pattern[str]
    hedged: re.Pattern[str]


def parse_outcomes(article: Article) -> list[OutcomeClaim]:
    """Return how the article says that acts came out, each act of which it says one thing alone.

    Languages without a table give none; questions, guesses and conditions are left out.
    """
    language = _read_language(article.language)
    claims = list(_find_claims(article, language)) if language else []
    said: dict[str, set[bool]] = {}
    for claim in claims:
        said.setdefault(claim.act, set()).add(claim.holds)
    return [claim for claim in claims if len(said[claim.act]) == 1]


def _find_claims(article: Article, language: _Language) -> Iterator[OutcomeClaim]:
    for start, end in split_sentences(article.text, article.language)[: CONTRADICTIONS.sentences]:
        text = article.text[start:end]
        if text.rstrip().endswith("?"):
            continue
        told = f"{article.title} {text}"
        terms = frozenset(analyse(told, article.language))
        names = frozenset(match[0].lower() for match in _NAME.finditer(text))
        words = frozenset(re.findall(r"[\w-]+", told.lower()))
        for act, place, holds in _find_acts(text, article.language, language):
            own = frozenset(analyse(text[slice(*place)], article.language))
            yield OutcomeClaim(article, start, text, place, act, holds, terms - own, names, words)


def _find_acts(
    text: str, tag: str, language: _Language
) -> Iterator[tuple[str, tuple[int, int], bool]]:
    for match in language.acts.finditer(text):
        before = text[: match.start()]
        if not language.hedged.search(before):
            act, holds = language.names[int((match.lastgroup or "act0")[3:])]
            yield act, match.span(), holds != bool(language.negated.search(before))
    for match in language.auxiliaries.finditer(text):
        verb = analyse(match["verb"], tag)
        if verb and not _EMPTY & set(verb) and not language.hedged.search(text[: match.start()]):
            yield (
                f"{match['aux'].lower()} {verb[0]}",
                match.span(),
                not (match["not"] or match["short"]),
            )


@cache
def _read_language(tag: str) -> _Language | None:
    tables: Mapping[str, Any] = tomllib.loads(
        files(__package__).joinpath("outcomes.toml").read_text("utf-8")
    )
    table = tables.get(tag.replace("_", "-").partition("-")[0].casefold())
    if table is None:
        return None
    sides = [
        (act, side == "yes", words)
        for act, both in table["acts"].items()
        for side, words in both.items()
    ]
    groups = "|".join(rf"(?P<act{n}>\b(?:{words})\b)" for n, (_, _, words) in enumerate(sides))
    no, between = table["negations"], rf"(?:\W+{_WORD}){{0,{_REACH}}}\W*$"
    return _Language(
        re.compile(groups, re.IGNORECASE),
        tuple((act, holds) for act, holds, _ in sides),
        re.compile(
            rf"\b(?P<aux>{table['auxiliaries']})(?:\s(?P<not>{no})|(?P<short>n['\u2019]t))?"
            rf"\s(?P<verb>{_WORD})",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:\b|(?<=\w))(?:{no}){between}", re.IGNORECASE),
        re.compile(rf"\b(?:{table['hedges']}){between}", re.IGNORECASE),
    )
