"""What each server's managers chose: where the bot answers, for whom, how, and what it keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from bot.store.backups import erase_in_copies
from bot.store.database import StoreError
from bot.store.schema import SERVER_TABLES

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.store.database import Database


DAY_MINUTES = 24 * 60
# Seconds for which what was read over a network is taken to hold. A server's settings are changed
# by the process that serves it, which takes note of it at once.
REMEMBERED = 10.0
SETTINGS_LIFE = timedelta(days=30)  # after the bot was removed from a server


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """The choices of one server; a server that chose nothing has these defaults.

    Empty `allowed_channels` and `allowed_roles` allow all. `answer_channels` are those where every
    post gets an answer when the answer is confident. `language` "" follows each member's own.
    `keep_gaps` keeps questions without an answer, `keep_feedback` thumbs,
    rephrasings and follow-ups. From minute `quiet_from` of a day to `quiet_until` in the time zone
    `zone` nothing is posted unasked; where both are one, at any time.

    `channel_feeds` are channels that are answered from some feeds alone, see `feeds_of`.
    `muted` are people that the bot does not hear, as the store's hashes of them; `person_limit` and
    `role_limits` (role and number) are questions a minute, 0 leaving it to the operator.
    """

    allowed_channels: frozenset[int] = frozenset()
    denied_channels: frozenset[int] = frozenset()
    allowed_roles: frozenset[int] = frozenset()
    answer_channels: frozenset[int] = frozenset()
    private: bool = False
    language: str = ""
    alert_channel: int | None = None
    keep_gaps: bool = True
    keep_feedback: bool = True
    quiet_from: int = 0
    quiet_until: int = 0
    zone: str = "UTC"
    muted: frozenset[str] = frozenset()
    person_limit: int = 0
    role_limits: tuple[tuple[int, int], ...] = ()
    channel_feeds: tuple[tuple[int, frozenset[str]], ...] = ()

    def feeds_of(self, *channel_ids: int) -> frozenset[str] | None:
        """The ids of the feeds that a channel is answered from, "" for what is of no feed.

        Of a channel and the parents it lies in, the first that has a choice; none for all.
        """
        chosen = dict(self.channel_feeds)
        return next((chosen[each] for each in channel_ids if each in chosen), None)

    def with_feeds(self, channel_id: int, feeds: frozenset[str]) -> ServerSettings:
        """The same with a channel that is answered from these feeds alone; none for all."""
        others = tuple(each for each in self.channel_feeds if each[0] != channel_id)
        own = ((channel_id, feeds),) if feeds else ()
        return replace(self, channel_feeds=(*others, *own))

    def limit_of(self, role_ids: Collection[int]) -> int:
        """Questions a minute for someone with these roles, the highest that holds; 0: the usual."""
        of_roles = [most for role_id, most in self.role_limits if role_id in role_ids]
        return max(of_roles, default=self.person_limit)

    def seconds_of_quiet(self, now: datetime) -> float:
        """How long nothing is to be posted unasked from now on; 0 outside of the quiet hours."""
        local = now.astimezone(ZoneInfo(self.zone))
        minute = local.hour * 60 + local.minute
        begun = (minute - self.quiet_from) % DAY_MINUTES
        length = (self.quiet_until - self.quiet_from) % DAY_MINUTES
        return (length - begun) * 60.0 - local.second if begun < length else 0.0

    def allows_channel(self, *channel_ids: int) -> bool:
        """Whether the bot answers in a channel, given with the parents it lies in (of a thread)."""
        here = frozenset(channel_ids)
        return not (here & self.denied_channels) and (
            not self.allowed_channels or bool(here & self.allowed_channels)
        )

    def allows_roles(self, role_ids: Collection[int]) -> bool:
        """Whether someone with these roles may ask."""
        return not self.allowed_roles or not self.allowed_roles.isdisjoint(role_ids)


class Servers:
    """Settings by server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, ServerSettings] = {}
        self._read_at: dict[int, float] = {}

    def read(self, server_id: int | None) -> ServerSettings:
        """The settings of a server; the defaults for one never set, and for a direct message.

        While the file fails, those that were read last.
        """
        if server_id is None:
            return ServerSettings()
        if self._database.shared and self._read_at.get(server_id, 0.0) > monotonic() - REMEMBERED:
            return self._known.get(server_id, ServerSettings())
        self._read_at[server_id] = monotonic()
        sql = "SELECT settings FROM server WHERE server_id = ?"
        rows = self._database.recall(sql, (server_id,))
        if rows:
            self._known[server_id] = _parse_settings(server_id, rows[0]["settings"])
        elif not self._database.health.failure:
            self._known.pop(server_id, None)
        return self._known.get(server_id, ServerSettings())

    def write(self, server_id: int, settings: ServerSettings) -> None:
        """Keep a server's settings, and delete what it no longer wants kept."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO server (server_id, settings) VALUES (?, ?) "
                "ON CONFLICT (server_id) DO UPDATE SET "
                "settings = excluded.settings, left_at = NULL",
                (server_id, _adapter().dump_json(settings).decode()),
            )
            if not settings.keep_gaps:
                connection.execute(
                    "DELETE FROM feedback WHERE server_id = ? AND kind = 'unanswered'", (server_id,)
                )
            if not settings.keep_feedback:
                connection.execute(
                    "DELETE FROM feedback WHERE server_id = ? AND kind != 'unanswered'",
                    (server_id,),
                )
        self._read_at.pop(server_id, None)

    def welcome(self, server_ids: Collection[int]) -> None:
        """Keep the settings of these servers for good: the bot is in them."""
        left = self._database.recall("SELECT server_id FROM server WHERE left_at IS NOT NULL")
        back = {row["server_id"] for row in left} & set(server_ids)
        if back:
            sql = "UPDATE server SET left_at = NULL WHERE server_id = ?"
            self._database.keep(*((sql, (server_id,)) for server_id in sorted(back)))

    def forget(self, server_id: int) -> None:
        """Delete what belongs to a server that the bot was removed from.

        Its settings stay for `SETTINGS_LIFE`, as a bot is often removed by mistake or for a while.
        """
        now, oldest = self._database.now(), self._database.now() - SETTINGS_LIFE.total_seconds()
        deletions: list[tuple[str, tuple[float, ...]]] = [
            *(
                (f"DELETE FROM {table} WHERE server_id = ?", (server_id,))  # noqa: S608  # our own table names
                for table in SERVER_TABLES
                if table != "server"
            ),
            ("UPDATE server SET left_at = ? WHERE server_id = ?", (now, server_id)),
            ("DELETE FROM server WHERE left_at <= ?", (oldest,)),
        ]
        with self._database.writing() as connection:
            for sql, values in deletions:
                connection.execute(sql, values)
        self._read_at.pop(server_id, None)
        self._database.shred()
        erase_in_copies(self._database.path, deletions)


@cache
def _adapter() -> TypeAdapter[ServerSettings]:
    return TypeAdapter(ServerSettings)


def _parse_settings(server_id: int, text: str) -> ServerSettings:
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise StoreError(
            f"the settings of server {server_id} cannot be read; move the store away to start anew"
        ) from error
