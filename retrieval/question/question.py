"""A question read: what is asked, of whom, in which form, language and days."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from retrieval.dates.windows import resolve_window
from retrieval.model import Context
from retrieval.question.answer_type import AnswerType, Unit, find_answer_type, find_focus, find_unit
from retrieval.question.entities import find_attribute, find_entities, recognise_entities
from retrieval.question.follow_up import Reading, follow_up_on
from retrieval.question.form import (
    find_form,
    spell_out,
    split_questions,
    split_sides,
    strip_request,
)
from retrieval.question.outlets import NamedOutlet, find_outlet
from retrieval.question.quarters import Quarter, find_quarters
from retrieval.question.reporting import Reporting, parse_reporting
from retrieval.text.background import is_common_word
from retrieval.text.languages import identify_question
from retrieval.text.lexicon import lexicon
from retrieval.text.versions import find_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from retrieval.dates.windows import Resolved
    from retrieval.model import Form, Window

# A question longer than this is read up to here: nobody asks in four pages.
LONGEST = 1000

_NO_CONTEXT = Context()
# The forms whose opening, which is not searched, says what would answer.
_TYPE_OF_FORM: dict[Form, AnswerType] = {
    "why": "reason", "definition": "definition", "news": "news",
}  # fmt: skip
_DAYS = re.compile(
    r"(?:in|on|since|during|before|after|until|between|from|by|over)\b", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z](?:\+\+|#)(?!\w)|\w+(?:[’'.-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a question asks for.

    `text` is as it was asked, `reading` as it is understood: complete in itself. `query` is what is
    searched: the reading without the words that only request, without outlet and days where these
    are filters, with the names of the turn before where the question `follows` it.

    `form` says how to reply. `answer_type` is what would answer, `unit` what its number measures,
    `focus` the noun asked for ("which crates": crates). `entities` are the names asked about,
    `attribute` the words asked of them, lower-cased. `topic` says that nothing is asked, only
    something named ("intel reference kits"); `newest` that the present state is asked for.

    `parts` are the questions in one, each read by itself: two that were asked at once (form
    "parts"), or the same of each side (form "comparison"), then named by `sides`.
    `versions` are written shortest ("7.14" for 7.14.0); `quarters` are those of a business year.
    `when` are the words that `window` was read from, which `query` may lack: a report of another
    day may say them. `strict` says that window and outlet were given beside the question and may
    not be relaxed. `reporting` says that the question is who told a story; `query` then says which.
    `articles` are those quoted before, where the question points back at them.
    """

    text: str
    as_of: date
    answer_type: AnswerType
    query: str
    reading: str = ""
    form: Form = "fact"
    language: str = "en"
    focus: str = ""
    unit: Unit = ""
    entities: tuple[str, ...] = ()
    attribute: tuple[str, ...] = ()
    topic: bool = False
    newest: bool = False
    sides: tuple[str, ...] = ()
    parts: tuple[Question, ...] = ()
    versions: tuple[str, ...] = ()
    quarters: tuple[Quarter, ...] = ()
    outlet: str = ""
    window: Window | None = None
    when: str = ""
    strict: bool = False
    reporting: Reporting = ""
    follows: bool = False
    articles: tuple[str, ...] = ()

    def to_context(self, articles: tuple[str, ...] = (), answers: tuple[str, ...] = ()) -> Context:
        """What the next turn may lean on, with the articles that were quoted and what answered."""
        return Context(
            question=self.reading,
            form=self.form,
            entities=self.entities,
            attribute=self.attribute,
            articles=articles,
            answers=answers,
        )


def parse_question(  # noqa: PLR0913  # one call reads all that a person can say with a question
    text: str,
    *,
    as_of: date,
    outlets: Collection[str] = (),
    languages: Collection[str] = ("en",),
    window: Window | None = None,
    outlet: str = "",
    context: Context = _NO_CONTEXT,
) -> Question:
    """Read a question asked on the day `as_of`; any text will do, also an empty one.

    `outlets` are the names the coverage knows and `languages` its languages, the commonest first;
    `window` and `outlet` override what the text says; `context` is that of the turn before.
    """
    asked = " ".join(text.split())[:LONGEST]
    spoken = (identify_question(context.question, languages),) if context.question else ()
    language = identify_question(asked, (*spoken, *languages))
    common = partial(is_common_word, language=language)
    read = follow_up_on(asked, context, language, common)
    question = _parse_reading(read, asked, as_of, outlets, language, window, outlet)
    parts = _parse_parts(question, outlets)
    return replace(question, form="parts", parts=parts) if parts else _with_sides(question)


def _parse_reading(  # noqa: PLR0913, PLR0917  # what parse_question was told, and what it found
    read: Reading,
    asked: str,
    as_of: date,
    outlets: Collection[str],
    language: str,
    window: Window | None,
    outlet: str,
) -> Question:
    words = lexicon(language)
    reading = spell_out(read.text)
    quarters = find_quarters(reading, as_of, language)
    resolved = None if window or quarters else resolve_window(reading, as_of)
    named = None if outlet else find_outlet(reading, outlets)
    if resolved and words.shaped("no_window").search(reading[: resolved.start]):
        resolved = None  # "born in 2010"
    rest = _without_filters(reading, [span for span in (named, resolved) if span])
    reporting, rest = parse_reporting(rest)
    request = strip_request(rest, language)
    left = request.text if request.form or request.text else rest
    answer_type = _TYPE_OF_FORM.get(request.form or "fact") or find_answer_type(
        left or reading, language
    )
    if answer_type == "thing" and _names_money(left, language):
        answer_type = "amount"
    entities = tuple(dict.fromkeys((*find_entities(left, language), *read.carried)))
    attribute = find_attribute(left, entities, language)
    form: Form = "reports" if reporting else find_form(request, left, language)
    return Question(
        text=asked,
        as_of=as_of,
        answer_type=answer_type,
        query=_searchable(" ".join((left, *read.carried))),
        reading=_complete(reading, read),
        form=form,
        language=language,
        focus=find_focus(left, language),
        unit=find_unit(left, answer_type, language),
        entities=entities,
        attribute=attribute,
        topic=_is_topic(left, answer_type, form, language),
        newest=bool(words.shaped("newest").search(left)),
        versions=tuple(str(version) for version in find_versions(left)),
        quarters=quarters,
        outlet=outlet or (named.name if named else ""),
        window=window or (resolved.window if resolved else None),
        when=resolved.phrase if resolved else "",
        strict=bool(window or outlet),
        reporting=reporting,
        follows=read.follows,
        articles=read.articles,
    )


