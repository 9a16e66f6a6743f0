"""What a person reads in a message of the bot, and what they can press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.limits import walk_components

if TYPE_CHECKING:
    from collections.abc import Iterator

    import simcord

BUTTON = 2
STRING_SELECT = 3
TEXT_DISPLAY = 10


def list_texts(message: simcord.ResponseMessage) -> list[str]:
    """Every text of a message, from top to bottom."""
    shown = [str(c["content"]) for c in _walk(message) if c["type"] == TEXT_DISPLAY]
    return [text for text in (message.content, *shown) if text]


def read_text(message: simcord.ResponseMessage) -> str:
    """All that a message says."""
    return "\n".join(list_texts(message))


def list_buttons(message: simcord.ResponseMessage) -> dict[str, str]:
    """The buttons that can be pressed: custom id by label, or by emoji where there is no label."""
    buttons = [c for c in _walk(message) if c["type"] == BUTTON and c.get("custom_id")]
    return {_name(b): b["custom_id"] for b in buttons if not b.get("disabled")}


def list_choices(message: simcord.ResponseMessage) -> dict[str, list[str]]:
    """The select menus that can be opened: their values by custom id."""
    menus = [c for c in _walk(message) if c["type"] == STRING_SELECT and not c.get("disabled")]
    return {menu["custom_id"]: [o["value"] for o in menu["options"]] for menu in menus}


def list_options(message: simcord.ResponseMessage) -> dict[str, tuple[str, str]]:
    """What the menus offer: custom id of the menu and value, by label."""
    menus = [c for c in _walk(message) if c["type"] == STRING_SELECT and not c.get("disabled")]
    return {o["label"]: (menu["custom_id"], o["value"]) for menu in menus for o in menu["options"]}


def list_labels(message: simcord.ResponseMessage) -> set[str]:
    """All that can be done with a message, by a button or in a menu."""
    return {*list_buttons(message), *list_options(message)}


async def press(
    actor: simcord.MemberActor | simcord.UserHandle, message: simcord.ResponseMessage, label: str
) -> simcord.InteractionResult:
    """Press the button of that label or emoji, or choose what is called so in a menu."""
    buttons = list_buttons(message)
    if label in buttons:
        return await actor.click(message, custom_id=buttons[label])
    menu, value = list_options(message)[label]
    return await actor.select(message, [value], custom_id=menu)


def _name(button: dict[str, Any]) -> str:
    return str(button.get("label") or (button.get("emoji") or {}).get("name", ""))


def _walk(message: simcord.ResponseMessage) -> Iterator[dict[str, Any]]:
    return walk_components({"components": message.components})
