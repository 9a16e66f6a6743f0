"""The form of a request: what is left of it without the words that only ask, and how to reply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.question.answer_type import find_answer_type, find_focus
from retrieval.text.lexicon import lexicon

if TYPE_CHECKING:
    from retrieval.model import Form
    from retrieval.question.answer_type import AnswerType
    from retrieval.text.lexicon import Lexicon

# In this order, the first whose opening fits.
_REQUESTED: tuple[Form, ...] = ("summary", "comparison", "list", "news", "definition", "why")
_SINGULAR_ENDS = ("ss", "us", "is", "news", "series")
_MARKS = " \t,.:;!?-\u2013\u2014¿¡\"'\u2019"
_CONTRACTED = re.compile(r"^(\W*(?:what|who|where|when|how|why))s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """A request without its opening: `form` is what the opening asks for, none where it says none.

    `text` is what is left, "" where the request is nothing else ("what's new?").
    """

    form: Form | None
    text: str


def spell_out(text: str) -> str:
    """The question with the apostrophe that typists leave out: "whats new" is "what's new"."""
    return _CONTRACTED.sub(r"\1's", text)


def strip_request(text: str, language: str = "en") -> Request:
    """Take the words off a request that only say what to do: "please summarise", "tl;dr"."""
    words = lexicon(language)
    form: Form | None = "summary" if words.requested("closing_summary").search(text) else None
    left = words.requested("closing").sub("", text) or text
    left = _after(words, "polite", left).lstrip(_MARKS)
    told = _after(words, "tell", left).strip()
    if words.shaped("all_news").fullmatch(left) or words.shaped("all_news").fullmatch(told):
        return Request("news", "")
    if form:
        return Request(form, told)
    return _open_request(left, words) or _open_request(told, words) or Request(None, told)


def _open_request(text: str, words: Lexicon) -> Request | None:
    """The request by its opening, which is taken off; none where it opens otherwise."""
    for form in _REQUESTED:
        opened = words.requested(form).match(text)
        if opened and opened.end() and _ends_at_a_word(text, opened.end()):
            rest = text[opened.end() :].strip(_MARKS)
            if rest or form == "news":
                return Request(form, rest)
    return None


def _after(words: Lexicon, name: str, text: str) -> str:
    """The text without an opening, where something follows it."""
    opened = words.requested(name).match(text)
    if not opened or not opened.end() or not _ends_at_a_word(text, opened.end()):
        return text
    return text[opened.end() :].lstrip(" ,:") or text


def _ends_at_a_word(text: str, at: int) -> bool:
    if at >= len(text) or not text[at].isascii():
        return True
    return not (text[at].isalnum() and text[at - 1].isalnum())


def find_form(request: Request, text: str, language: str = "en") -> Form:
    """How to reply to a question: by its opening, else by what its asking clause wants."""
    words = lexicon(language)
    if request.form:
        return request.form
    if split_sides(request.text, language):
        return "comparison"
    answer_type = find_answer_type(text, language)
    if answer_type in _FORM_OF_TYPE:
        return _FORM_OF_TYPE[answer_type]
    if re.search(r"\bhow many\b|\bnumber of\b", text, re.IGNORECASE) and answer_type == "number":
        return "count"
    return "list" if _wants_several(text, language, words) else "fact"


_FORM_OF_TYPE: dict[AnswerType, Form] = {
    "yes_no": "yes_no",
    "reason": "why",
    "definition": "definition",
    "news": "news",
    "list": "list",
}


def _wants_several(text: str, language: str, words: Lexicon) -> bool:
    """Whether the noun after "which" is a plural: "which sites", but "which series"."""
    focus = find_focus(text, language)
    if language != "en" or re.search(r"\bhow (?:many|much)\b", text, re.IGNORECASE):
        return bool(words.requested("several").search(text))
    return len(focus) > len("gas") and focus.endswith("s") and not focus.endswith(_SINGULAR_ENDS)


def split_sides(text: str, language: str = "en", *, asked: bool = False) -> tuple[str, ...]:
    """The two sides of a comparison, each with what is asked of both; none where there is none.

    With `asked` the request says that two things are compared, and "and" parts them; else only
    "vs." does.
    """
    words = lexicon(language)
    names = ("between", "beside") if asked else ("versus",)
    cut = next((cut for name in names if (cut := words.shaped(name).search(text))), None)
    if not cut:
        return ()
    left, right = text[: cut.start()].strip(_MARKS), text[cut.end() :].strip(_MARKS)
    return _complete_sides(left, right, words) if left and right else ()


def _complete_sides(left: str, right: str, words: Lexicon) -> tuple[str, ...]:
    """Give each side what stands before the first ("price of A and B") or after the last."""
    before = left.split()
    prepositions = words.listed("prepositions")
    at = max((n for n, word in enumerate(before) if word.lower() in prepositions), default=-1)
    has_own = any(word.lower() in prepositions for word in right.split())
    if at >= 0 and not has_own:
        return left, f"{' '.join(before[: at + 1])} {right}"
    after = right.split()
    if len(before) == 1 and len(after) > 1 and left.isdigit() and after[0].isdigit():
        return f"{left} {' '.join(after[1:])}", right
    shared = left[:1].isupper() and right[:1].isupper() and after[-1].islower()
    if len(after) > 1 and (shared or words.nouns.get(after[-1].lower())):
        return f"{left} {after[-1]}", right
    return left, right


def split_questions(text: str, language: str = "en") -> tuple[str, ...]:
    """The questions that a text asks one after another, at most two; none where it asks but one."""
    words = lexicon(language)
    asking = words.listed("words")
    for cut in words.shaped("two_questions").finditer(text):
        first, second = text[: cut.start()].strip(), text[cut.end() :].strip(" ?")
        opening = re.findall(r"\w+", second.lower())[:1]
        if not _asks(first, words) or not opening:
            continue
        if (opening[0] in asking and _has_verb(second, words)) or words.asks("yes_no").match(
            second
        ):
            return first, second
    return ()


def _has_verb(text: str, words: Lexicon) -> bool:
    """Whether a second question has a verb of its own, or is but its question word: "and when"."""
    said = re.findall(r"\w+", text.lower())
    few = len("how much") >= len(text) or len(said) == 1
    return few or said[0] == "who" or any(words.asks("yes_no").match(word) for word in said[1:5])


def _asks(text: str, words: Lexicon) -> bool:
    said = re.findall(r"\w+", text.lower())
    opens = bool(said) and said[0] in words.listed("words")
    return len(said) > 2 and (opens or bool(words.asks("yes_no").match(text)))  # noqa: PLR2004  # "who and when"
