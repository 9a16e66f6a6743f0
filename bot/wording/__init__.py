"""The bot's words: one catalogue per language, all with the keys of the English one.

wording = Wording("de")                       # Discord's locale; English where we lack it
wording.say("reply.copies", n=2)              # `n` chooses between one and other
wording.day(date(2023, 9, 10))                # 10. Sept. 2023
wording.join(["Wired", "The Verge"])          # Wired und The Verge
"""

from __future__ import annotations

from bot.wording.catalogue import LANGUAGES, LANGUAGES_NAMED, read_catalogue
from bot.wording.wording import Wording

__all__ = ["LANGUAGES", "LANGUAGES_NAMED", "Wording", "read_catalogue"]
