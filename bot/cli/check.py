"""`check`: what would keep the bot from starting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin
from bot.replies import Heading, Note, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cli.checks import Finding
    from bot.cli.documents import Document
    from bot.settings import Settings

SIGNS = {"ok": "✓", "note": "!", "problem": "✗"}


def check(
    ctx: typer.Context,
    *,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Look at settings, coverage, index, store and token; exit 1 if the bot could not start."""
    from bot.cli.checks import check_everything  # noqa: PLC0415  # the store is not for questions

    session = begin(ctx, config, coverage, as_json=as_json)
    findings = check_everything(session.settings)
    invite = _build_invite(session.settings)
    ready = all(finding.verdict != "problem" for finding in findings)
    session.show(
        lambda: _document(findings, invite, ready=ready),
        lambda _: _render(findings, invite, ready=ready),
    )
    if not ready:
        raise typer.Exit(1)


def _build_invite(settings: Settings) -> str | None:
    from bot.cli.checks import parse_application_id  # noqa: PLC0415  # as above

    token = settings.token.get_secret_value() if settings.token else ""
    application_id = parse_application_id(token)
    if application_id is None:
        return None
    from bot.discord_bot.permissions import build_invite  # noqa: PLC0415  # imports discord.py, 1 s

    return build_invite(application_id)


def _document(findings: Sequence[Finding], invite: str | None, *, ready: bool) -> Document:
    return {
        "ready": ready,
        "findings": [
            {"subject": finding.subject, "verdict": finding.verdict, "text": finding.text}
            for finding in findings
        ],
        "invite": invite,
    }


def _render(findings: Sequence[Finding], invite: str | None, *, ready: bool) -> Reply:
    lines = [Note(f"{SIGNS[one.verdict]} {one.subject}: {one.text}") for one in findings]
    invited = (Heading("Add the bot to a server with"), Note(invite)) if invite else ()
    return Reply(blocks=(*lines, *invited, Heading(_conclude(findings, ready=ready))))


def _conclude(findings: Sequence[Finding], *, ready: bool) -> str:
    if ready:
        return "Ready: clippings run starts the bot."
    if {one.subject for one in findings if one.verdict == "problem"} == {"Token"}:
        return "Only the token is missing. Without one: clippings ask, chat and preview."
    return "The bot would not start: put right what ✗ marks."
