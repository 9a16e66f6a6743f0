"""Photographs every kind of message for the manual: `python -m docs.screenshots`, with Chromium."""
# ruff: noqa: INP001  # a script, not a package

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from bot.compose import build_client, build_desk, open_coverage, open_store
from bot.discord_bot.settings_panel import OWN_LANGUAGE
from bot.preview import open_newsroom
from bot.settings import CoverageSettings, LimitsSettings, Settings, StoreSettings
from bot.wording import LANGUAGES
from tests.support.browser import open_browser
from tests.support.messages import press

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import simcord

    from bot.preview import Newsroom
    from tests.support.browser import Browser, Page

    Act = Callable[[Newsroom], Awaitable[simcord.InteractionResult]]

FOLDER = Path(__file__).parent / "screenshots"
WIDTHS = {"desktop": 1200, "phone": 390}
HEIGHT = 2600  # tall enough for the longest message, for the page draws what is in sight
PAGE_HEIGHT = 900
MARGIN = 8
WIDEST = 760  # beyond it a wide page shows nothing
COLOURS = 192
LAID_OUT = "document.querySelector('#action-status').innerText === 'Viewport updated'"
STANDS_STILL = """new Promise(resolve => {
  let height = 0, calm = 0
  const look = () => {
    const now = %s.offsetHeight
    calm = now === height ? calm + 1 : 0
    height = now
    calm > 15 ? resolve(true) : setTimeout(look, 50)
  }
  look()
})"""  # a picture is loaded after the text, and the page does not say when
QUESTION = "What is Meta building to rival GPT-4?"
FOLLOW_UP = "Who reported it first?"
NOT_COVERED = "What did Apple pay for its data center in Denmark?"
STORY = "Meta is developing a new, more powerful AI system"


def by_command(command: str, **options: object) -> Act:
    """Give the act of a slash command."""
    return lambda newsroom: newsroom.member.slash(newsroom.channel, command, **options)


def by_press(label: str, command: str, **options: object) -> Act:
    """Give the act of what a button or the menu under the answer to a slash command says."""

    async def act(newsroom: Newsroom) -> simcord.InteractionResult:
        shown = await newsroom.member.slash(newsroom.channel, command, **options)
        return await press(newsroom.member, last_message(shown), label)

    return act


def by_follow_up(question: str, then: str) -> Act:
    """Give the act of a question and another one after it, the second to be shown."""

    async def ask(newsroom: Newsroom) -> simcord.InteractionResult:
        await newsroom.member.slash(newsroom.channel, "ask", question=question)
        return await newsroom.member.slash(newsroom.channel, "ask", question=then)

    return ask


def in_language(language: str, act: Act) -> Act:
    """Give an act in a server that chose another language, and the choice taken back."""

    async def translated(newsroom: Newsroom) -> simcord.InteractionResult:
        await choose_language(newsroom, language)
        shown = await act(newsroom)
        await choose_language(newsroom, OWN_LANGUAGE)
        return shown

    return translated


async def choose_language(newsroom: Newsroom, language: str) -> None:
    """Choose the server's language as its managers do."""
    panel = last_message(await newsroom.member.slash(newsroom.channel, "desk settings"))
    await newsroom.member.select(panel, [language], custom_id="desk:set:language")


ACTS: dict[str, Act] = {
    "answer": by_command("ask", question=QUESTION),
    "followup": by_follow_up(QUESTION, FOLLOW_UP),
    "private": by_command(
        "ask", question="Which GPUs has Meta chosen for its new model?", private=True
    ),
    "abstention": by_command("ask", question=NOT_COVERED),
    "sources": by_press("More sources", "ask", question=QUESTION),
    "search": by_command("search", query="open source"),
    "latest": by_command("latest"),
    "story": by_command("story", about=STORY),
    "timeline": by_command("timeline", about=STORY),
    "compare": by_command("compare", about=STORY),
    "changes": by_command("changes", since="11 Sep 2023"),
    "article": by_command("article", title="Meta Aims to Build an Open-Source ChatGPT Contender"),
    "outlets": by_command("outlets"),
    "help": by_command("help"),
    "about": by_command("about"),
    "privacy": by_command("privacy policy"),
    "kept": by_command("privacy show"),
    "settings": by_command("desk settings"),
    "status": by_command("desk status"),
    "gaps": by_command("desk gaps"),
    "error": by_command("changes", since="the day of the flood"),
}


