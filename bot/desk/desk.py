"""What a person may ask here and now: manners, memory, and the one way off the event loop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.desk.lookup import look_up
from bot.desk.refusals import Refusal
from bot.desk.requests import Request, clean_text
from bot.store.feedback import judge_turn
from bot.wording import Wording
from retrieval.model import Answer
from retrieval.question.outlets import match_outlet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.desk.lookup import Found, Looked
    from bot.desk.rate_limits import Rates
    from bot.desk.refusals import Reason
    from bot.replies import Reply
    from bot.store import FeedbackKind, ServerSettings, Store, Ticket
    from bot.store.feedback import Outcome, Thumb
    from retrieval.coverage import Coverage
    from retrieval.model import Article

NEEDING_TEXT = frozenset({"ask", "search", "story", "timeline", "compare", "article"})
CONFIDENT = 0.75  # what an answer nobody asked for needs

Args = ParamSpec("Args")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks and where. `parent_id` is the channel that a thread lies in."""

    person_id: int
    channel_id: int
    server_id: int | None = None
    parent_id: int | None = None
    role_ids: frozenset[int] = frozenset()
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A reply, what it replies to, and the token that its buttons carry."""

    reply: Reply
    request: Request
    token: str
    wording: Wording
    found: Found = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a message's buttons work on: its request, the story it shows, and whose it is."""

    token: str
    request: Request
    story: str
    subject: str
    answered: bool
    is_asker: bool


