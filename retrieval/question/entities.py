"""Whom and what a question is about, and what is asked of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from retrieval.text.analysis import stop_words
from retrieval.text.lexicon import lexicon
from retrieval.text.names import find_names

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"\w+(?:[’'.+#-]\w+)*[+#]*")  # noqa: RUF001  # the typographic apostrophe is meant
_POSSESSIVE = re.compile(r"[’']s?$")  # noqa: RUF001  # the same
# Of the places where coverage writes a word, this share must have a capital.
_CAPITAL_SHARE = 0.7
_LEAST_SEEN = 2


def find_entities(text: str, language: str = "en") -> tuple[str, ...]:
    """The names that a question writes with capitals, or between quotation marks.

    Where nouns have capitals too, a single word is a name only where no word stands before it that
    goes with nouns: "Mühle" of "die Mühle" is none.
    """
    capitals = sum(word[:1].isupper() for word in text.split())
    if capitals == len(text.split()) > 2 and text.isupper():  # noqa: PLR2004  # shouted
        return ()
    names = find_names(text)
    words = lexicon(language)
    if not words.capital_nouns:
        return names
    determined = words.listed("determiners") | words.listed("words")
    kept = (_without_noun(name, text, determined) for name in names)
    return tuple(dict.fromkeys(name for name in kept if name))


def _without_noun(name: str, text: str, determined: frozenset[str]) -> str:
    """A name, or "" for a mere noun: one word after another that goes with nouns."""
    parts = name.split()
    before = text[: text.find(name)].split()[-1:]
    while parts and parts[0].lower() in determined:
        before, parts = parts[:1], parts[1:]
    noun = len(parts) == 1 and parts[0].isalpha() and not parts[0].isupper()
    return "" if noun and before and before[0].lower() in determined else " ".join(parts)


def recognise_entities(
    query: str, texts: Iterable[str], language: str = "en", known: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The names in a question typed in lower case, by how the coverage's own texts write the words.

    A run of words is a name where the texts write each amid a sentence with a capital, and a number
    after one belongs to it ("diablo 4"). `known` are names found already; they come first.
    """
    words = _WORD.findall(query)
    taken = {part.casefold() for name in known for part in _WORD.findall(name)}
    open_words = [w for w in words if w.casefold() not in taken and _may_name(w, language)]
    if not open_words:
        return known
    capital = _capitalised(open_words, texts)
    return tuple(dict.fromkeys((*known, *_join_runs(words, capital, taken))))


def _may_name(word: str, language: str) -> bool:
    lower = word.casefold()
    empty = lexicon(language).listed("empty") | stop_words(language)
    typed = lower in lexicon(language).nouns  # "CEO" is what is asked for
    return not lower.isdigit() and len(lower) > 1 and lower not in empty and not typed


def _capitalised(words: list[str], texts: Iterable[str]) -> frozenset[str]:
    """Which of the words the texts write with a capital where no sentence begins."""
    bare = {_POSSESSIVE.sub("", word.casefold()) for word in words}
    bare |= {word[:-1] for word in bare if word.endswith("s") and len(word) > 4}  # noqa: PLR2004  # "metas"
    spelt = "|".join(map(re.escape, sorted(bare, key=len, reverse=True)))
    amid = re.compile(rf"(?<=[\w,;] )(?:{spelt})(?![\w])", re.IGNORECASE)
    seen: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        for found in amid.findall(text):
            seen[found.casefold()] += 1
            large[found.casefold()] += not found.islower()
    names = {w for w, n in seen.items() if n >= _LEAST_SEEN and large[w] >= _CAPITAL_SHARE * n}
    return frozenset(
        word.casefold()
        for word in words
        for own in (_POSSESSIVE.sub("", word.casefold()),)
        if own in names or (own.endswith("s") and own[:-1] in names)
    )


def _join_runs(words: list[str], capital: frozenset[str], taken: set[str]) -> list[str]:
    names: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        lower = word.casefold()
        if lower in capital or (run and re.fullmatch(r"v?\d[\d.]*", lower)):
            run.append(_POSSESSIVE.sub("", word))
            continue
        if run and lower not in taken:
            names.append(" ".join(run))
        run = []
    return names


def find_attribute(query: str, entities: tuple[str, ...], language: str = "en") -> tuple[str, ...]:
    """The words of a query that are asked of its entities, in order and in lower case.

    Names, numbers of versions, question words and words that tell nothing are left out.
    """
    empty = lexicon(language).listed("empty") | stop_words(language)
    names = {part.casefold() for name in entities for part in _WORD.findall(name)}
    names |= {f"{name}s" for name in names} | {f"{name}'s" for name in names}
    said = (word.casefold() for word in _WORD.findall(query))
    return tuple(dict.fromkeys(word for word in said if word not in names and word not in empty))
