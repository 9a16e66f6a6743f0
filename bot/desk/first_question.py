"""A first question to try: a headline on which the coverage has something to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.coverage import Coverage

TRIED = 10  # headlines


def choose_question(coverage: Coverage) -> str:
    """The newest headline that is answered; the newest of all where none is.

    "" for coverage without a dated article. Asks up to ten questions: call it off the event loop.
    """
    newest = [article.title for article in coverage.latest(limit=TRIED)]
    answered = (title for title in newest if coverage.ask(title).answered)
    return next(answered, newest[0] if newest else "")
