"""Settings: built-in defaults, then config.toml, then the environment, in one frozen record."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic import ValidationError as Invalid
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.shards import Shards

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_FILE = Path("config.toml")
PREFIX = "CLIPPINGS_"
PORTAL = "https://discord.com/developers/applications"  # where the token comes from
TOKEN = "DISCORD_TOKEN"  # noqa: S105  # the name of the variable, not a token
DATABASE = f"{PREFIX}DATABASE_URL"
ENGINE_USER, ENGINE_PASSWORD, ENGINE_KEY = (
    f"{PREFIX}ENGINE_{n}" for n in ("USER", "PASSWORD", "KEY")
)
SECRETS = {
    TOKEN: ("token", "a token"),
    DATABASE: ("database_url", "a database's URL"),
    ENGINE_USER: ("engine_user", "the engine's user"),
    ENGINE_PASSWORD: ("engine_password", "the engine's password"),
    ENGINE_KEY: ("engine_key", "the engine's key"),
}  # by the variable that holds it: its name here, and what it is


class SettingsError(Exception):
    """A setting that cannot be used, in one line: which key, where, what is expected."""


def _split_paths(value: object) -> object:
    """Read what an environment variable can hold: paths with os.pathsep between them."""
    return tuple(value.split(os.pathsep)) if isinstance(value, str) else value


def _none_if_empty(value: object) -> object:
    """Read "" as "not set": TOML has no null."""
    return None if value == "" else value


def _split_commas(value: object) -> object:
    """Read what an environment variable can hold: names with commas between them."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _check_network(value: str) -> str:
    try:
        return str(ipaddress.ip_network(value))
    except ValueError:
        raise ValueError(f"{value} is no network; write one as 192.168.1.0/24") from None


def _check_host(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in {"http", "https"} or not rest or "@" in rest:
        raise ValueError("a host is expected as https://search.example:9200, no user in it")
    return value


Folder = Annotated[Path, AfterValidator(Path.expanduser)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split_commas)]
Host = Annotated[str, AfterValidator(_check_host)]
Hosts = Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_split_commas)]
Network = Annotated[str, AfterValidator(_check_network)]
Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_split_commas)]
OptionalPath = Annotated[Folder | None, BeforeValidator(_none_if_empty)]


