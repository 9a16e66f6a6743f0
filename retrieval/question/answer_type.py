"""The type of answer that a question expects, its unit, and the noun that is asked for."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from retrieval.text.lexicon import lexicon

if TYPE_CHECKING:
    from retrieval.text.lexicon import Lexicon

AnswerType = Literal[
    "person",
    "outlet",
    "organisation",
    "place",
    "date",
    "duration",
    "number",
    "amount",
    "percent",
    "version",
    "yes_no",
    "reason",
    "list",
    "definition",
    "statement",
    "news",
    "title",
    "thing",
]
# What is measured: "" where no number is asked for, or one of anything ("how many crates").
Unit = Literal[
    "", "money", "percent", "time", "people", "bytes", "distance", "weight", "speed",
    "temperature", "age", "version", "times",
]  # fmt: skip

# What a clause that asks "who" asks for may still be a thing, where the word only joins a clause on
# ("the man who was trying to …"): then it follows a noun.
_JOINABLE = re.compile(r"(?P<before>[^\s,;:—–]+)\s+(?:who|whom|whose|where|when)\b", re.IGNORECASE)
# The types whose question words may also join one clause to another.
_JOINING = frozenset(("person", "place", "date"))
_WHOSE = re.compile(r"\bwhose\b", re.IGNORECASE)
_GROUPS_OF_PEOPLE = frozenset(("children", "women", "men", "people"))
_COUNTS = re.compile(
    r"\bhow (?:many|much)\b|\bwhich (?:outlets?|newspapers?|papers?|publications?|media)\b",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?<=[.!?。！？؟।])[”\"’']?\s*(?=[A-Z“\"‘¿])|(?<=[。！？।])")
_UNIT_OF_TYPE: dict[AnswerType, Unit] = {
    "amount": "money",
    "percent": "percent",
    "duration": "time",
    "version": "version",
}
_UNIT_TYPES: dict[Unit, AnswerType] = {
    "money": "amount",
    "percent": "percent",
    "time": "duration",
    "version": "version",
}
# "What is Meta building" asks what is done, not what the words mean.
_ACTING = re.compile(r"\w \w{2,}ing\W*$")
# What a noun alone may ask for: "librem price", "gnome version".
_VALUES = frozenset(("amount", "percent", "number", "version", "reason"))
# Only a question for a number has a unit.
_MEASURED = frozenset(("amount", "percent", "duration", "number", "version", "thing", "list"))


def find_answer_type(text: str, language: str = "en") -> AnswerType:
    """The type that the asking clause of a question wants; "thing" where no rule fits."""
    words = lexicon(language)
    clause = asking_clause(text, language)
    if words.asks("yes_no").match(clause) and not words.asks("choice").search(clause):
        return "yes_no"
    focus = find_focus(text, language)
    focus_type = _type_of_noun(focus, words)
    if focus_type and not _COUNTS.search(clause):
        return focus_type
    asked = _without_joined_clauses(clause, words)
    if value := _value_named(clause, words):
        return value
    found = next((kind for kind, rule in words.types if rule.search(asked)), "thing")
    if focus and found in _JOINING and language == "en" and not _WHOSE.search(clause):
        return "thing"
    return _settle(cast("AnswerType", found), asked, words)


def _settle(found: AnswerType, clause: str, words: Lexicon) -> AnswerType:
    """Take "how much" for money unless something else is measured: memory, weight, a share."""
    if found not in ("amount", "definition"):
        return found
    unit = _measured(clause, words)
    if found == "definition":
        return "thing" if _ACTING.search(clause) else _last_noun_type(clause, words) or found
    return _UNIT_TYPES.get(unit, "number") if unit else found


def _value_named(clause: str, words: Lexicon) -> AnswerType | None:
    """The type of the noun that stands for a value in a request without a verb of asking."""
    said = re.findall(r"\w+", clause.lower())
    if not words.listed("words").isdisjoint(said) or not words.listed("words"):
        return None
    named = (_type_of_noun(word, words) for word in reversed(said))
    return next((kind for kind in named if kind in _VALUES), None)


def _last_noun_type(clause: str, words: Lexicon) -> AnswerType | None:
    """The type of the noun that closes a clause: "what is the market cap" is no definition."""
    said = re.findall(r"\w+", clause.lower())
    return _type_of_noun(said[-1], words) if len(said) > 3 else None  # noqa: PLR2004  # "what is a day"


def find_unit(text: str, answer_type: AnswerType, language: str = "en") -> Unit:
    """What the number that is asked for counts or measures; "" where none is asked for."""
    if answer_type not in _MEASURED:
        return ""
    own = _UNIT_OF_TYPE.get(answer_type)
    if own:
        return own
    return (
        _measured(asking_clause(text, language), lexicon(language))
        if (answer_type == "number")
        else ""
    )


def _measured(clause: str, words: Lexicon) -> Unit:
    """The unit of a clause; money last, for "pay" and "cost" stand beside other measures too."""
    found = [cast("Unit", unit) for unit, rule in words.measures if rule.search(clause)]
    others = [unit for unit in found if unit != "money"]
    return next(iter((*others, *found)), "")


def _type_of_noun(noun: str, words: Lexicon) -> AnswerType | None:
    singulars = (noun, noun.removesuffix("s"), noun.removesuffix("es"))
    found = next((words.nouns[word] for word in singulars if word in words.nouns), None)
    return cast("AnswerType | None", found)


def _without_joined_clauses(clause: str, words: Lexicon) -> str:
    """The clause without each "who", "where" or "when" that asks nothing: it follows a noun."""
    after = words.listed("ask_after")
    if not after:
        return clause

    def blank(found: re.Match[str]) -> str:
        asks = found["before"].lower() in after or clause[found.end() :].strip(" ?.!") == ""
        return found.group() if asks else found["before"]

    return _JOINABLE.sub(blank, clause)


def find_focus(text: str, language: str = "en") -> str:
    """The noun that the question asks for ("Which state capital is …": capital), or ""."""
    words = lexicon(language)
    found = words.asks("which").search(asking_clause(text, language))
    if not found:
        return ""
    named: list[str] = []
    for word in found.group(1).lower().split():
        bare = re.sub(r"[’']s$", "", word.strip(".’'?¿"))
        if bare == "to" and len(named) > 1 and not _type_of_noun(named[-1], words):
            named.pop()  # "which supermarkets plan to merge"
        if bare in _GROUPS_OF_PEOPLE and word != bare:
            continue  # "which children's book"
        if bare in words.listed("head_ends") or _ends_as_a_verb(named, bare, language):
            break
        named.append(bare)
        if word.endswith(("’s", "'s", ".")):
            break
    known = [word for word in named if _type_of_noun(word, words)]
    return (known or named or [""])[-1]


def _ends_as_a_verb(named: list[str], word: str, language: str) -> bool:
    return bool(named) and language == "en" and word.endswith("ed") and not named[-1].endswith("ly")


def asking_clause(text: str, language: str = "en") -> str:
    """The last sentence of the question that holds a question word, else the last one."""
    sentences = [s for s in _LAST_SENTENCE.split(text.strip()) if s] or [""]
    asks = lexicon(language).asks("asks")
    words = lexicon(language).listed("words")
    return next(
        (
            s
            for s in reversed(sentences)
            if asks.search(s) or not words.isdisjoint(re.findall(r"\w+", s.lower()))
        ),
        sentences[-1],
    )
