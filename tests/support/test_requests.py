"""What the request checks let through, and what they catch that SimCord alone would not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.openapi import load_spec
from tests.support.requests import request_errors

SILENT: dict[str, list[str]] = {"parse": []}
CALLBACK = "/interactions/1/token/callback"
MESSAGES = "/channels/1/messages"
COMMANDS = "/applications/1/commands"
QUOTE = {"type": 10, "content": "“The bridge closes in June.”"}


def option(name: str, *, required: bool) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "a word", "required": required}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", CALLBACK, {"type": 5, "data": {"flags": 64}}),
        ("POST", CALLBACK, {"type": 4, "data": {"content": "a", "allowed_mentions": SILENT}}),
        ("POST", CALLBACK, {"type": 8, "data": {"choices": [{"name": "a", "value": "b"}]}}),
        (
            "POST",
            MESSAGES,
            {
                "content": "a",
                "allowed_mentions": SILENT,
                "message_reference": {"message_id": 5, "channel_id": 1},
            },
        ),
        (
            "PATCH",
            "/webhooks/1/token/messages/@original",
            {"flags": 1 << 15, "components": [QUOTE], "allowed_mentions": SILENT},
        ),
        (
            "PUT",
            COMMANDS,
            [
                {
                    "name": "ask",
                    "description": "Ask",
                    "options": [
                        option("question", required=True),
                        option("outlet", required=False),
                    ],
                }
            ],
        ),
    ],
)
def test_what_discord_takes_passes(method: str, path: str, body: object) -> None:
    assert request_errors(method, path, body) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"content": "a"}, "allowed_mentions: absent"),
        ({"content": "a", "allowed_mentions": {"parse": ["users"]}}, "lets somebody be pinged"),
        ({"content": "a" * 2001, "allowed_mentions": SILENT}, "content: over 2000"),
        (
            {"embeds": [{"description": "a" * 4000}] * 2, "allowed_mentions": SILENT},
            "embeds: over 6000",
        ),
        ({"components": [QUOTE] * 41, "allowed_mentions": SILENT}, "components: 41, over 40"),
        (
            {"components": [{"type": 10, "content": "字" * 3500}], "allowed_mentions": SILENT},
            "over 10000 bytes",
        ),
        (
            {
                "components": [
                    {"type": 1, "components": [{"type": 2, "style": 5, "url": "ftp://example.org"}]}
                ],
                "allowed_mentions": SILENT,
            },
            "neither http nor https",
        ),
    ],
)
def test_limits_that_the_description_leaves_out(body: object, complaint: str) -> None:
    assert any(complaint in error for error in request_errors("POST", MESSAGES, body))


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ({"name": "Ask", "description": "a"}, "lower-case"),
        (
            {
                "name": "ask",
                "description": "a",
                "options": [option("outlet", required=False), option("question", required=True)],
            },
            "a required option stands after an optional one",
        ),
        (
            {
                "name": "ask",
                "description": "a",
                "options": [{"type": 3, "name": "q", "description": "b" * 100}] * 90,
            },
            "over 8000 characters",
        ),
    ],
)
def test_commands_that_discord_refuses(command: object, complaint: str) -> None:
    assert any(complaint in error for error in request_errors("PUT", COMMANDS, [command]))


@pytest.mark.skipif(load_spec() is None, reason="Discord's openapi.json is not at hand")
@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("POST", "/channels/1/massages", {}, "no such route"),
        ("POST", CALLBACK, {"data": {"content": "a"}}, "'type' is a required property"),
        (
            "POST",
            CALLBACK,
            {
                "type": 4,
                "data": {"embeds": [{"description": "a" * 4097}], "allowed_mentions": SILENT},
            },
            "data/embeds/0/description: breaks maxLength 4096",
        ),
        (
            "POST",
            MESSAGES,
            {
                "allowed_mentions": SILENT,
                "components": [
                    {
                        "type": 1,
                        "components": [
                            {"type": 2, "style": 1, "label": "a", "custom_id": "c" * 101}
                        ],
                    }
                ],
            },
            "components/0/components/0/custom_id: breaks maxLength 100",
        ),
        ("DELETE", "/channels/1/messages/2", {"reason": "a"}, "takes no body"),
    ],
)
def test_errors_name_the_place(method: str, path: str, body: object, complaint: str) -> None:
    assert any(complaint in error for error in request_errors(method, path, body))
