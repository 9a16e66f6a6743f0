"""`feeds`: web feeds listed, added, fetched and explained in the terminal."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin
from bot.compose import choose_feeds_folder, open_store
from bot.replies import Heading, Note, Reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.cli.documents import Document
    from bot.feeds.entries import ParsedFeed
    from bot.feeds.polling import Args, Poller, Result
    from bot.settings import Settings
    from bot.store import FeedRecord, Store

Action = Literal[
    "list", "add", "pause", "resume", "remove", "preview", "why", "fetch", "import", "export"
]
NEEDING_TARGET = ("add", "pause", "resume", "remove", "preview", "why", "import")
PREVIEWED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an action found: lines for a person, a document for a program."""

    lines: tuple[str, ...]
    document: Document
    heading: str = ""


def feeds(
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(help="What to do.")] = "list",
    target: Annotated[
        str, typer.Argument(help="An address, a feed's name or id, or for import an OPML file.")
    ] = "",
    *,
    name: Annotated[str, typer.Option("--name", help="What to call the feed that is added.")] = "",
    private: Annotated[
        bool, typer.Option("--private", help="Add it without sharing it with every server.")
    ] = False,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """List, add, pause, resume, remove, preview, explain or fetch web feeds; OPML in and out."""
    session = begin(ctx, config, coverage, as_json=as_json)
    if action in NEEDING_TARGET and not target:
        raise typer.BadParameter(f"`feeds {action}` needs one", param_hint="TARGET")
    from bot.feeds.subscriptions import SubscriptionRefused  # noqa: PLC0415  # imports aiohttp
    from bot.store import StoreError  # noqa: PLC0415  # the store is not for questions

    opml = Path(target).read_bytes() if action == "import" else b""
    wanted = _Wanted(target, name, shared=not private, opml=opml)
    try:
        with open_store(session.settings) as store:
            shown = asyncio.run(_act(session.settings, store, action, wanted))
    except (SubscriptionRefused, StoreError) as error:
        raise typer.TyperException(_explain(error)) from None
    if action == "export" and not session.as_json:
        sys.stdout.write("".join(f"{line}\n" for line in shown.lines))
        return
    session.show(lambda: shown.document, lambda _: _render(shown))


@dataclass(frozen=True, slots=True)
class _Wanted:
    target: str
    name: str
    shared: bool
    opml: bytes


async def _act(settings: Settings, store: Store, action: Action, wanted: _Wanted) -> Shown:
    from bot.feeds.opening import open_poller  # noqa: PLC0415  # as above

    folder = choose_feeds_folder(settings)
    async with open_poller(settings, folder, store, _here) as poller:
        operator = _Operator(store, poller, wanted)
        return await _ACTIONS[action](operator)


async def _here(work: Callable[Args, Result], /, *args: Args.args, **named: Args.kwargs) -> Result:
    """Run work where it is: nobody else waits in a command."""
    return work(*args, **named)


@dataclass(frozen=True, slots=True)
class _Operator:
    """Carries out one action."""

    store: Store
    poller: Poller
    wanted: _Wanted

    async def show(self) -> Shown:
        return show_feeds(self.store.feeds.list_all(), self.store)

    async def add(self) -> Shown:
        """Keep a feed that can be fetched now, with its entries."""
        from bot.feeds.addresses import identify_feed  # noqa: PLC0415  # as above

        address, _ = await self._look()
        feed_id = identify_feed(address)
        wanted = self.wanted
        self.store.feeds.add(feed_id, address, name=wanted.name, shared=wanted.shared)
        return await self._fetch([self._read(feed_id)])

    async def preview(self) -> Shown:
        _, parsed = await self._look()
        titles = tuple(entry.title or entry.text[:80] for entry in parsed.entries[:PREVIEWED])
        entries = [{"title": e.title, "url": e.url} for e in parsed.entries]
        document: Document = {"title": parsed.title, "entries": entries}
        return Shown(lines=titles, document=document, heading=parsed.title)

    async def pause(self) -> Shown:
        return self._rest(paused=True)

    async def resume(self) -> Shown:
        return self._rest(paused=False)

    async def remove(self) -> Shown:
        """Drop a feed; its articles stay where they are."""
        from bot.feeds.subscriptions import name_feed  # noqa: PLC0415  # as above

        feed = self._find()
        self.store.feeds.remove(feed.feed_id)
        folder = self.poller.folder / feed.feed_id
        line = f"{name_feed(feed)}: removed; its articles stay in {folder} until you delete it"
        return Shown(lines=(line,), document={"removed": feed.feed_id, "folder": str(folder)})

    async def why(self) -> Shown:
        return show_feeds((self._find(),), self.store)

    async def fetch(self) -> Shown:
        """Poll one feed now, or all of them."""
        wanted = [self._find()] if self.wanted.target else list(self.store.feeds.list_all())
        return await self._fetch([feed for feed in wanted if not feed.paused])

    async def import_(self) -> Shown:
        from bot.feeds.addresses import identify_feed  # noqa: PLC0415  # as above
        from bot.feeds.opml import OpmlError, parse_opml  # noqa: PLC0415  # as above

        try:
            outlines, refused = parse_opml(self.wanted.opml)
        except OpmlError as error:
            raise typer.TyperException(
                f"{self.wanted.target}: {error}; export a list of feeds as OPML"
            ) from None
        for one in outlines:
            self.store.feeds.add(
                identify_feed(one.address),
                one.address,
                name=one.name,
                shared=self.wanted.shared,
            )
        line = f"{len(outlines)} feeds taken; `feeds fetch` fetches them now, the bot in its time"
        document: Document = {"imported": len(outlines), "refused": list(refused)}
        return Shown(lines=(line, *refused), document=document)

    async def export(self) -> Shown:
        """Write the list, its addresses whole, to standard output."""
        from bot.feeds.opml import Outline, render_opml  # noqa: PLC0415  # as above
        from bot.feeds.subscriptions import name_feed  # noqa: PLC0415  # as above

        listed = [Outline(f.address, name_feed(f)) for f in self.store.feeds.list_all()]
        opml = render_opml(listed)
        return Shown(lines=tuple(opml.splitlines()), document={"opml": opml})

    async def _look(self) -> tuple[str, ParsedFeed]:
        from bot.feeds.subscriptions import look_at  # noqa: PLC0415  # as above

        return await look_at(self.poller, self.wanted.target)

    def _rest(self, *, paused: bool) -> Shown:
        feed = self._find()
        self.store.feeds.pause(feed.feed_id, paused=paused)
        return show_feeds((self._read(feed.feed_id),), self.store)

    def _find(self) -> FeedRecord:
        from bot.feeds.subscriptions import find_feed_called  # noqa: PLC0415  # as above

        return find_feed_called(self.wanted.target, self.store.feeds.list_all())

    def _read(self, feed_id: str) -> FeedRecord:
        feed = self.store.feeds.read(feed_id)
        if feed is None:
            raise typer.TyperException("the feed was removed meanwhile; add it again")
        return feed

    async def _fetch(self, wanted: list[FeedRecord]) -> Shown:
        from bot.feeds.loop import FeedLoop  # noqa: PLC0415  # as above

        await FeedLoop(self.poller, lambda _: None).poll_all(wanted)
        return show_feeds(tuple(self._read(feed.feed_id) for feed in wanted), self.store)


