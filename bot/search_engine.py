"""Where the index of some settings is kept: files of this machine, or an engine elsewhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

    from bot.settings import Settings
    from retrieval import Index

_LEFT = 12  # signs of a digest


def choose_index(settings: Settings, cache: Path) -> Index | None:
    """The index in the settings' engine, or none where files under `cache` keep it.

    One set of folders has one index there, which every process that names the same folders by the
    same paths shares. Raises SettingsError where the settings do not say enough.
    """
    kept = settings.index
    if kept.engine == "embedded":
        return None
    if not kept.hosts:
        raise SettingsError(
            "index.hosts: at least one is expected where index.engine is opensearch"
        )
    try:
        from retrieval import EngineAddress, EngineIndex  # noqa: PLC0415  # an extra of its own
    except ImportError as error:
        raise SettingsError(
            "index.engine: opensearch needs a package more; run pip install 'clippings[opensearch]'"
        ) from error
    address = EngineAddress(
        hosts=kept.hosts,
        user=_reveal(settings.engine_user),
        password=_reveal(settings.engine_password),
        key=_reveal(settings.engine_key),
        authority=kept.authority,
        seconds=kept.seconds,
    )
    paths = sorted(str(folder.resolve()) for folder in settings.coverage.folders)
    digest = hashlib.sha256("\0".join(paths).encode(errors="surrogateescape")).hexdigest()
    name = f"{kept.name}-{digest[:_LEFT]}"
    return EngineIndex(address, name, cache / "engine", shards=kept.shards, replicas=kept.replicas)


def _reveal(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
