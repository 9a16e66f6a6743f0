"""A server's settings as one message: each with its explanation and a menu that changes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, TypeAlias, cast

import discord
from discord import ChannelType, SelectDefaultValue, SelectDefaultValueType, SelectOption
from discord.ui import (
    ActionRow,
    Button,
    ChannelSelect,
    Container,
    Item,
    LayoutView,
    RoleSelect,
    Select,
    Separator,
    TextDisplay,
)

from bot.desk.refusals import Refusal
from bot.discord_bot.asker import asker_of
from bot.discord_bot.auditing import note_change
from bot.discord_bot.errors import explain
from bot.discord_bot.escaping import escape_line
from bot.discord_bot.interactions import SafeDynamicItem
from bot.discord_bot.layout import ANSWERED, NOBODY, lay_out_line
from bot.discord_bot.permissions import missing_permissions
from bot.wording import LANGUAGES

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from bot.discord_bot.interactions import DeskInteraction
    from bot.store import ServerSettings
    from bot.wording import Wording

Menu: TypeAlias = "Select[Any] | ChannelSelect[Any] | RoleSelect[Any]"

MOST = 25  # values of one menu
SPOKEN_IN = [ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.voice]
POSTED_IN = [ChannelType.text, ChannelType.forum]
CHANNELS = {
    "allowed_channels": SPOKEN_IN,
    "denied_channels": SPOKEN_IN,
    "answer_channels": POSTED_IN,
    "alert_channel": [ChannelType.text, ChannelType.news],
}
FIELDS = (
    *("allowed_channels", "denied_channels", "allowed_roles", "private", "language"),
    *("answer_channels", "alert_channel", "kept"),
)
OWN_LANGUAGE = "own"  # a menu's value cannot be empty
KEPT = ("keep_gaps", "keep_feedback")


class SettingMenu(SafeDynamicItem[Item[Any]], template=r"desk:set:(?P<field>[a-z_]+)"):
    """The menu of one setting."""

    def __init__(self, menu: Menu, field: str) -> None:
        menu.custom_id = f"desk:set:{field}"
        super().__init__(menu)
        self.field = field

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the menu that was used."""
        del interaction
        return cls(item, match["field"])  # type: ignore[arg-type]  # only menus carry such an id

    async def act(self, interaction: DeskInteraction) -> None:
        """Keep the choice and show it."""
        await change_setting(interaction, self.field, self.item.values)  # type: ignore[attr-defined]  # as above


class KeepButton(SafeDynamicItem[Button[LayoutView]], template=r"desk:keep:(?P<names>[a-z_+]*)"):
    """The button that keeps just these from now on, `names` joined with "+"."""

    def __init__(self, button: Button[LayoutView], names: str) -> None:
        button.custom_id = f"desk:keep:{names}"
        super().__init__(button)
        self.names = names

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button that was pressed."""
        del interaction
        return cls(cast("Button[LayoutView]", item), match["names"])

    async def act(self, interaction: DeskInteraction) -> None:
        """Keep these, delete what was kept of others, and go back to the panel."""
        await change_setting(interaction, "kept", self.names.split("+"), sure=True)


def _ask_to_drop(
    dropped: Sequence[str], before: ServerSettings, changed: ServerSettings, wording: Wording
) -> LayoutView:
    """Ask once before something that was kept is deleted; either button leads back."""
    lost = wording.join([wording.say(f"settings.{name}") for name in dropped])
    view = lay_out_line(wording.say("settings.drop", kept=lost))
    drop = Button[LayoutView](label=wording.say("button.drop"), style=discord.ButtonStyle.danger)
    stay = Button[LayoutView](label=wording.say("button.stay"))
    view.add_item(
        ActionRow(KeepButton(drop, _join_kept(changed)), KeepButton(stay, _join_kept(before)))
    )
    return view


def _join_kept(settings: ServerSettings) -> str:
    return "+".join(name for name in KEPT if getattr(settings, name))


async def change_setting(
    interaction: DeskInteraction,
    field: str,
    values: Sequence[Any],
    *,
    sure: bool = False,
) -> None:
    """Keep what was chosen for a setting and draw the panel anew.

    Where that deletes something, it is asked first, unless `sure` says that it was.
    """
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    desk = interaction.client.desk
    before = desk.settings(server_id)
    changed = change(before, field, [_value_of(value) for value in values])
    dropped = [name for name in KEPT if getattr(before, name) and not getattr(changed, name)]
    if dropped and not sure:
        view = _ask_to_drop(dropped, before, changed, desk.speak(asker_of(interaction)))
    else:
        await desk.change_settings(server_id, changed)
        view = draw_panel(interaction)
    await interaction.response.edit_message(view=view, allowed_mentions=NOBODY)
    if desk.settings(server_id) != before:
        await note_change(interaction, desk.speak(asker_of(interaction)).say(f"settings.{field}"))


async def admit_manager(interaction: DeskInteraction) -> int | None:
    """The server's id for those who manage it; anybody else is told so, and none is returned."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        await explain(interaction, Refusal("manage"))
        return None
    return interaction.guild_id


