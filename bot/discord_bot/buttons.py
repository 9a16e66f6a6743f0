"""The buttons and menus under a reply or /help; by their token they work after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord.ui import ActionRow, Button, Item, LayoutView, Select

from bot.desk.requests import SORTS
from bot.discord_bot.interactions import SafeDynamicItem

if TYPE_CHECKING:
    import re

    from bot.desk.records import Served
    from bot.discord_bot.interactions import DeskInteraction
    from bot.replies import Action, Reply
    from bot.wording import Wording

Row = ActionRow[LayoutView]

# Each button that opens something else, in the order shown, with the action that offers it.
OPENERS: dict[Action, str] = {
    "more_sources": "sources",
    "search": "search",
    "more_from_story": "story",
    "timeline": "timeline",
    "compare": "compare",
}
BUTTONS_A_ROW = 5


class ActionButton(
    SafeDynamicItem[Button[LayoutView]],
    template=r"clip:(?P<verb>[a-z]+):(?P<token>[\w-]{1,40})(?::(?P<page>\d{1,4}))?",
):
    """A button: what it does, with which request, and which page it turns to."""

    def __init__(self, button: Button[LayoutView], verb: str, token: str, page: int = 1) -> None:
        button.custom_id = f"clip:{verb}:{token}:{page}"
        super().__init__(button)
        self.verb, self.token, self.page = verb, token, page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button that was pressed."""
        del interaction
        return cls(
            cast("Button[LayoutView]", item), match["verb"], match["token"], int(match["page"] or 1)
        )

    async def act(self, interaction: DeskInteraction) -> None:
        """Do what the button says."""
        await interaction.client.press(interaction, self.verb, self.token, self.page)


class OrderMenu(SafeDynamicItem[Select[LayoutView]], template=r"clip-sort:(?P<token>[\w-]{1,40})"):
    """The menu of orders: by relevance, newest or oldest first."""

    def __init__(self, menu: Select[LayoutView], token: str) -> None:
        menu.custom_id = f"clip-sort:{token}"
        super().__init__(menu)
        self.token = token

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the menu that was used."""
        del interaction
        return cls(cast("Select[LayoutView]", item), match["token"])

    async def act(self, interaction: DeskInteraction) -> None:
        """Show the reply in the order chosen."""
        await interaction.client.press(interaction, self.item.values[0], self.token, 1)


DYNAMIC_ITEMS = (ActionButton, OrderMenu)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply stands: for one person's eyes only, and whether a thread can begin on it."""

    private: bool
    threads: bool

    @classmethod
    def of(cls, channel: object, *, private: bool) -> Self:
        """A private reply is no message that a thread could begin on."""
        return cls(private, threads=isinstance(channel, discord.TextChannel) and not private)


def build_rows(page: Reply, served: Served, place: Place) -> list[Row]:
    """Build the rows under one page of a reply: pages, what to open, the order, what to do."""
    openers = [*_page_buttons(page, served.token), *_openers(page, served)]
    menu, doers = _order(page, served), _doers(page, served, place)
    if not menu and len(openers) + len(doers) <= BUTTONS_A_ROW:
        openers, doers = [*openers, *doers], []
    buttons = [openers[:BUTTONS_A_ROW], openers[BUTTONS_A_ROW:]]
    return [ActionRow(*row) for row in (*buttons, menu, doers) if row]


def _page_buttons(page: Reply, token: str) -> list[Any]:
    if page.pages == 1:
        return []
    place = Button[LayoutView](label=f"{page.page} / {page.pages}", disabled=True)
    before = Button[LayoutView](emoji="◀️", disabled=page.page == 1)
    after = Button[LayoutView](emoji="▶️", disabled=page.page == page.pages)
    return [
        ActionButton(before, "page", token, max(1, page.page - 1)),
        ActionButton(place, "place", token, page.page),
        ActionButton(after, "next", token, page.page + 1),
    ]


def _openers(page: Reply, served: Served) -> list[Any]:
    return [
        ActionButton(Button(label=served.wording.say(f"button.{verb}")), verb, served.token)
        for action, verb in OPENERS.items()
        if action in page.actions
    ]


def _order(page: Reply, served: Served) -> list[Any]:
    if "sort" not in page.actions:
        return []
    # An answer stays as it is: what the menu orders is a list that opens beside it.
    beside = served.request.kind == "ask"
    chosen = "" if beside else served.request.sort
    options = [
        discord.SelectOption(
            label=served.wording.say(f"choice.{sort}"), value=sort, default=sort == chosen
        )
        for sort in SORTS
    ]
    hint = served.wording.say("button.order") if beside else None
    return [OrderMenu(Select(placeholder=hint, options=options), served.token)]


def _doers(page: Reply, served: Served, place: Place) -> list[Any]:
    wording = served.wording
    offered = {
        "show": ("show" in page.actions and place.private, _labelled("show", wording)),
        "thread": ("thread" in page.actions and place.threads, _labelled("thread", wording)),
        "up": ("feedback" in page.actions, Button[LayoutView](emoji="👍")),
        "down": ("feedback" in page.actions, Button[LayoutView](emoji="👎")),
        "delete": ("delete" in page.actions and not place.private, _labelled("delete", wording)),
    }
    return [
        ActionButton(button, verb, served.token)
        for verb, (wanted, button) in offered.items()
        if wanted
    ]


def _labelled(verb: str, wording: Wording) -> Button[LayoutView]:
    return Button(label=wording.say(f"button.{verb}"))