class Section(BaseModel):
    """One table of the settings file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteSettings(Section):
    """Whose articles a folder holds, and the address that their paths follow; "" for not known."""

    outlet: str = ""
    address: str = ""


class CoverageSettings(Section):
    """What is read, and where its index is kept (none: the user's cache folder).

    `sites` are folders whose files do not say whose they are; `date_order` is how dates like
    9/10/2023 are read where neither their language nor the dates beside them tell.
    """

    folders: Annotated[tuple[Folder, ...], NoDecode, BeforeValidator(_split_paths)] = Field(
        default=(PROJECT / "seeds",), min_length=1
    )
    cache: OptionalPath = None
    refresh_minutes: int = Field(default=10, ge=0)
    date_order: Literal["month_first", "day_first"] = "month_first"
    sites: dict[Folder, SiteSettings] = Field(default_factory=dict)


class IndexSettings(Section):
    """What keeps the index: files of this machine, or OpenSearch at some hosts.

    `name` begins the names of what is kept there; `shards` and `replicas` are those of an index
    that is built anew. `authority` is a file of certificates where the system's own do not do.
    """

    engine: Literal["embedded", "opensearch"] = "embedded"
    hosts: Hosts = ()
    name: str = Field(default="clippings", pattern="^[a-z][a-z0-9-]*$")
    shards: int = Field(default=1, ge=1)
    replicas: int = Field(default=1, ge=0)
    authority: OptionalPath = None
    seconds: float = Field(default=1.2, gt=0)


class DiscordSettings(Section):
    """`answer_posts` asks Discord for the message-content intent."""

    answer_posts: bool = False
    shards: Annotated[Shards, NoDecode, BeforeValidator(Shards.parse)] = Shards()


class LimitsSettings(Section):
    """Questions a minute, and how many are at work at once."""

    per_person: int = Field(default=10, ge=1)
    per_server: int = Field(default=60, ge=1)
    at_work: int = Field(default=2, ge=1)


class StoreSettings(Section):
    """Where the bot keeps what servers set up (none: the user's data folder).

    A `database_url` in the environment takes the place of the file.
    `keep_days`: for how long the requests behind its replies, with the text of the question.
    """

    path: OptionalPath = None
    keep_days: int = Field(default=90, ge=0, le=90)


class FetchingSettings(Section):
    """How feeds are fetched, where their articles are kept, and what servers may add themselves.

    `folder` none is a folder beside the store. `hosts`, where given, are the only ones that a
    server's managers may add feeds of, with their subdomains. `private_networks` are those outside
    the public internet that may be fetched from all the same. `pages` has the page of an entry
    read where the feed gives the beginning alone and robots.txt allows it.
    """

    enabled: bool = True
    pages: bool = False
    folder: OptionalPath = None
    self_service: bool = True
    per_server: int = Field(default=25, ge=1)
    hosts: Names = ()
    private_networks: Networks = ()
    shortest_minutes: float = Field(default=10, gt=0)


class AlertsSettings(Section):
    """How many saved queries and followed questions a server may have, and messages an hour."""

    per_server: int = Field(default=50, ge=1)
    questions: int = Field(default=10, ge=0)
    per_hour: int = Field(default=20, ge=1)


class FeedSettings(Section):
    """One web feed that the operator follows; everybody sees it where it is `shared`."""

    address: str
    name: str = ""
    shared: bool = True


class MonitoringSettings(Section):
    """Where /healthz, /readyz and /metrics are answered; port 0 is nowhere."""

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)


class LogSettings(Section):
    """How much is said on standard error, and how; `questions` puts their text into JSON lines."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"
    questions: bool = False


class Settings(BaseSettings):
    """Everything the program can be told. Secrets are never part of a `repr` or a file."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    coverage: CoverageSettings = CoverageSettings()
    index: IndexSettings = IndexSettings()
    discord: DiscordSettings = DiscordSettings()
    limits: LimitsSettings = LimitsSettings()
    store: StoreSettings = StoreSettings()
    fetching: FetchingSettings = FetchingSettings()
    alerts: AlertsSettings = AlertsSettings()
    feeds: tuple[FeedSettings, ...] = ()
    monitoring: MonitoringSettings = MonitoringSettings()
    log: LogSettings = LogSettings()
    token: SecretStr | None = Field(default=None, validation_alias=TOKEN)
    database_url: SecretStr | None = Field(default=None, validation_alias=DATABASE)
    engine_user: SecretStr | None = Field(default=None, validation_alias=ENGINE_USER)
    engine_password: SecretStr | None = Field(default=None, validation_alias=ENGINE_PASSWORD)
    engine_key: SecretStr | None = Field(default=None, validation_alias=ENGINE_KEY)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # pydantic-settings calls by keyword
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file, whose tables are handed in as arguments."""
        return env_settings, init_settings


def load_settings(config: Path | None = None, *, folders: Sequence[Path] = ()) -> Settings:
    """Read settings from the file (none: ./config.toml where there is one) and the environment.

    `folders`, where given, replaces the folders of either, and nothing is fetched beside them.
    Relative paths in the file are relative to the file. Raises SettingsError.
    """
    file = _choose_file(config)
    tables = _read_tables(file) if file else {}
    _refuse_unknown_variables()
    try:
        settings = Settings(**tables)
    except Invalid as invalid:
        raise SettingsError(_describe(invalid.errors()[0], file)) from None
    if not folders:
        return settings
    coverage = settings.coverage.model_copy(update={"folders": tuple(folders)})
    fetching = settings.fetching.model_copy(update={"enabled": False})
    return settings.model_copy(update={"coverage": coverage, "fetching": fetching})


def list_keys() -> tuple[str, ...]:
    """Every key of the settings file, as `section.key`, in order."""
    return tuple(f"{section}.{key}" for section, model in _sections() for key in model.model_fields)


def _sections() -> Iterator[tuple[str, type[Section]]]:
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield name, field.annotation


def _choose_file(config: Path | None) -> Path | None:
    if config is None:
        return DEFAULT_FILE if DEFAULT_FILE.is_file() else None
    if not config.is_file():
        raise SettingsError(f"{config}: no such settings file; name one that exists with --config")
    return config


def _read_tables(file: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}); check it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: is not TOML: {error}") from None
    for variable, (name, what) in SECRETS.items():
        if not {key.casefold() for key in tables}.isdisjoint({variable.casefold(), name}):
            raise SettingsError(
                f"{file}: {what} does not belong in a file; set {variable} in the environment"
            )
    return _anchor_paths(tables, file.resolve().parent)


def _anchor_paths(tables: dict[str, Any], base: Path) -> dict[str, Any]:
    """Make the relative paths of a settings file relative to the folder that it lies in."""

    def anchor(value: object) -> object:
        if isinstance(value, str) and value:
            return str(base / Path(value).expanduser())
        if isinstance(value, dict):
            return {anchor(key): part for key, part in value.items()}
        return [anchor(part) for part in value] if isinstance(value, list) else value

    for section, key in (
        name.split(".")
        for name in (
            "coverage.folders",
            "coverage.cache",
            "coverage.sites",
            "index.authority",
            "store.path",
            "fetching.folder",
        )
    ):
        table = tables.get(section)
        if isinstance(table, dict) and key in table:
            table[key] = anchor(table[key])
    return tables


@cache
def _variables() -> dict[str, str]:
    """The environment variable of every key."""
    return {f"{PREFIX}{key.replace('.', '__')}".upper(): key for key in list_keys()}


def _refuse_unknown_variables() -> None:
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in {*_variables(), *SECRETS}:
            near = _nearest(name.upper(), tuple(_variables()))
            raise SettingsError(f"environment: {name} is no setting; did you mean {near}?")


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import process  # noqa: PLC0415  # only where a name is wrong

    return str(process.extractOne(name, known)[0])


def _describe(error: ErrorDetails, file: Path | None) -> str:
    key = ".".join([part for part in error["loc"] if isinstance(part, str)][:2])
    variable = f"{PREFIX}{key.replace('.', '__')}".upper()
    where = (
        f"environment: {variable}"
        if variable in {n.upper() for n in os.environ}
        else f"{file}: {key}"
    )
    if error["type"] == "extra_forbidden":
        sections = (*(name for name, _ in _sections()), "feeds")
        known = (*list_keys(), *_FEED_KEYS) if "." in key else sections
        return f"{where} is no setting; did you mean {_nearest(key, known)}?"
    said = error["msg"].removeprefix("Value error, ")  # pydantic's word, not ours
    return f"{where}: {_EXPECTED.get(error['type']) or _lower_first(said)}"


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]


_FEED_KEYS = tuple(f"feeds.{key}" for key in FeedSettings.model_fields)
_EXPECTED = {
    "missing": "is missing",
    "tuple_type": "a list of paths is expected",
    "too_short": "at least one is expected",
    "path_type": "a path in quotes is expected",
    "int_type": "a whole number is expected",
    "int_parsing": "a whole number is expected",
    "int_from_float": "a whole number is expected",
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "model_type": "a table is expected",
}