def change(settings: ServerSettings, field: str, values: Sequence[str]) -> ServerSettings:
    """The settings with what was chosen in the menu of a field: ids, or names of choices."""
    match field:
        case "private":
            return replace(settings, private=values == ["private"])
        case "language":
            chosen = values[0] if values else OWN_LANGUAGE
            return replace(settings, language="" if chosen == OWN_LANGUAGE else chosen)
        case "alert_channel":
            return replace(settings, alert_channel=int(values[0]) if values else None)
        case "kept":
            gaps, feedback = (name in values for name in KEPT)
            return replace(settings, keep_gaps=gaps, keep_feedback=feedback)
        case _ if field in FIELDS:
            ids: dict[str, Any] = {field: frozenset(map(int, values))}
            return replace(settings, **ids)
        case _:
            raise Refusal("expired")


def draw_panel(interaction: DeskInteraction) -> LayoutView:
    """Every setting of the server with its menu, and what the bot lacks to follow them."""
    client = interaction.client
    settings = client.desk.settings(interaction.guild_id)
    wording = client.desk.speak(asker_of(interaction))
    view = LayoutView(timeout=None)
    panel: Container[LayoutView] = Container(accent_colour=ANSWERED)
    panel.add_item(TextDisplay(f"### {wording.say('settings.title')}"))
    for field in FIELDS:
        panel.add_item(Separator(visible=False))
        panel.add_item(TextDisplay(_explain(field, wording, posts=client.answer_posts)))
        row: ActionRow[Any] = ActionRow(SettingMenu(_build_menu(field, settings, wording), field))
        panel.add_item(row)
    lacking = "\n".join(find_lacking(interaction.guild, settings, wording))
    if lacking:
        panel.add_item(TextDisplay(lacking))
    view.add_item(panel)
    return view


def find_lacking(
    guild: discord.Guild | None, settings: ServerSettings, wording: Wording
) -> Iterable[str]:
    """A line for each chosen channel in which the bot may not do its part."""
    alerts = {settings.alert_channel} if settings.alert_channel else set()
    for channel_id in sorted(settings.allowed_channels | settings.answer_channels | alerts):
        channel = guild.get_channel(channel_id) if guild else None
        if guild is None or channel is None:
            continue
        missing = missing_permissions("answer", channel.permissions_for(guild.me))
        if missing:
            name = escape_line(channel.name)
            yield "⚠️ " + wording.say("settings.lacking", channel=name, about=", ".join(missing))


def _explain(field: str, wording: Wording, *, posts: bool) -> str:
    more = wording.say("settings.posts_off") if field == "answer_channels" and not posts else ""
    said = f"**{wording.say(f'settings.{field}')}**\n{wording.say(f'settings.{field}_about')}"
    return f"{said}\n⚠️ {more}" if more else said


def _build_menu(field: str, settings: ServerSettings, wording: Wording) -> Menu:
    hint = wording.say(f"settings.{field}_hint")
    if field in CHANNELS:
        return ChannelSelect(
            channel_types=CHANNELS[field],
            placeholder=hint,
            min_values=0,
            max_values=1 if field == "alert_channel" else MOST,
            default_values=_stand_for(_ids(settings, field), SelectDefaultValueType.channel),
        )
    if field == "allowed_roles":
        chosen = _stand_for(settings.allowed_roles, SelectDefaultValueType.role)
        return RoleSelect(placeholder=hint, min_values=0, max_values=MOST, default_values=chosen)
    options = list(_options(field, settings, wording))
    if field == "kept":
        return Select(placeholder=hint, min_values=0, max_values=len(options), options=options)
    return Select(placeholder=hint, options=options)


def _options(field: str, settings: ServerSettings, wording: Wording) -> Iterable[SelectOption]:
    match field:
        case "private":
            chosen = {"private" if settings.private else "public"}
            names = {name: wording.say(f"settings.shown_{name}") for name in ("public", "private")}
        case "language":
            chosen = {settings.language or OWN_LANGUAGE}
            names = {OWN_LANGUAGE: wording.say("settings.own_language"), **LANGUAGES}
        case _:
            chosen = {name for name in KEPT if getattr(settings, name)}
            names = {name: wording.say(f"settings.{name}") for name in KEPT}
    for value, label in names.items():
        yield SelectOption(label=label, value=value, default=value in chosen)


def _ids(settings: ServerSettings, field: str) -> Iterable[int]:
    if field == "alert_channel":
        return [settings.alert_channel] if settings.alert_channel else []
    ids: frozenset[int] = getattr(settings, field)
    return ids


def _stand_for(ids: Iterable[int], kind: SelectDefaultValueType) -> list[SelectDefaultValue]:
    return [SelectDefaultValue(id=each, type=kind) for each in sorted(ids)][:MOST]


def _value_of(chosen: Any) -> str:  # noqa: ANN401  # a channel, a role or a string, as the menu is
    return chosen if isinstance(chosen, str) else str(chosen.id)
