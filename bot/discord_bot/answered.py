"""The messages that the bot replied to lately, so that an edit or a deletion finds the reply."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

KEPT = 10_000  # messages; older ones and those before a restart are looked up in the store


@dataclass(frozen=True, slots=True)
class Answered:
    """A message as it was when it was answered, and the reply to it, if it got one."""

    text: str
    reply: discord.PartialMessage | None = None


class AnsweredMessages:
    """Messages by their id, the oldest dropped first."""

    def __init__(self) -> None:
        self._answered: OrderedDict[int, Answered] = OrderedDict()

    def find(self, message_id: int) -> Answered | None:
        """What is known of a message; none for one that was not for the bot, or long ago."""
        return self._answered.get(message_id)

    def pop(self, message_id: int) -> Answered | None:
        """The same, and nothing is known of it from now on."""
        return self._answered.pop(message_id, None)

    def note(self, message: discord.Message, reply: discord.PartialMessage | None = None) -> None:
        """Say what a message said when it was heard, and which reply it got."""
        before = self._answered.pop(message.id, None)
        kept = reply or (before.reply if before else None)
        self._answered[message.id] = Answered(message.content, kept)
        while len(self._answered) > KEPT:
            self._answered.popitem(last=False)