_ACTIONS: dict[Action, Callable[[_Operator], Awaitable[Shown]]] = {
    "list": _Operator.show,
    "add": _Operator.add,
    "pause": _Operator.pause,
    "resume": _Operator.resume,
    "remove": _Operator.remove,
    "preview": _Operator.preview,
    "why": _Operator.why,
    "fetch": _Operator.fetch,
    "import": _Operator.import_,
    "export": _Operator.export,
}


def show_feeds(listed: tuple[FeedRecord, ...], store: Store) -> Shown:
    """Describe feeds, each with its last fetches and its next one."""
    counts = {feed.feed_id: store.feeds.count_entries(feed.feed_id) for feed in listed}
    lines = tuple(_describe(feed, counts[feed.feed_id]) for feed in listed)
    document: Document = {"feeds": [feed_document(f, counts[f.feed_id]) for f in listed]}
    return Shown(
        lines=lines or ("No feeds; `clippings feeds add ADDRESS` adds one.",), document=document
    )


def feed_document(feed: FeedRecord, entries: int) -> Document:
    """A feed and how its fetching stands; the address without what may be secret."""
    from bot.feeds.addresses import mask_address  # noqa: PLC0415  # as above
    from bot.feeds.subscriptions import name_feed  # noqa: PLC0415  # as above

    moments = ("next_at", "succeeded_at", "failed_at", "failing_since", "newest_at")
    return {
        "id": feed.feed_id,
        "name": name_feed(feed),
        "address": mask_address(feed.address),
        "shared": feed.shared,
        "paused": feed.paused,
        "entries": entries,
        "failures": feed.failures,
        "error": feed.error,
        **{name: _iso(getattr(feed, name)) for name in moments},
    }


def _describe(feed: FeedRecord, entries: int) -> str:
    from bot.feeds.addresses import mask_address  # noqa: PLC0415  # as above
    from bot.feeds.subscriptions import name_feed  # noqa: PLC0415  # as above

    parts = [name_feed(feed), mask_address(feed.address), f"{entries} entries"]
    parts += ["paused"] if feed.paused else []
    parts += [] if feed.shared else ["not shared"]
    parts += [f"fetched {_minute(feed.succeeded_at)}"] if feed.succeeded_at else ["not fetched yet"]
    if feed.error:
        since = f"failing since {_minute(feed.failing_since)}" if feed.failing_since else "failed"
        parts.append(f"{since} ({feed.failures} times): it {feed.error}")
    if not feed.paused and feed.next_at > datetime.fromtimestamp(0, UTC):
        parts.append(f"next at {_minute(feed.next_at)}")
    return " · ".join(parts)


def _minute(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else ""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment and moment.timestamp() > 0 else None


def _explain(error: Exception) -> str:
    reason = getattr(error, "reason", "")
    about = getattr(error, "about", "")
    return {
        "address": f"the address {about}"
        if about.startswith(("is ", "has ", "answers "))
        else about,
        "unknown": f"“{about}” is no feed here; `clippings feeds` lists them",
        "several": f"“{about}” fits more than one feed; `clippings feeds --json` shows their ids",
    }.get(reason, str(error))


def _render(shown: Shown) -> Reply:
    heading = (Heading(shown.heading),) if shown.heading else ()
    return Reply(blocks=(*heading, *map(Note, shown.lines)))