ACTS |= {
    f"{name}-{language}": in_language(language, ACTS[name])
    for language in LANGUAGES
    if language != "en"
    for name in ("answer", "abstention", "help")
}


async def photograph_all(names: list[str]) -> None:
    """Act out what is named, or everything, and keep a picture of each reply at each width."""
    async with open_page_in_memory() as (newsroom, page), open_browser() as browser:
        if not names:
            await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
            await page.refresh()
            await photograph_page(browser, page.url)
        views = {
            width: await open_view(browser, page.url, pixels) for width, pixels in WIDTHS.items()
        }
        for name in names or ACTS:
            shown = await ACTS[name](newsroom)
            await page.refresh()
            for width, view in views.items():
                picture = await photograph(view, last_message(shown).id)
                write_small(picture, FOLDER / f"{name}-{width}.png")


@asynccontextmanager
async def open_page_in_memory() -> AsyncIterator[tuple[Newsroom, simcord.Preview]]:
    """Open the preview on the shipped coverage, with files of its own and no limit on asking."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            coverage=CoverageSettings(cache=Path(folder)),
            store=StoreSettings(path=Path(folder) / "store.sqlite3"),
            limits=LimitsSettings(per_person=1000, per_server=1000),
        )
        desk = build_desk(settings, open_coverage(settings), open_store(settings))
        async with (
            open_newsroom(build_client(settings, desk)) as newsroom,
            newsroom.open_page() as page,
        ):
            yield newsroom, page


async def open_view(browser: Browser, url: str, width: int) -> Page:
    """Open the page at a width, without the list of messages beside the conversation."""
    view = await browser.open(url, width=width, height=HEIGHT)
    await view.until("document.querySelector('#channel-composer-input') !== null")
    if width == WIDTHS["desktop"]:
        await view.evaluate("document.querySelector('#messages-toggle').click()")
    await view.evaluate("document.querySelector('#channel-timeline').style.scrollbarWidth = 'none'")
    await view.until("document.querySelector('#preview-app').offsetWidth === innerWidth")
    return view


async def photograph_page(browser: Browser, url: str) -> None:
    """Photograph the whole page as a newcomer finds it, and headlines suggested while they type."""
    view = await browser.open(url, width=WIDTHS["desktop"], height=PAGE_HEIGHT)
    await view.until(LAID_OUT)
    write_small(await view.photograph(), FOLDER / "page-desktop.png")
    await view.evaluate("document.querySelector('#channel-composer-input').focus()")
    await view.type("/article")
    await view.until("document.querySelector('[role=option]') !== null")
    await view.type("\nMeta")
    offered = "[...document.querySelectorAll('[role=option]')].map(option => option.innerText)"
    await view.until(f"{offered}.some(text => text.startsWith('Meta'))")
    write_small(await view.photograph(), FOLDER / "suggestions-desktop.png")


def last_message(shown: simcord.InteractionResult) -> simcord.ResponseMessage:
    """Give the message that an act led to."""
    messages = [*shown.followups, shown.response]
    return next(message for message in messages if message is not None)


async def photograph(view: Page, message_id: int) -> bytes:
    """Wait until a message stands still with its pictures, and photograph it alone."""
    article = f"document.querySelector('article[data-message-id=\"{message_id}\"]')"
    await view.until(f"{article} !== null && {article}.getAttribute('aria-busy') === 'false'")
    await view.evaluate(STANDS_STILL % article)
    await view.evaluate(f"{article}.scrollIntoView({{block: 'end'}})")
    box = await view.evaluate(f"{article}.getBoundingClientRect().toJSON()")
    return await view.photograph(
        {
            "x": max(0, box["x"] - MARGIN),
            "y": max(0, box["y"] - MARGIN),
            "width": min(box["width"] + 2 * MARGIN, WIDEST),
            "height": box["height"] + 2 * MARGIN,
        }
    )


def write_small(picture: bytes, path: Path) -> None:
    """Write a PNG with few colours: these are flat, and the repository keeps every version."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    asyncio.run(photograph_all(sys.argv[1:]))