def _names_money(left: str, language: str) -> bool:
    """Whether a bare request holds a noun for an amount: "Ferry Line revenue June 2014"."""
    said = re.findall(r"\w+", left.lower())
    words = lexicon(language)
    bare = words.listed("words").isdisjoint(said) and "?" not in left
    return bare and any(words.nouns.get(word) == "amount" for word in said)


def name_entities(question: Question, texts: Iterable[str]) -> Question:
    """The question with the names found that were typed in lower case.

    `texts` are those of the articles that a search for it found: they say how a name is written.
    """
    found = recognise_entities(question.query, texts, question.language, question.entities)
    attribute = find_attribute(question.query, found, question.language)
    parts = tuple(
        replace(part, entities=_entities_in(part, found), attribute=_attribute_in(part, found))
        for part in question.parts
    )
    return replace(question, entities=found, attribute=attribute, parts=parts)


def _entities_in(part: Question, found: tuple[str, ...]) -> tuple[str, ...]:
    said = part.query.casefold()
    return tuple(dict.fromkeys((*part.entities, *(n for n in found if n.casefold() in said))))


def _attribute_in(part: Question, found: tuple[str, ...]) -> tuple[str, ...]:
    return find_attribute(part.query, (*part.entities, *found), part.language)


def _parse_parts(question: Question, outlets: Collection[str]) -> tuple[Question, ...]:
    """Two questions asked at once, the second with the subject of the first where it lacks one."""
    texts = split_questions(question.reading, question.language)
    if not texts or question.reporting:
        return ()
    first, second = texts
    given = {"as_of": question.as_of, "outlets": outlets, "languages": (question.language,)}
    one = parse_question(first, **given)  # type: ignore[arg-type]  # the same three for both
    other = parse_question(second, **given, context=one.to_context())  # type: ignore[arg-type]  # the same
    if not other.follows and not other.entities:
        subject = one.entities or one.attribute
        other = replace(
            other, query=f"{other.query} {' '.join(subject)}", entities=one.entities, follows=True
        )
    return one, other


def _with_sides(question: Question) -> Question:
    """A comparison with its sides, each a question of its own after the same attribute."""
    if question.form != "comparison":
        return question
    sides = split_sides(question.query, question.language, asked=True)
    parts = tuple(_side(question, said) for said in sides)
    return replace(question, sides=_shortest(sides), parts=parts)


def _side(question: Question, said: str) -> Question:
    entities = tuple(name for name in question.entities if name in said)
    attribute = find_attribute(said, entities, question.language)
    return replace(
        question, query=said, reading=said, form="fact", entities=entities, attribute=attribute
    )


def _shortest(sides: tuple[str, ...]) -> tuple[str, ...]:
    """The sides without the words that all of them begin or end with."""
    said = [side.split() for side in sides]
    while len(said) > 1 and all(len(s) > 1 for s in said) and len({s[0] for s in said}) == 1:
        said = [s[1:] for s in said]
    while len(said) > 1 and all(len(s) > 1 for s in said) and len({s[-1] for s in said}) == 1:
        said = [s[:-1] for s in said]
    return tuple(" ".join(words) for words in said)


def _is_topic(left: str, answer_type: AnswerType, form: Form, language: str) -> bool:
    """Whether a request only names something: no verb of asking, no noun that wants a value."""
    if answer_type != "thing" or form not in ("fact", "summary"):
        return False
    said = re.findall(r"\w+", left.lower())
    return bool(said) and lexicon(language).listed("words").isdisjoint(said) and "?" not in left


def _complete(reading: str, read: Reading) -> str:
    """The reading with the names it takes over, where it does not say them."""
    missing = [name for name in read.carried if name.casefold() not in reading.casefold()]
    return f"{reading.rstrip(' ?.!')} ({', '.join(missing)})" if missing else reading


def _without_filters(text: str, spans: list[Resolved | NamedOutlet]) -> str:
    filtered = [span for span in spans if _is_only_a_filter(span, text)]
    for span in sorted(filtered, key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start].rstrip()} {text[span.end :].lstrip()}".strip()
    return text


def _is_only_a_filter(span: Resolved | NamedOutlet, text: str) -> bool:
    """Whether words are of no use to the search once they are a filter.

    The name of an event is ("before the Llama 2 launch"), and so is a day that is one ("the Jan. 6
    attack").
    """
    phrase = text[span.start : span.end]
    if isinstance(span, NamedOutlet):
        return True
    return not find_entities(phrase) and bool(_DAYS.match(phrase) or not re.search(r"\d", phrase))


def _searchable(text: str) -> str:
    """Plain words: no mark in a question is search syntax."""
    return " ".join(_WORD.findall(text))
