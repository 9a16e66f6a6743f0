"""Questions that a server follows: asked once a day, and told when the answer is new."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.feeds.watchlist import WatchRefused
from bot.store.outbox import Order

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.settings import AlertsSettings
    from bot.store import Store
    from bot.store.followed_questions import FollowedQuestion
    from retrieval.coverage import Coverage
    from retrieval.model import Answer

DAY = timedelta(days=1)
AT_ONCE = 5  # questions asked in one go, each takes some time of a core
LONGEST_QUESTION = 300  # characters
REMEMBERED = 50  # answers of a question that are not told again


class Following:
    """What a server's managers do with questions; every method is to be called off the loop."""

    def __init__(
        self,
        coverage: Coverage,
        store: Store,
        rules: AlertsSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._coverage, self._store, self._rules, self._clock = coverage, store, rules, clock

    def follow(
        self, server_id: int, channel_id: int, question: str
    ) -> tuple[FollowedQuestion, Answer]:
        """Ask a question from now on, and give today's answer, which is not told again.

        Raises WatchRefused.
        """
        text = " ".join(question.split())
        if not text or len(text) > LONGEST_QUESTION:
            raise WatchRefused("question", str(LONGEST_QUESTION))
        now = self._clock()
        answer = ask_in(self._coverage, self._store, (server_id, channel_id), text, now)
        kept = self._store.questions.add(
            server_id,
            channel_id,
            text,
            told=identify_answer(answer),
            next_at=now + DAY,
            most=self._rules.questions,
        )
        if kept is None:
            raise WatchRefused("questions", str(self._rules.questions))
        return kept, answer

    def list_for(self, server_id: int) -> tuple[FollowedQuestion, ...]:
        """A server's questions, the oldest first."""
        return self._store.questions.list_for(server_id)

    def remove(self, server_id: int, number: int) -> FollowedQuestion:
        """Follow a question no more; raises WatchRefused."""
        question = self._store.questions.read(server_id, number)
        if question is None:
            raise WatchRefused("no_question", str(number))
        self._store.questions.remove(server_id, number)
        return question


def plan_answers(coverage: Coverage, store: Store, clock: Callable[[], datetime]) -> int:
    """Ask the questions whose day is over; how many answers are to be told.

    An answer is new where its first quote is none that was told before. What is not answered, or
    not for sure, is not told.
    """
    told = 0
    for question in store.questions.due(AT_ONCE):
        now = clock()
        place = (question.server_id, question.channel_id)
        answer = identify_answer(ask_in(coverage, store, place, question.question, now))
        known = question.told.split()
        is_new = bool(answer) and answer not in known
        order = Order(
            server_id=question.server_id,
            channel_id=question.channel_id,
            kind="answer",
            content={"question": question.question_id, "asked": now.isoformat()},
        )
        known = [answer, *known][:REMEMBERED] if is_new else known
        asked = replace(question, told=" ".join(known), next_at=now + DAY)
        told += store.outbox.commit_answer(order if is_new else None, asked) and is_new
    return told


def ask_in(
    coverage: Coverage, store: Store, place: tuple[int, int], question: str, now: datetime
) -> Answer:
    """Ask as somebody would in that server and channel on that day."""
    return coverage.visible_to(store.visible_to(*place)).ask(question, as_of=now.date())


def identify_answer(answer: Answer) -> str:
    """What tells an answer from others: a digest of its first quote, "" where there is none."""
    if not answer.answered or not answer.quotes:
        return ""
    words = " ".join(answer.quotes[0].text.split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
