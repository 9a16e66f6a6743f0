"""Text and addresses that Discord shows as they are: nothing pings, formats or links by itself."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

# Everything that begins some rule of Discord's Markdown, wherever it stands. A backslash before a
# character that is no letter, digit or space shows just that character.
_MARKS = re.compile(r"[\\*_~`|\[\]<>]")
_EMOJI_OR_LINK = re.compile(r":(?=\S)")  # :name:, https://
_AT_LINE_START = re.compile(r"^(\s*)([#\-+])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s)", re.MULTILINE)
_MASS_MENTION = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_BARE_WORLD = re.compile(r"\b(discord)\.(?=(?:gg|com|new|gift)/)", re.IGNORECASE)

# Marks that reorder or hide what follows them; the text keeps its own direction without them.
_UNSEEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060, 0xFEFF, 0x00AD, 0x061C, 0x180E]
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
ISOLATE, RELEASE = "\u2068", "\u2069"
_SAFE_IN_ADDRESS = "%/:?#@!$&+,;=~-._"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def escape(text: str) -> str:
    """Return the text in Markdown that shows it, on as many lines, and does nothing else."""
    text = _MARKS.sub(r"\\\g<0>", strip_unseen(text))
    text = _EMOJI_OR_LINK.sub(r"\\:", text)
    text = _AT_LINE_START.sub(r"\1\\\2", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    text = _BARE_WORLD.sub(r"\1\\.", text)
    return _MASS_MENTION.sub("@\u200b", text)


def escape_line(text: str) -> str:
    """Return the text on one line, shown as it is; right-to-left words do not reorder the rest."""
    return isolate(escape(" ".join(text.split())))


def isolate(text: str) -> str:
    """Keep text that holds right-to-left letters from reordering what stands around it."""
    turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return f"{ISOLATE}{text}{RELEASE}" if turned else text


def strip_unseen(text: str) -> str:
    """Drop marks that hide or reorder text; a control character becomes a space."""
    text = _TAGS.sub("", text.translate(_UNSEEN))
    return "".join(map(_shown, text)) if not text.isprintable() else text


def _shown(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cc" | "Zl" | "Zp":
            return "\n" if letter == "\n" else " "
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case _:
            return letter


def encode_address(url: str) -> str | None:
    """Return an address that can stand in a Markdown link, none for one that cannot be opened.

    Brackets, spaces, letters beyond ASCII and a percent sign that encodes nothing are
    percent-encoded; the host becomes its ASCII form.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one: a label too long or empty, a port that is no number
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9.-]+", host):
        return None
    path, query, fragment = (
        quote(_STRAY_PERCENT.sub("%25", part), safe=_SAFE_IN_ADDRESS, errors="replace")
        for part in (parts.path, parts.query, parts.fragment)
    )
    encoded = urlunsplit((parts.scheme, host + port, path, query, fragment))
    return re.sub(r"@(?=everyone|here)", "%40", encoded, flags=re.IGNORECASE)
