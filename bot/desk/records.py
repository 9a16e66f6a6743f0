"""What passes between a front and the desk: who asks, what was served, what buttons bring back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.desk.lookup import Result
    from bot.desk.requests import Request
    from bot.replies import Reply
    from bot.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks and where. `parent_id` is the channel that a thread lies in.

    One who `manages` the server is bound by none of its rules.
    """

    person_id: int
    channel_id: int
    server_id: int | None = None
    parent_id: int | None = None
    role_ids: frozenset[int] = frozenset()
    manages: bool = False
    locale: str = "en"

    @property
    def channel_ids(self) -> tuple[int, ...]:
        """The channel, and the one it lies in."""
        return (self.channel_id, *((self.parent_id,) if self.parent_id else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A reply, what it replies to, and the token that its buttons carry."""

    reply: Reply
    request: Request
    token: str
    wording: Wording
    result: Result = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a message's buttons work on: its request, the story it shows, and whose it is."""

    token: str
    request: Request
    story: str
    subject: str
    answered: bool
    is_asker: bool


@dataclass(frozen=True, slots=True)
class SentReply:
    """A message of the bot that replies to a person's message, and the question it answers."""

    channel_id: int
    message_id: int
    question: str
