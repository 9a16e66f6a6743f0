"""What use says about the coverage: unanswered questions, thumbs, rephrasings, follow-ups."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.store.database import when

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database, StoredRow
    from bot.store.servers import Servers
    from bot.store.turns import Turn

FeedbackKind = Literal["unanswered", "up", "down", "rephrased", "followed up"]
Thumb = Literal["up", "down"]
Outcome = Literal["up", "down", "back", "off"]  # given so, taken back, or not kept on this server

FEEDBACK_LIFE = timedelta(days=365)
REPHRASE_WITHIN = timedelta(minutes=1)
REPHRASE_OVERLAP = 1 / 3  # of the words of both questions together
# Words with which a question goes on from an answer that served, in the languages of the interface.
ASKING_MORE = frozenset({
    "and", "also", "else", "other", "others", "more", "und", "auch", "noch", "sonst", "weitere",
    "y", "también", "más", "otros", "otras", "et", "aussi", "autre", "autres", "encore",
})  # fmt: skip

_WORD = re.compile(r"\w+")
_GAPS = """
    SELECT *, (
        SELECT question FROM feedback AS newest
        WHERE newest.topic = gap.topic AND newest.{server}
            AND newest.kind IN ('unanswered', 'down', 'rephrased')
        ORDER BY at DESC, question LIMIT 1
    ) AS question
    FROM (
        SELECT topic, max(at) AS last, min(at) AS first,
            count(DISTINCT person) AS people, count(*) AS times,
            count(*) FILTER (WHERE kind = 'unanswered') AS unanswered,
            count(*) FILTER (WHERE kind = 'down') AS down,
            count(*) FILTER (WHERE kind = 'rephrased') AS rephrased
        FROM feedback
        WHERE {server} AND kind IN ('unanswered', 'down', 'rephrased') AND at > ?
        GROUP BY topic ORDER BY times DESC, last DESC, topic LIMIT ?
    ) AS gap
    ORDER BY times DESC, last DESC, topic
"""
_COUNT = """
    SELECT count(DISTINCT topic) AS gaps FROM feedback
    WHERE {server} AND kind IN ('unanswered', 'down', 'rephrased') AND at > ?
"""
_DELETE_THUMB = "DELETE FROM feedback WHERE person = ? AND token = ? AND kind IN ('up', 'down')"
_TAKE_BACK = "DELETE FROM feedback WHERE person = ? AND token = ? AND kind = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A question the coverage served badly, in its newest wording, and how often it was seen."""

    question: str
    unanswered: int
    down: int
    rephrased: int
    people: int
    first: datetime
    last: datetime

    @property
    def times(self) -> int:
        """All signs together, the order of the report."""
        return self.unanswered + self.down + self.rephrased


class Feedback:
    """Signs by server; those that a server wants not kept are dropped here, whoever notes them."""

    def __init__(self, database: Database, servers: Servers) -> None:
        self._database = database
        self._servers = servers

    def note(
        self,
        kind: FeedbackKind,
        question: str,
        *,
        person_id: int,
        server_id: int | None,
        token: str = "",
    ) -> None:
        """Keep one sign about a question (server none in a direct message).

        A thumb replaces the same person's earlier thumb on the message of `token`.
        """
        if not self._wants(kind, server_id):
            return
        person, now = self._database.hash_person(person_id), self._database.now()
        row = (person, server_id, kind, group_question(question), question, token, now)
        replaced = [(_DELETE_THUMB, (person, token))] if kind in {"up", "down"} else []
        self._database.keep(
            *self._database.sweep("feedback", self._oldest()),
            *replaced,
            ("INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)", row),
        )

    def turn_thumb(
        self, thumb: Thumb, question: str, *, person_id: int, server_id: int | None, token: str
    ) -> Outcome:
        """Keep a thumb on the message of `token`, or take it back where it is given already."""
        if not self._wants(thumb, server_id):
            return "off"
        person = self._database.hash_person(person_id)
        with self._database.writing() as connection:
            if connection.execute(_TAKE_BACK, (person, token, thumb)).rowcount:
                return "back"
        self.note(thumb, question, person_id=person_id, server_id=server_id, token=token)
        return thumb

    def gaps(self, server_id: int | None, limit: int = 100) -> tuple[Gap, ...]:
        """Questions without an answer, disliked or rephrased; grouped, the most frequent first."""
        sql, server = _narrow(_GAPS, server_id)
        rows = self._database.rows_apart(sql, (*server, *server, self._oldest(), limit))
        return tuple(_read_gap(row) for row in rows)

    def count_gaps(self, server_id: int | None) -> int:
        """How many gaps there are in all."""
        sql, server = _narrow(_COUNT, server_id)
        (row,) = self._database.rows_apart(sql, (*server, self._oldest()))
        found: int = row["gaps"]
        return found

    def _wants(self, kind: FeedbackKind, server_id: int | None) -> bool:
        settings = self._servers.read(server_id)
        return settings.keep_gaps if kind == "unanswered" else settings.keep_feedback

    def _oldest(self) -> float:
        return self._database.now() - FEEDBACK_LIFE.total_seconds()


def _narrow(sql: str, server_id: int | None) -> tuple[str, tuple[int, ...]]:
    """A statement for one server, or for direct messages; with the value that it takes."""
    if server_id is None:
        return sql.format(server="server_id IS NULL"), ()
    return sql.format(server="server_id = ?"), (server_id,)


def group_question(question: str) -> str:
    """What two wordings of a question share: its words without case, marks, order or repeats."""
    words = _WORD.findall(unicodedata.normalize("NFKC", question).casefold())
    return " ".join(sorted(set(words)))


def judge_turn(previous: Turn | None, question: str, now: datetime) -> FeedbackKind | None:
    """How a question stands to the turn before it in the same conversation.

    "rephrased": within a minute, a third of the words of both are shared, and none that is new asks
    for more ("who else"): the answer before did not serve. "followed up": any other question while
    the turn is remembered. None: no turn before, or the very same words again.
    """
    if previous is None or group_question(previous.question) == group_question(question):
        return None
    before, after = (set(group_question(q).split()) for q in (previous.question, question))
    shared = len(before & after) / max(1, len(before | after))
    again = now - previous.at <= REPHRASE_WITHIN and shared >= REPHRASE_OVERLAP
    return "rephrased" if again and not (after - before) & ASKING_MORE else "followed up"


def _read_gap(row: StoredRow) -> Gap:
    return Gap(
        question=row["question"],
        unanswered=row["unanswered"],
        down=row["down"],
        rephrased=row["rephrased"],
        people=row["people"],
        first=when(row["first"]),
        last=when(row["last"]),
    )
