"""The bot as Discord knows it: no privileged intent, commands, messages and lasting buttons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import discord
from discord.app_commands import AppCommandContext, AppInstallationType

from bot.discord_bot.answered import AnsweredMessages
from bot.discord_bot.button_handlers import handle_button, handle_choice
from bot.discord_bot.buttons import DYNAMIC_ITEMS
from bot.discord_bot.commands import add_commands
from bot.discord_bot.delivery import WhyButton
from bot.discord_bot.edits import handle_delete, handle_edit
from bot.discord_bot.errors import ExplainingTree, explain
from bot.discord_bot.hearing import Heard, catch_up
from bot.discord_bot.interactions import DeskClient
from bot.discord_bot.messages import handle_message
from bot.discord_bot.sync import sync_commands
from bot.discord_bot.translator import CatalogueTranslator

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.discord_bot.interactions import DeskInteraction
    from bot.feeds.following import Following
    from bot.feeds.subscriptions import Subscriptions
    from bot.feeds.watchlist import Watchlist

THREADS = 16  # the desk lets few questions work at once; the rest stay free for quick look-ups


class ClippingsClient(DeskClient):
    """Commands, mentions, replies and direct messages, all served by one desk.

    `answer_posts` asks Discord for the content of all messages, a privileged intent. `sync_always`
    sends the commands at the start even if Discord knows them.
    """

    def __init__(  # noqa: PLR0913  # all by name but the desk
        self,
        desk: Desk,
        *,
        answer_posts: bool = False,
        sync_always: bool = False,
        subscriptions: Subscriptions | None = None,
        watchlist: Watchlist | None = None,
        following: Following | None = None,
        **options: Any,  # noqa: ANN401  # discord.py's own
    ) -> None:
        super().__init__(
            intents=choose_intents(answer_posts=answer_posts),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self.desk = desk
        self.answer_posts = answer_posts
        self.command_ids = {}
        self.answered = AnsweredMessages()
        self.subscriptions = subscriptions
        self.watchlist = watchlist
        self.following = following
        self.sync_always = sync_always
        self.heard = Heard()
        self.tree = ExplainingTree(
            self,
            allowed_installs=AppInstallationType(guild=True, user=True),
            allowed_contexts=AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        add_commands(self)

    async def setup_hook(self) -> None:
        """Make ready before the gateway opens: translations, lasting buttons, commands."""
        self.loop.set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="desk"))
        self.add_dynamic_items(*DYNAMIC_ITEMS, WhyButton)
        await self.tree.set_translator(CatalogueTranslator())
        await sync_commands(self, always=self.sync_always)

    async def on_message(self, message: discord.Message) -> None:
        """Hear every message; most are not for the bot."""
        if not self.leaving and self.heard.is_new(message.id):
            await handle_message(self, message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a question anew that was edited."""
        if not self.leaving:
            await handle_edit(self, payload.message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take back the reply to a question that was deleted."""
        await handle_delete(self, payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take back the replies to questions that were deleted."""
        for message_id in payload.message_ids:
            await handle_delete(self, message_id)

    async def on_ready(self) -> None:
        """Hear what was said before this session began."""
        await self.desk.welcome([guild.id for guild in self.guilds])
        await catch_up(self, discord.utils.utcnow())

    async def press(self, interaction: DeskInteraction, verb: str, token: str, page: int) -> None:
        """Do what a button or a choice under a reply says."""
        await handle_button(interaction, verb, token, page)

    async def choose(self, interaction: DeskInteraction, article_id: str, token: str) -> None:
        """Show the story that was chosen among several."""
        await handle_choice(interaction, article_id, token)

    async def explain(self, interaction: DeskInteraction, error: Exception) -> None:
        """Tell the person what to do, and the log what they can do nothing about."""
        await explain(interaction, error)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Take up the settings of a server that the bot is in again."""
        await self.desk.welcome([guild.id])

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that the bot was removed from, but for a while not its settings."""
        await self.desk.forget_server(guild.id)


def choose_intents(*, answer_posts: bool) -> discord.Intents:
    """Choose the least that Discord must tell: servers and messages, content only if asked to."""
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.dm_messages = True
    intents.message_content = answer_posts
    return intents
