"""A question that leans on the one before it, read as one that is complete in itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.question.answer_type import find_answer_type, find_focus
from retrieval.question.entities import find_attribute, find_entities
from retrieval.question.form import spell_out
from retrieval.question.reporting import parse_reporting
from retrieval.text.lexicon import lexicon
from retrieval.text.places import is_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.model import Context
    from retrieval.text.lexicon import Lexicon

_WORD = re.compile(r"\w+(?:[’'.+#-]\w+)*[+#]*")  # noqa: RUF001  # the typographic apostrophe is meant
# A question of more words says itself what it is about.
_SHORT = 9
# A new name in the place of an old one has no more words than this.
_NEW_NAME = 6
# Up to this place a pronoun is the object of the question's own verb: "who owns it".
_OBJECT_AT = 2
# One of so few words, all of them common ones, names nothing to search for.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is understood.

    `text` is complete in itself; `carried` are the names that it takes from the turn before.
    `follows` says whether it takes anything, `articles` of which quoted articles it speaks.
    """

    text: str
    carried: tuple[str, ...] = ()
    follows: bool = False
    articles: tuple[str, ...] = ()


def follow_up_on(
    text: str,
    context: Context,
    language: str = "en",
    is_common: Callable[[str], bool] = lambda _: True,
) -> Reading:
    """Read a question after another one: what it lacks, it takes from there, and nothing else.

    It lacks something where it is a mere question word ("why?"), opens with "and" or "what about",
    asks who told the story, has a pronoun that stands for nothing in it, or names nothing at all.
    `is_common` says whether a word is one of everyday language, which names nothing.
    """
    if not context.question and not context.entities:
        return Reading(text)
    words = lexicon(language)
    asked = spell_out(text)
    if bare := words.shaped("bare").fullmatch(asked):
        return _ask_anew(bare["ask"], context, language)
    reporting, about = parse_reporting(asked)
    if reporting and not about.strip(" ?.!"):
        told = (*context.entities, *context.attribute)
        return Reading(asked, told, follows=True, articles=context.articles)
    if (opened := words.shaped("openers").match(asked)) and opened.end():
        return _continue(asked[opened.end() :], context, words, whole=asked)
    if _lacks_its_subject(asked, words, language, is_common):
        return _with_subject(asked, context, words)
    return Reading(text)


def _ask_anew(ask: str, context: Context, language: str) -> Reading:
    """Ask "why?" of the whole question before."""
    said = " ".join((*context.entities, *context.attribute)) or context.question
    attribute = " ".join(find_attribute(said, (), language)) if not context.entities else said
    text = f"{ask} {attribute}".strip()
    return Reading(text, context.entities, follows=True, articles=context.articles)


def _continue(rest: str, context: Context, words: Lexicon, *, whole: str) -> Reading:
    """Read on after "and": Italy takes a place in the question before; "when is it?" is its own."""
    left = rest.strip(" ?.!,")
    said = [word.lower() for word in _WORD.findall(left)]
    asks = bool(said) and (said[0] in words.listed("words") or words.asks("yes_no").match(left))
    if asks:
        names = find_entities(left, words.language)
        carried = context.entities if not names else ()
        return Reading(left, carried, follows=bool(carried), articles=context.articles)
    if not said or len(said) > _NEW_NAME:
        return Reading(whole)
    return Reading(_replace(left, context, words), follows=True)


def _replace(new: str, context: Context, words: Lexicon) -> str:
    """The question before with its name of the same class changed for a new one."""
    before = context.question
    same = [name for name in context.entities if is_place(name) == is_place(new)]
    for name in reversed(same):
        spot = re.search(rf"\b{re.escape(name)}(?:[’']?s)?\b", before, re.IGNORECASE)  # noqa: RUF001  # typographic
        if spot and (is_place(new) or len(same) == len(context.entities)):
            return f"{before[: spot.start()]}{new}{before[spot.end() :]}"
    return _replace_last_phrase(before, new, words)


def _replace_last_phrase(before: str, new: str, words: Lexicon) -> str:
    """The question with what follows its last preposition or verb of asking changed."""
    ends = words.listed("prepositions") | {"is", "are", "was", "were", "the", "about"}
    spots = [found for found in _WORD.finditer(before) if found.group().lower() in ends]
    if not spots or spots[-1].end() >= len(before.rstrip(" ?.!")):
        return f"{before.rstrip(' ?.!')} {new}"
    return f"{before[: spots[-1].end()]} {new}"


def _lacks_its_subject(
    text: str, words: Lexicon, language: str, is_common: Callable[[str], bool]
) -> bool:
    """Whether a short question names nothing that could be looked for."""
    said = [word.lower() for word in _WORD.findall(text)]
    if not said or len(said) > _SHORT or find_entities(text, language):
        return False
    if words.shaped("else_asked").search(text):
        return True
    if words.shaped("expletive").search(text):
        return False
    if (at := _find_pronoun(said, words)) is not None:
        return _stands_for_nothing(text, said[:at], words, is_common)
    telling = find_attribute(text, (), language)
    common = all(is_common(word) and word.isalpha() for word in telling)
    few = len(telling) <= _FEW and not _names_a_thing(said)
    return common and few and find_answer_type(text, language) != "definition"


def _stands_for_nothing(
    text: str, before: list[str], words: Lexicon, is_common: Callable[[str], bool]
) -> bool:
    """Whether nothing before a pronoun is what it stands for."""
    focus = find_focus(text, words.language)
    if focus and not any(words.asks("yes_no").match(word) for word in before):
        return False  # "which town sold its mill": its own
    telling = find_attribute(" ".join(before), (), words.language)
    return len(before) <= _OBJECT_AT or all(is_common(word) for word in telling if word != focus)


def _find_pronoun(said: list[str], words: Lexicon) -> int | None:
    """The place of the first word that stands for something else; "this week" is said in full."""
    pointing, showing = words.listed("pointing"), words.listed("demonstrative")
    for at, word in enumerate(said):
        alone = at + 1 == len(said) or words.asks("yes_no").match(said[at + 1])
        if word in pointing or (word in showing and alone):
            return at
    return None


def _names_a_thing(said: list[str]) -> bool:
    """Whether a definite noun phrase of two words or more stands there: "the world cup"."""
    return any(word == "the" and len(said) - at > 2 for at, word in enumerate(said))  # noqa: PLR2004  # "the cup" is too short a name


def _with_subject(text: str, context: Context, words: Lexicon) -> Reading:
    """The question with the names of the turn before; "he" is first of all who was the answer."""
    said = {word.lower() for word in _WORD.findall(text)}
    people = not words.listed("people").isdisjoint(said)
    carried = context.answers if people and context.answers else context.entities
    return Reading(text, carried or context.attribute, follows=True, articles=context.articles)
