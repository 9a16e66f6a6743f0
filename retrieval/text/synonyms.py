"""Words that stand for one another: other forms, words of one family, and synonyms."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from retrieval.text.analysis import analyse, analyse_all
from retrieval.text.places import list_peoples

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Weights = Mapping[str, float]
_NONE: Weights = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymWeights:
    """What a word counts for that stands in place of the one asked, 1 being the word itself.

    By hand, in the order of how often each kind of pair says the same thing in news: `form` is
    another form of the word ("bought"), `spelling` the same word written apart or together, or a
    country and its people, `group` a word of one of our groups,
    `derived` one of the same family ("acquisition"), `synset`
    one that WordNet gives for its main sense. From `sure` on a word is as good as the one asked.
    """

    form: float = 1.0
    spelling: float = 0.95
    derived: float = 0.7
    group: float = 0.8
    synset: float = 0.5
    sure: float = 0.8


WEIGHTS = SynonymWeights()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mean one thing together ("come out"), and the terms that may stand for them.

    `instead` is the first single word of their group, "" where there is none.
    """

    words: tuple[str, ...]
    terms: Weights
    instead: str = ""


def find_synonyms(term: str, language: str = "en") -> Weights:
    """The terms that may stand for one of a question, each with its weight, itself left out."""
    if language != "en":
        return _NONE
    found = dict(_read_wordnet().get(term, {}))
    for near, weight in _tables().terms.get(term, _NONE).items():
        found[near] = max(weight, found.get(near, 0.0))
    found.pop(term, None)
    return found


def find_forms(term: str, language: str = "en") -> frozenset[str]:
    """The terms that are as good as one of a question, itself left out."""
    near = find_synonyms(term, language)
    return frozenset(other for other, weight in near.items() if weight >= WEIGHTS.sure)


def find_phrases(words: Sequence[str], language: str = "en") -> list[tuple[int, Phrase]]:
    """Where words in lower case make a phrase that single terms may stand for, longest first."""
    if language != "en":
        return []
    tables, found, at = _tables(), [], 0
    while at < len(words):
        listed = tables.phrases.get(tables.base_of(words[at]), ())
        here = next((phrase for phrase in listed if _fits(phrase, words, at)), None)
        if here:
            found.append((at, here))
        at += len(here.words) if here else 1
    return found


def phrases_for(terms: Collection[str], language: str = "en") -> list[Phrase]:
    """The phrases that may stand for one of these terms."""
    if language != "en":
        return []
    listed = chain.from_iterable(_tables().phrases.values())
    return [phrase for phrase in listed if not phrase.terms.keys().isdisjoint(terms)]


def expand_query(text: str, language: str = "en") -> dict[str, Weights]:
    """For each term of a question the terms that may stand for it, with their weights.

    The first word of a phrase stands for the whole of it: "come" of "when does it come out".
    """
    words = [word.lower().strip("?!.,") for word in text.split()]
    expanded = {term: find_synonyms(term, language) for term in analyse(text, language)}
    for at, phrase in find_phrases(words, language):
        for term in analyse_all(words[at], language)[:1]:
            others = {t: w for t, w in phrase.terms.items() if t != term}
            expanded[term] = {**others, **_only_forms(expanded.get(term, _NONE))}
    return expanded


def replace_phrases(query: str, language: str = "en") -> str:
    """A query with the word that says it in place of each phrase: "come out" is "release"."""
    words = query.split()
    plain = [word.lower().strip("?!.,") for word in words]
    for at, phrase in reversed(find_phrases(plain, language)):
        if phrase.instead:
            words[at : at + len(phrase.words)] = [phrase.instead]
    return " ".join(words)


def vary_query(query: str, language: str = "en", most: int = 2) -> tuple[str, ...]:
    """Up to so many queries that say one word of it as reports may: "launch" for "release"."""
    if language != "en":
        return ()
    words = replace_phrases(query, language).split()
    instead = _tables().instead
    varied = [
        " ".join((*words[:at], other, *words[at + 1 :]))
        for at, word in enumerate(words)
        for other in instead.get(word.lower().strip("?!.,"), ())
    ]
    return tuple(varied[:most])


def _only_forms(weights: Weights) -> dict[str, float]:
    return {term: weight for term, weight in weights.items() if weight >= WEIGHTS.form}


@dataclass(frozen=True, slots=True)
class _Tables:
    """Terms with what stands for them, phrases by the base of their first word, and bases.

    `families` gives for every irregular form the terms of its line, its base first: buy, bought;
    `instead` for the words of a group its others, as they are written.
    """

    terms: dict[str, dict[str, float]]
    phrases: dict[str, list[Phrase]]
    families: dict[str, tuple[str, ...]]
    instead: dict[str, tuple[str, ...]]

    def base_of(self, word: str) -> str:
        term = next(iter(analyse_all(word)), word)
        return self.families.get(term, (term,))[0]

    def forms_of(self, word: str) -> tuple[str, ...]:
        term = next(iter(analyse_all(word)), word)
        return self.families.get(term, (term,))


@cache
def _tables() -> _Tables:
    """Our own groups, read from synonym_groups.toml: its head says what each list holds."""
    read = tomllib.loads(files(__package__).joinpath("synonym_groups.toml").read_text("utf-8"))
    forms, groups = (_split(read[name]) for name in ("forms", "groups"))
    families = [
        tuple(dict.fromkeys(t for said in line for t in analyse_all(said))) for line in forms
    ]
    instead: dict[str, tuple[str, ...]] = {}
    for line in groups:
        single = [said for said in line if " " not in said]
        instead |= {
            one: tuple(o for o in single if o != one) for one in single if one not in instead
        }
    tables = _Tables({}, {}, {term: family for family in families for term in family}, instead)
    for lines, weight in ((forms, WEIGHTS.form), (groups, WEIGHTS.group)):
        for line in lines:
            _join(tables, line, weight)
    for people in list_peoples():
        _join(tables, list(people), WEIGHTS.spelling)
    for line in read["compounds"].split():
        _join(tables, [line.replace("-", ""), line.replace("-", " ")], WEIGHTS.spelling)
    for phrases in tables.phrases.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
    return tables


def _split(lines: str) -> list[list[str]]:
    return [[said.strip() for said in line.split(",")] for line in lines.strip().split("\n")]


def _join(tables: _Tables, group: list[str], weight: float) -> None:
    """Let each word of a group stand for the others; a phrase is known by its words."""
    single = {term for said in group if " " not in said for term in tables.forms_of(said)}
    for term in single:
        near = tables.terms.setdefault(term, {})
        near |= {other: max(weight, near.get(other, 0.0)) for other in single - {term}}
    for said in group:
        if " " in said:
            words = tuple(said.split())
            instead = next((one for one in group if " " not in one), "")
            phrase = Phrase(words, dict.fromkeys(sorted(single), weight), instead)
            tables.phrases.setdefault(tables.base_of(words[0]), []).append(phrase)


def _fits(phrase: Phrase, words: Sequence[str], at: int) -> bool:
    """Whether the phrase stands there, its first word in whatever form."""
    here = words[at + 1 : at + len(phrase.words)]
    return tuple(here) == phrase.words[1:]


@cache
def _read_wordnet() -> dict[str, dict[str, float]]:
    """Pairs of stems with their weights; written by retrieval.evaluation.wordnet_building."""
    read: dict[str, dict[str, float]] = json.loads(
        files(__package__).joinpath("synonyms.json").read_text("utf-8")
    )
    return read
