"""The buttons and menus under a reply or /help; by their token they work after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord.ui import ActionRow, Button, Item, LayoutView, Select

from bot.desk.requests import SORTS
from bot.discord_bot.escaping import strip_unseen
from bot.discord_bot.interactions import SafeDynamicItem
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    import re

    from bot.desk.records import Served
    from bot.discord_bot.interactions import DeskInteraction
    from bot.replies import Action, Reply
    from bot.wording import Wording

Row = ActionRow[LayoutView]

# What each action puts under a reply, in the order shown.
VERBS: dict[Action, tuple[str, ...]] = {
    "show": ("show",),
    "feedback": ("up", "down"),
    "more_sources": ("sources",),
    "search": ("search",),
    "more_from_story": ("story",),
    "timeline": ("timeline",),
    "compare": ("compare",),
    "sort": SORTS,
    "thread": ("thread",),
    "delete": ("delete",),
}
SHOWN_FIRST = frozenset({"show", "up", "down"})
THUMBS = {"up": "👍", "down": "👎"}
SORTED = frozenset({"search", "sources"})  # kinds of request that say in which order they list
MOST_BUTTONS = 3
OPTION_LIMIT = 100  # characters of a menu's lines (Discord's documentation: select options)


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


class MoreMenu(
    SafeDynamicItem[Select[LayoutView]], template=r"clip-(?:more|sort):(?P<token>[\w-]{1,40})"
):
    """The menu under a reply: what it can open, in which order, and what else can be done."""

    def __init__(self, menu: Select[LayoutView], token: str) -> None:
        menu.custom_id = f"clip-more:{token}"
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
        """Do what was chosen."""
        await interaction.client.press(interaction, self.item.values[0], self.token, 1)


class ChoiceMenu(
    SafeDynamicItem[Select[LayoutView]], template=r"clip-choose:(?P<token>[\w-]{1,40})"
):
    """The menu that asks which story is meant."""

    def __init__(self, menu: Select[LayoutView], token: str) -> None:
        menu.custom_id = f"clip-choose:{token}"
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
        """Show the story of the article that was chosen."""
        await interaction.client.choose(interaction, self.item.values[0], self.token)


DYNAMIC_ITEMS = (ActionButton, MoreMenu, ChoiceMenu)


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
    """Build what stands under one page of a reply: at most three buttons, and a menu for the rest.

    The pages are turned by buttons where there are several; else an answer is judged by them. What
    the reader is asked to choose among has a menu of its own.
    """
    pages = _page_buttons(page, served.token)
    verbs = _list_verbs(page, place)
    first = [verb for verb in verbs if verb in SHOWN_FIRST] if not pages else []
    rest = [verb for verb in verbs if verb not in first]
    if not pages and len(verbs) <= MOST_BUTTONS:
        first, rest = verbs, []
    buttons = [*pages, *(_button(verb, served) for verb in first)]
    rows = (_choice_menu(page, served), _menu(rest, served), buttons)
    return [ActionRow(*row) for row in rows if row]


def _list_verbs(page: Reply, place: Place) -> list[str]:
    """What can be done with a reply where it stands, in the order shown."""
    offered = [verb for action, verbs in VERBS.items() if action in page.actions for verb in verbs]
    here = {"show": place.private, "thread": place.threads, "delete": not place.private}
    return [verb for verb in offered if here.get(verb, True)]


def _page_buttons(page: Reply, token: str) -> list[Any]:
    """What turns the pages; beyond either end of a list that goes on, to its part there."""
    first, last = page.page == 1, page.page == page.pages
    back, on = first and page.before > 0, last and page.after > 0
    if page.pages == 1 and not (back or on):
        return []
    place = Button[LayoutView](label=f"{page.page} / {page.pages}", disabled=True)
    before = Button[LayoutView](emoji="◀️", disabled=first and not back)
    after = Button[LayoutView](emoji="▶️", disabled=last and not on)
    return [
        ActionButton(before, "back" if back else "page", token, max(1, page.page - 1)),
        ActionButton(place, "place", token, page.page),
        ActionButton(after, "further" if on else "next", token, page.page + 1),
    ]


def _button(verb: str, served: Served) -> ActionButton:
    button = Button[LayoutView](emoji=THUMBS.get(verb))
    if verb not in THUMBS:
        button.label = _name(verb, served.wording)
    return ActionButton(button, verb, served.token)


def _menu(verbs: list[str], served: Served) -> list[Any]:
    if not verbs:
        return []
    options = [
        discord.SelectOption(
            label=_name(verb, served.wording),
            value=verb,
            emoji=THUMBS.get(verb),
            default=verb == served.request.sort and served.request.kind in SORTED,
        )
        for verb in verbs
    ]
    more = Select[LayoutView](placeholder=served.wording.say("button.more"), options=options)
    return [MoreMenu(more, served.token)]


def _choice_menu(page: Reply, served: Served) -> list[Any]:
    """The stories among which to choose, by the article that stands for each in the reply."""
    options = [
        discord.SelectOption(
            label=cut_line(strip_unseen(f"{cited.n}. {cited.title}"), OPTION_LIMIT),
            description=cut_line(strip_unseen(f"{cited.day} · {cited.also}"), OPTION_LIMIT),
            value=cited.article_id,
        )
        for cited in page.choices
    ]
    if not options:
        return []
    menu = Select[LayoutView](placeholder=served.wording.say("button.choose"), options=options)
    return [ChoiceMenu(menu, served.token)]


def _name(verb: str, wording: Wording) -> str:
    if verb in SORTS:
        return wording.say(f"choice.{verb}")
    return wording.say(f"button.{verb}")
