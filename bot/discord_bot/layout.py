"""A page of a reply as Discord shows it: one container of text, then what can be done next.

Components V2 rather than embeds: a container holds quotes and their links in the order they are
read, on a phone too, where an embed puts fields side by side, shows several that share an address
as one, and allows 6,000 characters over all but no button beside the text it belongs to. A deferred
answer cannot carry the flag of V2, so it is set by the edit that fills the answer in.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import discord
from discord import File, MediaGalleryItem
from discord.ui import ActionRow, Container, LayoutView, MediaGallery, Separator, TextDisplay

from bot.discord_bot.escaping import encode_address, escape, escape_line, isolate, strip_unseen
from bot.replies import Citation, Footer, Heading, Note, Quotation, Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.replies import Block, Reply

# Discord takes 4,000 characters and about 10,000 bytes of text (docs: components/reference; issue
# 8554 of its API documentation): what a page may weigh, with room for the lines between blocks.
PAGE_WEIGHT = 3700
BYTES_A_CHARACTER = 10_000 / 4000 * 0.95
LINE_WEIGHT = 100  # of the shortest line: a list of lines fills a few screens of a phone, no more
CITATIONS_A_PAGE = 6  # with its buttons, a page of as many has 35 of the 40 components allowed
# Discord names no limit for a link in a text, and 2,048 characters for addresses elsewhere; beside
# one as long, a citation and the beginnings of three quotes still fit on a page.
LONGEST_LINK = 2048

NOBODY = discord.AllowedMentions.none()  # said with every message, whatever the client's default

ANSWERED = 0x2F6F62
NOTHING_FOUND = 0x8A8F98
REFUSED = 0xB3541E


def paginate(reply: Reply) -> tuple[Reply, ...]:
    """Deal a reply out over messages, each within Discord's limits."""
    return reply.paged(weigh, PAGE_WEIGHT, most=CITATIONS_A_PAGE)


def weigh(block: Block) -> int:
    """Return what a block takes of `PAGE_WEIGHT`: its characters, more for its bytes or height."""
    text = draw(block)
    characters = len(text.encode("utf-16-le")) // 2  # an emoji may count as two
    least = LINE_WEIGHT if isinstance(block, Note) else 0
    return max(characters, int(len(text.encode()) / BYTES_A_CHARACTER), least) + 2


def lay_out(
    page: Reply, rows: Sequence[ActionRow[LayoutView]] = (), *, chart: File | None = None
) -> LayoutView:
    """Build the message of one page with its rows of buttons and a picture with its alt text."""
    view = LayoutView(timeout=None)
    colour = ANSWERED if page.answered else NOTHING_FOUND
    container: Container[LayoutView] = Container(accent_colour=colour)
    for place, region in enumerate(_regions(page.blocks)):
        if place:
            container.add_item(Separator())
        for n, text in enumerate(_texts(region)):
            if n and isinstance(region[0], Citation | Heading):
                container.add_item(Separator(visible=False))
            container.add_item(TextDisplay(text))
        if place == 0 and chart is not None:
            container.add_item(MediaGallery(_picture(chart)))
    view.add_item(container)
    for row in rows:
        view.add_item(row)
    return view


def lay_out_line(text: str, *, refused: bool = True) -> LayoutView:
    """Build a message of one sentence in our own words: a refusal or an error, else a hint."""
    view = LayoutView(timeout=None)
    view.add_item(Container(TextDisplay(text), accent_colour=REFUSED if refused else ANSWERED))
    return view


def draw(block: Block) -> str:
    """Return a block in Discord's Markdown."""
    match block:
        case Title(text, link):
            shown = _link(escape_line(text), find_address(link))
            return f"### {shown}" if strip_unseen(text).strip() else ""
        case Heading(text):
            return f"**{escape_line(text)}**"
        case Quotation():
            return _draw_quotation(block)
        case Citation():
            return _draw_citation(block)
        case Note(text):
            return escape_line(text)
        case Footer(text):
            return f"-# {escape_line(text)}"


def _regions(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """What lines part: the title with what it says at once, the list below it, the footer."""
    listed = next((n for n, b in enumerate(blocks) if isinstance(b, Citation | Heading)), None)
    end = next((n for n, b in enumerate(blocks) if isinstance(b, Footer)), len(blocks))
    start = end if listed is None else listed
    for region in (blocks[:start], blocks[start:end], blocks[end:]):
        if any(map(draw, region)):
            yield list(region)


def _texts(region: Iterable[Block]) -> Iterator[str]:
    """One text for each citation with the heading before it, and for each run of other blocks.

    Citations without quotes are lines of one list.
    """
    heading = ""
    for kind, run in groupby(region, key=_kind):
        texts = list(filter(None, map(draw, run)))
        if kind is Heading:
            heading = "\n".join(texts) + "\n"
            continue
        for text in (
            texts if kind is Citation else [("\n\n" if kind is Quotation else "\n").join(texts)]
        ):
            if text:
                yield heading + text
                heading = ""


def _kind(block: Block) -> type[Block]:
    """What is drawn alike: a citation without quotes is a line, as a note is."""
    return Note if isinstance(block, Citation) and not block.quotes else type(block)


def _draw_quotation(quote: Quotation) -> str:
    number = f"\N{NO-BREAK SPACE}{quote.mark}" if quote.mark else ""
    aside = f"{escape_line(quote.aside)} " if quote.aside else ""
    lines = f"{aside}“{_draw_words(quote)}{' …' if quote.cut else ''}”{number}".split("\n")
    label = [f"**{escape_line(quote.label)}**"] if quote.label else []
    return "\n".join([*label, *(f"> {line}" for line in lines)])


def _draw_words(quote: Quotation) -> str:
    """The words of a quote, those asked for in bold."""
    drawn, place = "", 0
    for start, end in _spans(quote):
        drawn += f"{escape(quote.text[place:start])}**{escape(quote.text[start:end])}**"
        place = end
    return isolate(drawn + escape(quote.text[place:]))


def _spans(quote: Quotation) -> list[tuple[int, int]]:
    """Highlights that bold can show: in order, those side by side as one, none of them blank."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(quote.highlights):
        words = quote.text[start:end]
        if not strip_unseen(words).strip() or "\n" in words:
            continue
        if spans and not quote.text[spans[-1][1] : start].strip(" "):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _draw_citation(cited: Citation) -> str:
    number = f"**{cited.n}**  " if cited.n else ""
    title = [_link(escape_line(cited.title), find_address(cited.link))] if cited.title else []
    domain = f" ({escape_line(cited.domain)})" if cited.domain else ""
    outlet = f"{escape_line(cited.outlet)}{domain}"
    head = number + " · ".join([*title, outlet, escape_line(cited.day)])
    also = [f"-# {escape_line(cited.also)}"] if cited.also else []
    return "\n".join([head, *also, *map(_draw_quotation, cited.quotes)])


def _link(text: str, address: str) -> str:
    return f"[{text}]({address})" if address else text


def find_address(link: str | None) -> str:
    """Return a link as Markdown takes it, "" for none that fits.

    A link that is too long leads to the page instead of the sentence in it.
    """
    if not link:
        return ""
    addresses = (encode_address(each) for each in (link, link.partition("#")[0]))
    return next((a for a in addresses if a and len(a) <= LONGEST_LINK), "")


def _picture(chart: File) -> MediaGalleryItem:
    return MediaGalleryItem(f"attachment://{chart.filename}", description=chart.description)
