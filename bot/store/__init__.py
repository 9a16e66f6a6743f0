"""What the bot remembers, in one SQLite file: settings, feeds, conversations, buttons, feedback.

    store = Store.open(path)                      # None keeps it in memory
    store.servers.read(server_id).private
    turn = store.turns.last(person_id, channel_id)
    token = store.tickets.issue("answer", {"question": "…"}, person_id=…, server_id=…, channel_id=…)
    store.feedback.note("unanswered", question, person_id=…, server_id=…)
    store.see(person_id); store.forget(person_id)

Every method is synchronous, fast, and safe to call from any thread. Where the file fails, what an
answer can do without is not kept and `store.health` says so; any other method raises StoreError.
Nothing kept carries a Discord user id: people are kept as a salted hash.
"""

from __future__ import annotations

from bot.store.database import Health, StoreError
from bot.store.feed_records import FeedRecord, StoredEntry
from bot.store.feedback import FeedbackKind, Gap
from bot.store.servers import ServerSettings
from bot.store.store import Kept, Store
from bot.store.tickets import Ticket
from bot.store.turns import Turn

__all__ = [
    "FeedRecord",
    "FeedbackKind",
    "Gap",
    "Health",
    "Kept",
    "ServerSettings",
    "Store",
    "StoreError",
    "StoredEntry",
    "Ticket",
    "Turn",
]
