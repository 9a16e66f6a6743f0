"""Discord's limits that its API description leaves out, and the rule that nobody is pinged.

Sources: Discord's developer documentation (resources/message, components/reference,
interactions/application-commands), and issue 8554 of that documentation for the size in bytes: a
message of components is answered with a server error from about 10,170 bytes of text on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTENT: Final = 2000
EMBEDS_TOTAL: Final = 6000
COMPONENTS: Final = 40
COMPONENTS_TEXT: Final = 4000
COMPONENTS_BYTES: Final = 10_000
BUTTON_URL: Final = 512
BUTTON_LABEL: Final = 80
CHOICES: Final = 25
CHOICE_NAME: Final = 100
COMMAND_TOTAL: Final = 8000

_TEXT_DISPLAY = 10
_BUTTON = 2
_CHAT_INPUT = 1
_SUBCOMMANDS = (1, 2)
_COMMAND_NAME = re.compile(r"[-_\w]{1,32}")
_MESSAGE_PATHS = re.compile(
    r"/channels/\d+/messages(/\d+)?|/webhooks/\d+/[^/]+(/messages/(@original|\d+))?"
)
_SENDING_CALLBACKS = (4, 7)
_AUTOCOMPLETE_CALLBACK = 8

Json = dict[str, object]


def limit_errors(method: str, path: str, body: object) -> list[str]:
    """Say in a line each which limit a request breaks."""
    if path.endswith("/commands"):
        return [error for command in _objects(body) for error in _command_errors(command)]
    if not isinstance(body, dict):
        return []
    if path.endswith("/callback"):
        return _callback_errors(body)
    if method in {"POST", "PATCH"} and _MESSAGE_PATHS.fullmatch(path):
        return list(_message_errors(body))
    if method == "POST" and path.endswith("/threads") and "message" in body:
        return list(_message_errors(_object(body["message"])))
    return []


def _callback_errors(body: Json) -> list[str]:
    answer = _object(body.get("data"))
    if body.get("type") in _SENDING_CALLBACKS:
        return list(_message_errors(answer))
    if body.get("type") == _AUTOCOMPLETE_CALLBACK:
        return list(_choice_errors(_objects(answer.get("choices"))))
    return []


def _message_errors(message: Json) -> Iterator[str]:
    if len(_text(message.get("content"))) > CONTENT:
        yield f"content: over {CONTENT} characters"
    if sum(map(len, _embed_texts(message))) > EMBEDS_TOTAL:
        yield f"embeds: over {EMBEDS_TOTAL} characters in all"
    components = list(walk_components(message))
    shown = " ".join(_text(c.get("content")) for c in components if c.get("type") == _TEXT_DISPLAY)
    yield from _mention_errors(message.get("allowed_mentions"), shown)
    yield from _component_errors(components)


def _mention_errors(allowed: object, shown: str) -> Iterator[str]:
    """Nobody may be pinged, but one role in an alert, whose mention then opens the message."""
    if not isinstance(allowed, dict):
        yield "allowed_mentions: absent, so the text can ping"
        return
    roles = allowed.get("roles") or []
    named = len(roles) == 1 and shown.startswith(f"<@&{roles[0]}> ")
    if allowed.get("parse") != [] or any(map(allowed.get, ("users", "replied_user"))):
        yield f"allowed_mentions: {allowed} lets somebody be pinged"
    elif roles and not named:
        yield f"allowed_mentions: {allowed} lets a role be pinged that nobody named"


def _component_errors(components: list[Json]) -> Iterator[str]:
    texts = [_text(c.get("content")) for c in components if c.get("type") == _TEXT_DISPLAY]
    if len(components) > COMPONENTS:
        yield f"components: {len(components)}, over {COMPONENTS}"
    if sum(map(len, texts)) > COMPONENTS_TEXT:
        yield f"components: over {COMPONENTS_TEXT} characters of text"
    if sum(len(text.encode()) for text in texts) > COMPONENTS_BYTES:
        yield f"components: over {COMPONENTS_BYTES} bytes of text"
    for button in (c for c in components if c.get("type") == _BUTTON):
        yield from _button_errors(button)


def _button_errors(button: Json) -> Iterator[str]:
    url = _text(button.get("url"))
    if len(_text(button.get("label"))) > BUTTON_LABEL:
        yield f"button label: over {BUTTON_LABEL} characters"
    if len(url) > BUTTON_URL:
        yield f"button url: over {BUTTON_URL} characters"
    if url and urlsplit(url).scheme not in {"http", "https"}:
        yield f"button url: {url} is neither http nor https"


def _choice_errors(choices: list[Json]) -> Iterator[str]:
    if len(choices) > CHOICES:
        yield f"choices: {len(choices)}, over {CHOICES}"
    if not all(1 <= len(_text(choice.get("name"))) <= CHOICE_NAME for choice in choices):
        yield f"choices: a name is empty or over {CHOICE_NAME} characters"


def _command_errors(command: Json) -> Iterator[str]:
    name = _text(command.get("name"))
    if sum(map(len, _command_texts(command))) > COMMAND_TOTAL:
        yield f"/{name}: over {COMMAND_TOTAL} characters in all"
    if command.get("type", _CHAT_INPUT) == _CHAT_INPUT:
        yield from _named_errors(command)


def _named_errors(command: Json) -> Iterator[str]:
    """What is wrong with a slash command or an option: its names, and the order of its options."""
    for name in (command.get("name"), *_object(command.get("name_localizations")).values()):
        if not _COMMAND_NAME.fullmatch(_text(name)) or _text(name) != _text(name).lower():
            yield f"{name!r}: a name is up to 32 lower-case letters, digits, - and _"
    options = _objects(command.get("options"))
    wanted = [bool(o.get("required")) for o in options if o.get("type") not in _SUBCOMMANDS]
    if wanted != sorted(wanted, reverse=True):
        yield f"{command.get('name')!r}: a required option stands after an optional one"
    for option in options:
        yield from _named_errors(option)


def walk_components(message: Json) -> Iterator[Json]:
    """Every component of a message, those inside others included."""
    for component in _objects(message.get("components")):
        yield component
        yield from walk_components(component)
        yield from filter(None, (_object(component.get(key)) for key in ("accessory", "component")))


def _embed_texts(message: Json) -> Iterator[str]:
    for embed in _objects(message.get("embeds")):
        yield from (_text(embed.get(key)) for key in ("title", "description"))
        yield _text(_object(embed.get("footer")).get("text"))
        yield _text(_object(embed.get("author")).get("name"))
        for field in _objects(embed.get("fields")):
            yield from (_text(field.get(key)) for key in ("name", "value"))


def _command_texts(command: Json) -> Iterator[str]:
    yield from (_longest(command, key) for key in ("name", "description"))
    for option in _objects(command.get("options")):
        yield from _command_texts(option)
    for choice in _objects(command.get("choices")):
        yield _longest(choice, "name")
        yield str(choice.get("value", ""))


def _longest(named: Json, key: str) -> str:
    """The longest translation, for that is the one Discord counts."""
    translations = _object(named.get(f"{key}_localizations")).values()
    return max((_text(named.get(key)), *map(_text, translations)), key=len)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Json]:
    found: Iterable[object] = value if isinstance(value, list) else ()
    return [entry for entry in found if isinstance(entry, dict)]
