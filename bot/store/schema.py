"""The tables of the store, as the steps that lead to them; a released step never changes.

Written for SQLite; `postgresql.py` puts its own types in the place of the five that stand here.
"""

from __future__ import annotations

SALT_BYTES = 32

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE secret (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    );
    CREATE TABLE server (
        server_id INTEGER PRIMARY KEY,
        settings TEXT NOT NULL
    );
    CREATE TABLE turn (
        person TEXT NOT NULL,
        channel_id INTEGER NOT NULL,
        server_id INTEGER,
        question TEXT NOT NULL,
        subject TEXT NOT NULL,
        answered INTEGER NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (person, channel_id)
    );
    CREATE INDEX turn_at ON turn (at);
    CREATE TABLE ticket (
        token TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        person TEXT NOT NULL,
        channel_id INTEGER,
        server_id INTEGER,
        message_id INTEGER,
        at REAL NOT NULL
    );
    CREATE INDEX ticket_at ON ticket (at);
    CREATE INDEX ticket_message ON ticket (message_id);
    CREATE INDEX ticket_person ON ticket (person);
    CREATE TABLE feedback (
        person TEXT NOT NULL,
        server_id INTEGER,
        kind TEXT NOT NULL,
        topic TEXT NOT NULL,
        question TEXT NOT NULL,
        token TEXT NOT NULL DEFAULT '',
        at REAL NOT NULL
    );
    CREATE INDEX feedback_person ON feedback (person, token);
    CREATE INDEX feedback_server ON feedback (server_id, kind, topic);
    CREATE INDEX feedback_at ON feedback (at);
    """,
    """
    CREATE TABLE feed (
        feed_id TEXT PRIMARY KEY,
        address TEXT NOT NULL,
        name TEXT NOT NULL,
        shared INTEGER NOT NULL,
        configured INTEGER NOT NULL,
        paused INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        modified TEXT NOT NULL DEFAULT '',
        digest TEXT NOT NULL DEFAULT '',
        next_at REAL NOT NULL DEFAULT 0,
        tried_at REAL,
        succeeded_at REAL,
        failed_at REAL,
        failing_since REAL,
        told_at REAL,
        failures INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        newest_at REAL,
        every REAL NOT NULL DEFAULT 0
    );
    CREATE INDEX feed_next ON feed (next_at);
    CREATE TABLE follow (
        server_id INTEGER NOT NULL,
        feed_id TEXT NOT NULL,
        paused INTEGER NOT NULL DEFAULT 0,
        at REAL NOT NULL,
        PRIMARY KEY (server_id, feed_id)
    );
    CREATE INDEX follow_feed ON follow (feed_id);
    CREATE TABLE entry (
        feed_id TEXT NOT NULL,
        entry_key TEXT NOT NULL,
        guid TEXT NOT NULL,
        address TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        title TEXT NOT NULL,
        published REAL,
        at REAL NOT NULL,
        seen_at REAL NOT NULL,
        PRIMARY KEY (feed_id, entry_key)
    );
    CREATE INDEX entry_seen ON entry (feed_id, seen_at);
    CREATE TABLE arrival (
        feed_id TEXT NOT NULL,
        entry_key TEXT NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (feed_id, entry_key)
    );
    """,
    """
    CREATE TABLE watch (
        watch_id INTEGER PRIMARY KEY AUTOINCREMENT,
        server_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        query TEXT NOT NULL,
        outlet TEXT NOT NULL,
        paused INTEGER NOT NULL DEFAULT 0,
        at REAL NOT NULL
    );
    CREATE INDEX watch_server ON watch (server_id);
    CREATE TABLE digest (
        server_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        weekday INTEGER,
        minute INTEGER NOT NULL,
        zone TEXT NOT NULL,
        since REAL NOT NULL,
        next_at REAL NOT NULL,
        PRIMARY KEY (server_id, channel_id)
    );
    CREATE TABLE outbox (
        token TEXT PRIMARY KEY,
        server_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        watch_id INTEGER NOT NULL,
        content TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        next_at REAL NOT NULL,
        tried_at REAL,
        message_id INTEGER,
        at REAL NOT NULL
    );
    CREATE INDEX outbox_next ON outbox (state, next_at);
    CREATE INDEX outbox_watch ON outbox (watch_id, at);
    CREATE INDEX outbox_server ON outbox (server_id, state, tried_at);
    """,
    """
    ALTER TABLE server ADD COLUMN left_at REAL;
    CREATE TABLE usage (
        server_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        outcome TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (server_id, day, outcome)
    );
    """,
    """
    ALTER TABLE watch ADD COLUMN role_id INTEGER;
    ALTER TABLE digest ADD COLUMN feeds TEXT NOT NULL DEFAULT '';
    CREATE TABLE followed_question (
        question_id INTEGER PRIMARY KEY AUTOINCREMENT,
        server_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        question TEXT NOT NULL,
        told TEXT NOT NULL,
        next_at REAL NOT NULL,
        at REAL NOT NULL
    );
    CREATE INDEX followed_question_server ON followed_question (server_id);
    CREATE INDEX followed_question_next ON followed_question (next_at);
    CREATE TABLE page (
        feed_id TEXT NOT NULL,
        entry_key TEXT NOT NULL,
        address TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        next_at REAL NOT NULL,
        PRIMARY KEY (feed_id, entry_key)
    );
    CREATE INDEX page_next ON page (next_at);
    """,
    """
    CREATE TABLE lease (
        name TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        until REAL NOT NULL
    );
    CREATE TABLE allowance (
        bucket TEXT PRIMARY KEY,
        at REAL NOT NULL
    );
    """,
    """
    ALTER TABLE ticket ADD COLUMN question_id INTEGER;
    CREATE INDEX ticket_question ON ticket (question_id);
    """,
)
VERSION = len(STEPS)

# Every table whose rows tell of a person: what `see` lists and `forget` empties.
PERSONAL_TABLES = ("turn", "ticket", "feedback")
# Every table whose rows belong to a server: what leaves with the bot.
SERVER_TABLES = (
    "server", "turn", "ticket", "feedback", "follow", "watch", "digest", "outbox", "usage",
    "followed_question",
)  # fmt: skip
