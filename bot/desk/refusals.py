"""Why a request is turned away; each reason has a line in the catalogues that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Reason = Literal[
    "person_limit",
    "server_limit",
    "channel",  # the server's managers want the bot elsewhere
    "role",
    "muted",  # the server's managers do not want this person's questions
    "empty",
    "day",  # a day that cannot be read
    "outlet",  # none of the coverage is called so
    "expired",  # the buttons of a message so old that it was forgotten
    "not_yours",
    "thread",  # there is no thread to be had here
    "permission",
    "manage",  # for those who manage the server
    "leaving",  # the bot is being restarted
    "wordless",  # a message without words to search for
]


class Refusal(Exception):  # noqa: N818  # an outcome that a person is told, not an error of ours
    """A request that is not looked up.

    `retry_at`: when it may be tried again, none where waiting does not help. `about`: the words
    that could not be read, or the permissions that are missing.
    """

    def __init__(
        self, reason: Reason, *, retry_at: datetime | None = None, about: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_at = retry_at
        self.about = about
