"""A first question to try: about a name in the news on which the coverage has something to say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bot.wording import LANGUAGES, Wording
from retrieval import find_entities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.coverage import Coverage
    from retrieval.model import Article

LOOKED_AT = 20  # headlines, the newest
NAMES_TRIED = 4
PATTERNS = ("first.new", "first.what")
SURE = 0.9  # an example is to be answered well; by hand


def choose_question(coverage: Coverage) -> str:
    """The question on the newest names that is answered best, in the language of the articles.

    Where none is, the newest headline; "" for coverage without a dated article. Asks up to eight
    questions: call it off the event loop.
    """
    newest = coverage.latest(limit=LOOKED_AT)
    headlines = [article.title for article in newest if article.text]
    best, confidence = "", 0.0
    for question in _propose(coverage, newest):
        answer = coverage.ask(question)
        if answer.answered and answer.confidence > confidence:
            best, confidence = question, answer.confidence
        if confidence >= SURE:
            break
    return best or next(iter(headlines), "")


def _propose(coverage: Coverage, newest: Sequence[Article]) -> Iterator[str]:
    language = next((each for each in LANGUAGES if each[:2] == coverage.snapshot.language), None)
    if language is None:  # no words for a question in that language
        return
    outlets = {name.casefold() for name in coverage.snapshot.outlets}
    named = Counter(name for article in newest for name in _names_in(article))
    names = [name for name, _ in named.most_common() if name.casefold() not in outlets]
    for name in names[:NAMES_TRIED]:
        for pattern in PATTERNS:
            yield _say(pattern, name, Wording(language))


def _names_in(article: Article) -> set[str]:
    """Names of a headline that are written as names within a sentence of its article too."""
    names = set(find_entities(article.title))
    return {name for name in names if re.search(rf"[a-z,] {re.escape(name)}\b", article.text)}


def _say(pattern: str, name: str, wording: Wording) -> str:
    return wording.say(pattern, name=name)
