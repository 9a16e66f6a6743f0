"""What would keep the bot from starting, found without starting it or reaching Discord."""

from __future__ import annotations

import base64
import binascii
import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Literal

from bot.cli.terminal import count
from bot.compose import choose_store, open_coverage, open_store
from bot.settings import PORTAL, TOKEN, SettingsError
from bot.store import StoreError
from retrieval.errors import RetrievalError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from retrieval.coverage import Coverage
    from retrieval.model import IndexReport

Verdict = Literal["ok", "note", "problem"]

DISTRIBUTION = "clippings"
OLDEST_PYTHON = (3, 11)
SHOWN = ("discord.py", "scikit-learn", "numpy")
SHAPE = re.compile(r"(?P<id>[\w-]+)\.[\w-]+\.[\w-]+", re.ASCII)  # id, time, signature
PUBLIC_KEY = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
SECRET = re.compile(r"[\w-]{32}")
NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; a "problem" keeps the bot from starting, a "note" does not."""

    subject: str
    verdict: Verdict
    text: str


def check_everything(settings: Settings) -> tuple[Finding, ...]:
    """Look at all that the bot needs, in the order a person would put it right."""
    return (
        check_python(),
        check_libraries(),
        *check_coverage(settings),
        check_store(settings),
        check_token(settings),
        check_intents(settings),
    )


def check_python() -> Finding:
    """The interpreter is one that the program was written for."""
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", "problem", f"{running}; 3.11 or newer is needed")
    return Finding("Python", "ok", running)


def check_libraries() -> Finding:
    """Every library that the distribution names is installed."""
    names = [found[0] for line in _requirements() if (found := NAME.match(line))]
    missing = [name for name in names if _version(name) is None]
    if missing:
        lacking = ", ".join(missing)
        return Finding("Libraries", "problem", f"missing: {lacking}; pip install -e . brings them")
    return Finding("Libraries", "ok", ", ".join(f"{name} {_version(name)}" for name in SHOWN))


def check_coverage(settings: Settings) -> Iterator[Finding]:
    """The folders can be read, hold articles, and have an index that is up to date."""
    folders = ", ".join(str(folder) for folder in settings.coverage.folders)
    try:
        opened = open_coverage(settings)
    except (RetrievalError, SettingsError) as error:
        yield Finding("Coverage", "problem", str(error))
        return
    span, report = opened.snapshot.span, opened.report
    if not span.articles:
        yield Finding("Coverage", "note", f"{folders}: no article yet; every answer will be none")
    else:
        newest = f", newest {span.newest}" if span.newest else ""
        yield Finding("Coverage", "ok", f"{folders}: {count(span.articles, 'article')}{newest}")
    if report.rejects or report.warnings:
        yield Finding("Coverage", "note", _count_rejects(report))
    yield _check_index(opened)


def _check_index(opened: Coverage) -> Finding:
    try:
        opened.verify()
    except StorageError as error:
        return Finding("Index", "problem", f"{error}; `clippings index --all` builds it anew")
    held = count(opened.snapshot.passages, "passage")
    return Finding("Index", "ok", f"{opened.cache}: {held}, every checksum right")


def check_store(settings: Settings) -> Finding:
    """The bot's memory can be opened and written."""
    try:
        open_store(settings).close()
    except (StoreError, OSError) as error:
        return Finding("Store", "problem", f"{error}; set store.path to a file that can be written")
    return Finding("Store", "ok", str(choose_store(settings)))


def check_token(settings: Settings) -> Finding:
    """The token has the shape of a bot token; whether Discord takes it shows at the start."""
    if settings.token is None:
        return Finding(
            "Token", "problem", f"{TOKEN} is not set; make a bot at {PORTAL}, copy its token there"
        )
    token = settings.token.get_secret_value()
    wrong = _name_mistake(token)
    if wrong:
        return Finding("Token", "problem", f"{TOKEN} {wrong}; copy the token at {PORTAL}, Bot")
    return Finding("Token", "ok", f"of application {read_application_id(token)}")


def check_intents(settings: Settings) -> Finding:
    """Which privileged intent has to be switched on for the application, if any."""
    if settings.discord.answer_posts:
        needed = "discord.answer_posts needs the message-content intent"
        return Finding("Intents", "note", f"{needed}: switch it on at {PORTAL}, Bot")
    return Finding("Intents", "ok", "none that is privileged")


def read_application_id(token: str) -> int | None:
    """The application id that a bot token starts with, or none where it has another shape."""
    shaped = SHAPE.fullmatch(token)
    if shaped is None:
        return None
    first = shaped["id"] + "=" * (-len(shaped["id"]) % 4)
    try:
        decoded = base64.urlsafe_b64decode(first).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(decoded) if decoded.isdecimal() else None


def _name_mistake(token: str) -> str:
    """What a text that is no bot token seems to be, or "" for one that has the shape."""
    if read_application_id(token):
        return ""
    if any(letter.isspace() for letter in token) or token.strip("'\"") != token:
        return "holds spaces, quotes or “Bot ” beside the token"
    if token.isdecimal():
        return "is an application id, not a token"
    if PUBLIC_KEY.fullmatch(token):
        return "is a public key, not a token"
    if SECRET.fullmatch(token):
        return "is a client secret, not a bot token"
    return "does not have the shape of a bot token (three parts with dots between)"


def _count_rejects(report: IndexReport) -> str:
    rejected, warned = report.files_rejected, len(report.warnings)
    told = f"{count(rejected, 'file')} rejected, {count(warned, 'warning')}"
    return f"{told}; clippings index lists them"


def _requirements() -> list[str]:
    try:
        return [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
    except PackageNotFoundError:
        return []


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
