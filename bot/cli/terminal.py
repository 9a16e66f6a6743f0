"""A reply in a terminal: wrapped to its width, links to click, plain text where it is piped."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.replies import Citation, Footer, Heading, Note, Quotation, Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.replies import Block, Reply

WIDEST = 100
UNWRAPPED = 100_000
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def print_reply(reply: Reply, console: Console | None = None) -> None:
    """Print the blocks of a reply, an empty line between those of different kinds.

    A terminal gets headlines to click and at most 100 columns; a pipe gets each address in full on
    a line of its own and no wrapping, unless COLUMNS is set.
    """
    console = console or make_console()
    margin = _number_width(reply)
    before: Block | None = None
    for block in reply.blocks:
        if before is not None and _parts(before, block):
            console.print()
        for line in _lines(block, console, margin):
            console.print(line, soft_wrap=True, highlight=False)
        before = block


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below the names of their columns, each cell on as few lines as fit the screen."""
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    make_console().print(table, highlight=False)


def count(number: int, noun: str) -> str:
    """A number with its noun, for the lines an operator reads: 1 file, 2 files."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def make_console() -> Console:
    """A console on standard output."""
    console = Console()
    if console.is_terminal:
        console.width = min(console.width, WIDEST)
    elif "COLUMNS" not in os.environ:
        console.width = UNWRAPPED
    return console


def _number_width(reply: Reply) -> int:
    """Columns before a citation: those of the longest number, and two spaces."""
    return max((len(str(b.n)) for b in reply.blocks if isinstance(b, Citation)), default=1) + 2


def _parts(before: Block, block: Block) -> bool:
    """Whether an empty line stands between two blocks."""
    if isinstance(before, Heading):
        return False
    if isinstance(before, Citation) and isinstance(block, Citation):
        return bool(before.quotes or block.quotes)
    return type(before) is not type(block)


def _lines(block: Block, console: Console, margin: int) -> Iterator[Text]:
    match block:
        case Title(text) | Heading(text):
            yield from _wrap(Text(_shown(text), style="bold"), console)
        case Quotation():
            yield from _wrap(_quotation(block), console)
        case Citation():
            yield from _citation(block, console, margin)
        case Note(text):
            yield from _wrap(Text(_shown(text)), console)
        case Footer(text):
            yield from _wrap(Text(_shown(text), style="dim"), console)


def _quotation(quote: Quotation) -> Text:
    words = Text(_shown(quote.text))
    for start, end in quote.highlights:
        words.stylize("bold", start, end)
    number = f" {quote.mark}" if quote.mark else ""
    label = (f"{_shown(quote.label)}\n", "bold") if quote.label else ""
    aside = f"{_shown(quote.aside)} " if quote.aside else ""
    ending = " …”" if quote.cut else "”"
    return Text.assemble(label, aside, "“", words, ending, (number, "cyan"))


def _citation(cited: Citation, console: Console, margin: int) -> Iterator[Text]:
    number = Text((str(cited.n) if cited.n else "•").ljust(margin), style="cyan")
    yield from _wrap(_headline(cited, console), console, number)
    indent = Text(" " * margin)
    if cited.link and not console.is_terminal:
        yield Text.assemble(indent, cited.link)
    if cited.also:
        yield from _wrap(Text(_shown(cited.also), style="dim"), console, indent)
    for quote in cited.quotes:
        yield from _wrap(_quotation(quote), console, indent)


def _headline(cited: Citation, console: Console) -> Text:
    """The headline with the link, then outlet and day; without one, under a title that says it."""
    where_to = cited.domain if console.is_terminal else ""  # a pipe gets the whole address
    domain = f" ({_shown(where_to)})" if where_to else ""
    outlet, title = Text(_shown(cited.outlet)), Text(_shown(cited.title), style="bold")
    if cited.link and console.is_terminal:
        linked = title if cited.title else outlet
        linked.append("↗")  # no space before it: it must not stand on a line alone
        linked.stylize(Style(link=cited.link))
    beginning = (title, " · ") if cited.title else ()
    return Text.assemble(*beginning, outlet, domain, " · ", _shown(cited.day))


def _wrap(text: Text, console: Console, first: Text | None = None) -> Iterator[Text]:
    """The lines of a text; the first follows `first`, the others stand below its end."""
    indent = first.cell_len if first else 0
    lines = text.wrap(console, max(console.width - indent, 1))
    for number, line in enumerate(lines):
        line.rstrip()
        start = first if first and number == 0 else Text(" " * indent)
        yield Text.assemble(start, line)


def _shown(text: str) -> str:
    """The text without what could steer a terminal, each such character replaced by one other."""
    return "".join(map(_harmless, text))


def _harmless(letter: str) -> str:
    if letter in BIDI_CONTROLS:
        return "\u200b"
    if letter in "\n\t" or unicodedata.category(letter) != "Cc":
        return letter
    return "\ufffd"
