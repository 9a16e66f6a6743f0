"""What every handler is given: the client with its desk, an interaction, a component that explains.

The client that wires it all stands on top (`client.py`); handlers take this one as their type, so
that none of them needs to know who calls it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import discord
from discord.ui import DynamicItem, Item

from bot.desk.refusals import Refusal
from bot.shards import Shards

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

    from bot.desk.desk import Desk
    from bot.discord_bot.answered import AnsweredMessages
    from bot.feeds.following import Following
    from bot.feeds.subscriptions import Subscriptions
    from bot.feeds.watchlist import Watchlist

NEVER = r"(?!)"  # a template that matches no custom id


class DeskClient(discord.Client, ABC):
    """A client that answers from one desk.

    `answer_posts` says whether Discord was asked for the content of all messages. One that is
    `leaving` takes on nothing new. `command_ids` are those by which Discord knows the slash
    commands, `answered` the messages replied to lately. `subscriptions` are the web feeds of
    servers, `watchlist` and `following` their queries and questions, none where the operator
    fetches none.
    `shards_held` are the connections of this process.
    """

    desk: Desk
    answer_posts: bool
    shards_held: Shards = Shards()
    leaving: bool = False
    subscriptions: Subscriptions | None = None
    watchlist: Watchlist | None = None
    following: Following | None = None
    tree: CommandTree[DeskClient]
    command_ids: dict[str, int]
    answered: AnsweredMessages

    @abstractmethod
    async def press(self, interaction: DeskInteraction, verb: str, token: str, page: int) -> None:
        """Do what a button or a choice under a reply says; raises what goes wrong."""

    @abstractmethod
    async def choose(self, interaction: DeskInteraction, article_id: str, token: str) -> None:
        """Show the story that was chosen among several; raises what goes wrong."""

    @abstractmethod
    async def explain(self, interaction: DeskInteraction, error: Exception) -> None:
        """Tell a person what to do after a failure, and the log why it failed."""


DeskInteraction: TypeAlias = discord.Interaction[DeskClient]

Component = TypeVar("Component", bound=Item[Any])


class SafeDynamicItem(DynamicItem[Component], ABC, template=NEVER):
    """A lasting button or menu whose failures end in a line for the one who used it.

    discord.py would only log them. Subclasses say what they do in `act`.
    """

    @abstractmethod
    async def act(self, interaction: DeskInteraction) -> None:
        """Do what the component is for; whatever is raised is explained."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Act, and explain what goes wrong."""
        try:
            if interaction.client.leaving:
                raise Refusal("leaving")  # noqa: TRY301  # explained like any other
            await self.act(interaction)
        except Exception as error:  # noqa: BLE001  # the outermost edge: discord.py would only log it
            await interaction.client.explain(interaction, error)
