"""Whether a post that nobody put to the bot asks something that the coverage answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.desk.small_talk import begins_as_question, classify_talk, is_personal
from retrieval import analyse

if TYPE_CHECKING:
    from retrieval.model import Answer

CONFIDENT = 0.75  # what an answer nobody asked for needs; this and the next two by hand
LEAST_WORDS = 2  # a question on one word ("what is bash") may mean anything
SHARE_SAID = 0.75  # of the question's words, in the first quote and its headline
LONGEST = 300  # characters: a post that tells a story asks its readers

_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")


def find_question(post: str) -> str:
    """The sentence of a post that asks something of the news, "" for any other post."""
    if classify_talk(post) is not None or is_personal(post) or len(post) > LONGEST:
        return ""
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(post)]
    asking = [each for each in sentences if each.endswith("?") or begins_as_question(each)]
    return asking[0] if len(asking) == 1 else ""


def answers_well(answer: Answer, question: str, *, confident: float = CONFIDENT) -> bool:
    """Whether an answer may be given unasked: sure, and about what the question names."""
    if not answer.answered or answer.confidence < confident or not answer.quotes:
        return False
    source = answer.sources[0].article
    said = set(analyse(f"{source.title} {answer.quotes[0].text}", source.language))
    asked = set(analyse(question, source.language))
    return len(asked) >= LEAST_WORDS and len(asked & said) >= SHARE_SAID * len(asked)
