"""Whether a message to the bot asks nothing: a greeting, a call for help, or thanks."""

from __future__ import annotations

import re
from typing import Literal

SmallTalk = Literal["", "greeting", "thanks"]

CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"
# In the languages of the interface, whatever that of the server is.
GREETINGS = """
hello, hello there, hi, hi there, hey, hey there, good morning, good afternoon, good evening,
how are you, how are you doing, who are you, what are you, what can you do, what do you do,
help, help me, test, ping
hallo, moin, servus, guten morgen, guten tag, guten abend, wer bist du, was kannst du, hilfe
hola, buenos días, buenas, buenas tardes, buenas noches, quién eres, qué puedes hacer, ayuda
bonjour, bonsoir, salut, coucou, qui es-tu, qui es tu, que peux-tu faire, que sais-tu faire, aide
你好, 您好, 嗨, 早上好, 晚上好, 你是谁, 你能做什么, 帮助
"""
THANKS = """
thanks, thanks a lot, thanks so much, many thanks, ok thanks, okay thanks, thank you,
thank you very much, thank you so much, thx, ty, cheers, great, nice, perfect, good bot, good job,
well done, ok, okay
danke, danke schön, danke dir, danke sehr, vielen dank, besten dank, super, prima
gracias, muchas gracias, mil gracias, genial, vale
merci, merci beaucoup, merci bien, parfait, d'accord
谢谢, 谢谢你, 多谢, 好的
"""


def classify_talk(text: str) -> SmallTalk:
    """What a message says when it asks nothing, "" for everything else, a question above all.

    A message without a word is a greeting: there is somebody who wants something of the bot.
    """
    said = " ".join(re.findall(r"[\w'-]+", text.casefold().replace(CURLED, "'")))
    if said in _phrases(THANKS):
        return "thanks"
    return "greeting" if not said or said in _phrases(GREETINGS) else ""


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in re.split(r"[,\n]", listed) if phrase.strip())
