"""Lead discord.py to a server on this machine.

Python runs this file first when its folder is on PYTHONPATH. The bot itself has no setting for
this, and a test must not change the bot.
"""

from __future__ import annotations

import os

import discord.gateway
import discord.http
import yarl

discord.http.Route.BASE = os.environ["WIRE_API"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["WIRE_GATEWAY"])
