"""What would keep the bot from starting, found without starting it or reaching Discord."""

from __future__ import annotations

import base64
import binascii
import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from bot.cli.terminal import count
from bot.compose import (
    check_cache,
    check_folders,
    choose_store,
    is_writable,
    name_cache,
    open_standing,
    read_store,
)
from bot.search_engine import choose_index
from bot.settings import PORTAL, TOKEN, SettingsError
from bot.store import StoreError
from bot.store.database import StoreUnprepared
from retrieval.coverage import Coverage
from retrieval.errors import RetrievalError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from retrieval import IndexReport

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
    """The folders can be read, hold articles, and have an index that is whole.

    Nothing is written: without an index the folders are read into one that is thrown away.
    """
    folders = ", ".join(str(folder) for folder in settings.coverage.folders)
    with TemporaryDirectory() as scratch:
        try:
            opened = _open_unwritten(settings, Path(scratch))
        except (RetrievalError, SettingsError) as error:
            yield Finding("Coverage", "problem", str(error))
            return
        yield _check_articles(opened, folders)
        if opened.report.rejects or opened.report.warnings:
            yield Finding("Coverage", "note", _count_rejects(opened.report))
        yield _check_index(opened, standing=opened.cache == name_cache(settings))


def _open_unwritten(settings: Settings, scratch: Path) -> Coverage:
    """The index that stands, or one made in a folder that is thrown away."""
    check_cache(settings)
    cache = name_cache(settings)
    if Coverage.stands(cache, choose_index(settings, cache)):
        return open_standing(settings)
    return Coverage.open(check_folders(settings), scratch)


def _check_articles(opened: Coverage, folders: str) -> Finding:
    span = opened.snapshot.span
    if not span.articles:
        return Finding("Coverage", "note", f"{folders}: no article yet; every answer will be none")
    newest = f", newest {span.newest}" if span.newest else ""
    return Finding("Coverage", "ok", f"{folders}: {count(span.articles, 'article')}{newest}")


def _check_index(opened: Coverage, *, standing: bool) -> Finding:
    try:
        opened.verify()
    except StorageError as error:
        return Finding("Index", "problem", f"{error}; `clippings index --all` builds it anew")
    held = count(opened.snapshot.passages, "passage")
    if not standing:
        return Finding("Index", "ok", f"none yet; the first start makes one of {held}")
    return Finding("Index", "ok", f"{opened.index}: {held}, checked and whole")


def check_store(settings: Settings) -> Finding:
    """The bot's memory is whole and can be written, or made where it is not there yet."""
    if settings.database_url:
        return _check_database(settings)
    path = choose_store(settings)
    try:
        if path.exists():
            read_store(settings).close()
    except (StoreError, OSError) as error:
        return Finding("Store", "problem", f"{error}; set store.path to a file that can be written")
    if not is_writable(path):
        told = f"{path}: cannot be written; answers would go on and nothing be remembered"
        return Finding("Store", "problem", f"{told}; set store.path to a file that can be")
    return Finding("Store", "ok", str(path))


def _check_database(settings: Settings) -> Finding:
    try:
        with read_store(settings) as store:
            return Finding("Store", "ok", store.name)
    except StoreUnprepared as error:
        return Finding("Store", "note", str(error))
    except StoreError as error:
        return Finding("Store", "problem", str(error))


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
    return Finding("Token", "ok", f"of application {parse_application_id(token)}")


def check_intents(settings: Settings) -> Finding:
    """Which privileged intent has to be switched on for the application, if any."""
    if settings.discord.answer_posts:
        needed = "discord.answer_posts needs the message-content intent"
        return Finding("Intents", "note", f"{needed}: switch it on at {PORTAL}, Bot")
    return Finding("Intents", "ok", "none that is privileged")


def parse_application_id(token: str) -> int | None:
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
    if parse_application_id(token):
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