def read_clock() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class Desk:
    """Serves requests: at most `at_work` at once, the rest in the order they came.

    `confident` is the least confidence of an answer that nobody asked for.
    """

    def __init__(
        self,
        coverage: Coverage,
        store: Store,
        rates: Rates,
        *,
        at_work: int = 2,
        clock: Callable[[], datetime] = read_clock,
    ) -> None:
        self.coverage = coverage
        self.store = store
        self.confident = CONFIDENT
        self._rates = rates
        self._clock = clock
        self._at_work = asyncio.Semaphore(at_work)

    async def away(
        self, work: Callable[Args, Result], /, *args: Args.args, **named: Args.kwargs
    ) -> Result:
        """Run work off the event loop; nothing else in the bot leaves it."""
        return await asyncio.to_thread(work, *args, **named)

    def today(self) -> date:
        """Return the day that questions are asked as of."""
        return self._clock().date()

    def settings(self, server_id: int | None) -> ServerSettings:
        """Return a server's settings: one look-up by key, quick enough for the event loop."""
        return self.store.servers.read(server_id)

    def speak(self, asker: Asker) -> Wording:
        """Return the language of a server, or else of the person."""
        return Wording(self.settings(asker.server_id).language or asker.locale)

    def admit(self, asker: Asker, request: Request, *, cost: float = 1.0) -> None:
        """Raise Refusal if this person may not ask this here and now; quick, so it comes first."""
        refusal = self._refuse(asker, cost) or self._refuse_words(request.clean())
        if refusal:
            raise refusal

    async def serve(
        self, asker: Asker, request: Request, *, pressed: bool = False, token: str = ""
    ) -> Served:
        """Look up a request that was admitted.

        `pressed` says that a button asked, so that it is no turn of the conversation. With `token`
        the buttons' message is changed in place and keeps it.
        """
        async with self._at_work:
            asked = self._name_outlet(request.clean())
            return await self.away(self._work, asker, asked, pressed=pressed, token=token)

    async def serve_post(self, asker: Asker, *parts: str) -> Served | None:
        """Answer the first part of a post that has a confident answer; keeps nothing else.

        Nobody put the post to the bot, so anything but such an answer is silence.
        """
        asked = [text for text in map(clean_text, parts) if text]
        if not asked or self._refuse(asker, 1.0):
            return None
        async with self._at_work:
            return await self.away(self._work_unasked, asker, asked)

    async def reopen(self, asker: Asker, token: str) -> Opened:
        """Read what a message's buttons work on; raises Refusal when that was forgotten."""
        ticket = await self.away(self.store.tickets.read, token)
        if ticket is None:
            raise Refusal("expired")
        try:
            return self._open(ticket, asker)
        except (KeyError, ValueError):  # written by another version
            raise Refusal("expired") from None

    async def continue_from(self, message_id: int) -> str:
        """Return the subject of one of the bot's messages, "" for any other message."""
        ticket = await self.away(self.store.tickets.of_message, message_id)
        return str(ticket.state.get("about", "")) if ticket else ""

    async def attach(self, served: Served, message_id: int) -> None:
        """Say which message shows a reply, so that whoever replies to it goes on from there."""
        await self.away(self.store.tickets.attach, served.token, message_id)

    async def forget(self, opened: Opened) -> None:
        """Drop what the buttons of a deleted message worked on."""
        await self.away(self.store.tickets.delete, opened.token)

    async def forget_server(self, server_id: int) -> None:
        """Drop all that is kept for a server which the bot left."""
        await self.away(self.store.servers.forget, server_id)

    async def carry_over(self, asker: Asker, opened: Opened, thread_id: int) -> None:
        """Let the conversation go on in a thread."""
        moved = replace(asker, channel_id=thread_id)
        asked, about = opened.request, opened.subject
        await self.away(self._remember, moved, asked, about, answered=opened.answered)

    async def turn_thumb(self, asker: Asker, opened: Opened, thumb: Thumb) -> Outcome:
        """Keep what a person thinks of an answer, or take it back; says which."""
        return await self.away(
            self.store.feedback.turn_thumb,
            thumb,
            opened.request.text,
            person_id=asker.person_id,
            server_id=asker.server_id,
            token=opened.token,
        )

    async def suggest_outlets(self, typed: str) -> tuple[str, ...]:
        """Return outlets for what was typed so far; does not wait for questions."""
        return await self.away(self.coverage.suggest_outlets, clean_text(typed))

    async def suggest_topics(self, typed: str) -> tuple[str, ...]:
        """Return topics for what was typed so far; does not wait for questions."""
        return await self.away(self.coverage.suggest_topics, clean_text(typed))

    async def suggest_titles(self, typed: str) -> tuple[Article, ...]:
        """Return articles for what was typed so far; does not wait for questions."""
        return await self.away(self.coverage.suggest_titles, clean_text(typed))

    def _refuse(self, asker: Asker, cost: float) -> Refusal | None:
        rules = self.settings(asker.server_id)
        here = (asker.channel_id, *([asker.parent_id] if asker.parent_id else []))
        if not rules.allows_channel(*here):
            return Refusal("channel")
        if asker.server_id and not rules.allows_roles(asker.role_ids):
            return Refusal("role")
        now = self._clock()
        wait = self._rates.take(asker.person_id, asker.server_id, now.timestamp(), cost=cost)
        if wait is None:
            return None
        reason: Reason = "person_limit" if wait.whose == "person" else "server_limit"
        return Refusal(reason, retry_at=now + timedelta(seconds=wait.seconds))

    def _refuse_words(self, request: Request) -> Refusal | None:
        if request.kind in NEEDING_TEXT and not request.text:
            return Refusal("empty")
        if request.outlet and not self._name_outlet(request).outlet:
            return Refusal("outlet", about=request.outlet)
        return None

    def _name_outlet(self, request: Request) -> Request:
        """The request with its outlet as the coverage calls it, "" where it has none such."""
        if not request.outlet:
            return request
        found = match_outlet(request.outlet, self.coverage.snapshot.outlets)
        return replace(request, outlet=found or "")

    def _work(self, asker: Asker, request: Request, *, pressed: bool, token: str) -> Served:
        asks = request.kind == "ask" and not pressed
        if asks:
            request = self._take_up(asker, request)
        looked = look_up(self.coverage, request, self.speak(asker).language)
        if asks and isinstance(looked.found, Answer):
            self._note_turn(asker, request, looked.found)
        return self._hand_over(asker, request, looked, token)

    def _work_unasked(self, asker: Asker, asked: list[str]) -> Served | None:
        for text in asked:
            request = Request(kind="ask", text=text, as_of=self.today())
            looked = look_up(self.coverage, request, self.speak(asker).language)
            if self._is_confident(looked.found):
                return self._hand_over(asker, request, looked, "")
        return None

    def _is_confident(self, found: Found) -> bool:
        return isinstance(found, Answer) and found.answered and found.confidence >= self.confident

    def _take_up(self, asker: Asker, request: Request) -> Request:
        """Give a question the subject of the turn before, unless it replies to another one."""
        before = self.store.turns.last(asker.person_id, asker.channel_id)
        kind = judge_turn(before, request.text, self._clock())
        if before and kind:
            served_badly = kind == "rephrased"  # then it is the wording before that failed
            question = before.question if served_badly else request.text
            self._note(asker, kind, question)
        return replace(request, subject=request.subject or (before.subject if before else ""))

    def _note_turn(self, asker: Asker, request: Request, answer: Answer) -> None:
        if not answer.answered:
            self._note(asker, "unanswered", request.text)
        self._remember(asker, request, answer.subject, answered=answer.answered)

    def _note(self, asker: Asker, kind: FeedbackKind, question: str) -> None:
        self.store.feedback.note(
            kind, question, person_id=asker.person_id, server_id=asker.server_id
        )

    def _remember(self, asker: Asker, request: Request, subject: str, *, answered: bool) -> None:
        self.store.turns.remember(
            person_id=asker.person_id,
            channel_id=asker.channel_id,
            server_id=asker.server_id,
            question=request.text,
            subject=subject,
            answered=answered,
        )

    def _hand_over(self, asker: Asker, request: Request, looked: Looked, token: str) -> Served:
        """Keep what the buttons will need, and name it by a token."""
        reply = looked.reply
        state: dict[str, str | int | float | bool | None] = {
            **request.to_state(),
            "story": reply.story,
            "about": reply.subject,
            "answered": reply.answered,
        }
        if token:
            self.store.tickets.update(token, state)
        else:
            token = self.store.tickets.issue(
                request.kind,
                state,
                person_id=asker.person_id,
                server_id=asker.server_id,
                channel_id=asker.channel_id,
            )
        return Served(
            reply=reply, request=request, token=token, wording=self.speak(asker), found=looked.found
        )

    def _open(self, ticket: Ticket, asker: Asker) -> Opened:
        return Opened(
            token=ticket.token,
            request=Request.from_state(ticket.state),
            story=str(ticket.state.get("story", "")),
            subject=str(ticket.state.get("about", "")),
            answered=bool(ticket.state.get("answered")),
            is_asker=self.store.tickets.is_asker(ticket, asker.person_id),
        )
