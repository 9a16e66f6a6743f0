"""What the desk remembers of conversations: turns, the state behind buttons, and feedback."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.desk.records import Opened, SentReply
from bot.desk.refusals import Refusal
from bot.desk.requests import Request
from bot.store.feedback import judge_turn
from retrieval import render_context

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.desk.lookup import LookUp
    from bot.desk.records import Asker
    from bot.store import FeedbackKind, Store, Ticket
    from bot.store.feedback import Outcome, Thumb
    from bot.store.usage import QuestionEnd
    from retrieval.model import Answer


class Memory:
    """Reads and writes the store on behalf of the desk; every method may wait for the disk."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def take_up(self, asker: Asker, request: Request) -> Request:
        """Give a question the subject of the turn before, unless it replies to another one."""
        before = self._store.turns.last(asker.person_id, asker.channel_id)
        kind = judge_turn(before, request.text, self._clock())
        if before and kind:
            served_badly = kind == "rephrased"  # then it is the wording before that failed
            question = before.question if served_badly else request.text
            self._note(asker, kind, question)
        return replace(request, subject=request.subject or (before.subject if before else ""))

    def note_answer(self, asker: Asker, request: Request, answer: Answer) -> None:
        """Remember a turn, and that it found no answer where it did not."""
        if not answer.answered:
            self._note(asker, "unanswered", request.text)
        end: QuestionEnd = "answered" if answer.answered else "unsure" if answer.closest else "none"
        self._store.usage.count(asker.server_id, self._clock().date(), end)
        self.note_turn(asker, request, render_context(answer.context), answered=answer.answered)

    def note_turn(self, asker: Asker, request: Request, subject: str, *, answered: bool) -> None:
        """Remember what was asked in a channel and what it was about."""
        self._store.turns.remember(
            person_id=asker.person_id,
            channel_id=asker.channel_id,
            server_id=asker.server_id,
            question=request.text,
            subject=subject,
            answered=answered,
        )

    def issue_ticket(
        self, asker: Asker, request: Request, looked_up: LookUp | None = None, token: str = ""
    ) -> str:
        """Keep what the buttons of a message need; the token they carry.

        With `token` the message is changed in place and keeps it.
        """
        state: dict[str, str | int | float | bool | None] = dict(request.to_state())
        if looked_up:
            reply = looked_up.reply
            state |= {"story": reply.story, "about": reply.subject, "answered": reply.answered}
        if token:
            self._store.tickets.update(token, state)
            return token
        return self._store.tickets.issue(
            request.kind,
            state,
            person_id=asker.person_id,
            server_id=asker.server_id,
            channel_id=asker.channel_id,
        )

    def open_ticket(self, asker: Asker, token: str) -> Opened:
        """What a message's buttons work on; raises Refusal when that was forgotten."""
        ticket = self._store.tickets.read(token)
        if ticket is None:
            raise Refusal("expired")
        try:
            return self._open(ticket, asker)
        except (KeyError, ValueError):  # written by another version
            raise Refusal("expired") from None

    def subject_of(self, message_id: int) -> str:
        """The subject of one of the bot's messages, "" for any other message."""
        ticket = self._store.tickets.of_message(message_id)
        return str(ticket.state.get("about", "")) if ticket else ""

    def reply_to(self, question_id: int) -> SentReply | None:
        """The reply that a person's message got, none where none is known."""
        ticket = self._store.tickets.of_question(question_id)
        if ticket is None or ticket.message_id is None or ticket.channel_id is None:
            return None
        text = str(ticket.state.get("text", ""))
        return SentReply(ticket.channel_id, ticket.message_id, text)

    def drop_message(self, message_id: int) -> None:
        """Drop what is kept for a message that is gone, also of what it said before an edit."""
        self._store.tickets.delete_of_message(message_id)

    def turn_thumb(self, asker: Asker, opened: Opened, thumb: Thumb) -> Outcome:
        """Keep what a person thinks of an answer, or take it back; says which."""
        return self._store.feedback.turn_thumb(
            thumb,
            opened.request.text,
            person_id=asker.person_id,
            server_id=asker.server_id,
            token=opened.token,
        )

    def _note(self, asker: Asker, kind: FeedbackKind, question: str) -> None:
        self._store.feedback.note(
            kind, question, person_id=asker.person_id, server_id=asker.server_id
        )

    def _open(self, ticket: Ticket, asker: Asker) -> Opened:
        return Opened(
            token=ticket.token,
            request=Request.from_state(ticket.state),
            story=str(ticket.state.get("story", "")),
            subject=str(ticket.state.get("about", "")),
            answered=bool(ticket.state.get("answered")),
            is_asker=self._store.tickets.is_asker(ticket, asker.person_id),
        )
