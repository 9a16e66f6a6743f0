"""Command descriptions, choices and context menus in the language of each member's own Discord.

Every text is found by where it stands: `command.<name>.description` (of a subcommand
`command.<group>.<name>.description`), `command.<name>.<option>`, `choice.<value>`, and for a
context menu the `menu` key whose English is its name. Slash commands and options keep their English
names everywhere, so that help, manual and colleagues speak of what everybody finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord.app_commands import Choice, Command, ContextMenu, Group, Translator
from discord.app_commands.commands import Parameter

from bot.wording import read_catalogue
from bot.wording.catalogue import ENGLISH, choose_language

if TYPE_CHECKING:
    from discord import Locale
    from discord.app_commands import TranslationContextTypes, locale_str

FIXED_NAMES = frozenset({"group_name", "parameter_name"})


class CatalogueTranslator(Translator):
    """What discord.py asks for each string and locale while it syncs the commands."""

    async def translate(
        self, string: locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """The string in that locale; none where English stands, or where a name stays as it is."""
        language = choose_language(locale.value)
        key = find_key(context.data, string.message)
        if language == ENGLISH or key is None or context.location.name in FIXED_NAMES:
            return None
        entry = read_catalogue(language).get(key)
        return entry if isinstance(entry, str) else None


def find_key(named: Any, english: str) -> str | None:  # noqa: ANN401  # what discord.py hands over
    """The catalogue's key for the text of a command, group, option, choice or context menu."""
    match named:
        case Command() | Group():
            return f"{name_path(named)}.description" if english == named.description else None
        case Parameter():
            return f"{name_path(named.command)}.{named.name}"
        case Choice():
            return f"choice.{named.value}"
        case ContextMenu():
            return next((key for key in _menus() if read_catalogue(ENGLISH)[key] == english), None)
        case _:
            return None


def name_path(command: Command[Any, ..., Any] | Group) -> str:
    """The catalogue's table of a command: `command.desk.gaps` for /desk gaps."""
    return f"command.{command.qualified_name.replace(' ', '.')}"


def _menus() -> list[str]:
    return [key for key in read_catalogue(ENGLISH) if key.startswith("menu.")]
