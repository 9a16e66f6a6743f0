"""What becomes of each request, told to whoever counts; nothing of who asked."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retrieval.model import Answer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Callable

    from bot.desk.lookup import Result
    from bot.desk.requests import Request

QuestionOutcome = Literal["answered", "unsure", "none", "shown", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A request's kind and end; `took` and `waited` in seconds, `text` for whoever may read it."""

    kind: str
    outcome: QuestionOutcome
    took: float = 0.0
    waited: float = 0.0
    text: str


@dataclass(slots=True)
class Watched:
    """A request at work: when that began, and how it ended as far as is known."""

    begun: float = 0.0
    outcome: QuestionOutcome = "failed"

    def end(self, result: Result) -> None:
        """Note what was found."""
        self.outcome = judge_result(result)


class Observer:
    """Watches requests; `queue` is how many are accepted and not answered yet."""

    def __init__(self, tell: Callable[[AskedQuestion], None] | None = None) -> None:
        self.queue = 0
        self._tell = tell or (lambda _: None)

    @asynccontextmanager
    async def watch(self, request: Request, room: asyncio.Semaphore) -> AsyncIterator[Watched]:
        """Give a request room when it is its turn, and tell what became of it."""
        accepted, watched = time.monotonic(), Watched()
        self.queue += 1
        try:
            async with room:
                watched.begun = time.monotonic()
                yield watched
        finally:
            self.queue -= 1
            ended = time.monotonic()
            asked = AskedQuestion(
                kind=request.kind,
                outcome=watched.outcome,
                took=ended - accepted,
                waited=(watched.begun or ended) - accepted,
                text=request.text,
            )
            self._tell(asked)

    def note_refusal(self, request: Request) -> None:
        """Tell that a request was turned away."""
        self._tell(AskedQuestion(kind=request.kind, outcome="refused", text=request.text))


def judge_result(result: Result) -> QuestionOutcome:
    """How a request ended, by what was found; a list is shown, whatever stands in it."""
    if not isinstance(result, Answer):
        return "shown"
    if result.answered:
        return "answered"
    return "unsure" if result.closest else "none"
