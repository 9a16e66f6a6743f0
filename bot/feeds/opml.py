"""Lists of feeds in OPML, in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # only builds what is written; reading is lxml's

from bot.feeds.addresses import AddressError, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_FEEDS = 2_000
LARGEST_FILE = 5_000_000  # bytes


class OpmlError(Exception):
    """A file that is no list of feeds, in one line."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    address: str
    name: str = ""


def parse_opml(raw: bytes) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """The feeds of a list, each once, and a line for each that cannot be taken.

    Raises OpmlError where it is no list.
    """
    outlines: dict[str, Outline] = {}
    refused: list[str] = []
    for given, name in _list_outlines(raw):
        try:
            address = parse_address(given)
        except AddressError as error:
            refused.append(f"{name or 'a feed without a name'}: {error}")
        else:
            outlines.setdefault(address, Outline(address, name))
    if len(outlines) > MOST_FEEDS:
        raise OpmlError(f"lists more than {MOST_FEEDS} feeds")
    return tuple(outlines.values()), tuple(refused)


def _list_outlines(raw: bytes) -> Iterator[tuple[str, str]]:
    """The address and name of every outline that has an address."""
    from lxml import etree  # noqa: PLC0415  # slow to import, seldom needed

    if len(raw) > LARGEST_FILE:
        raise OpmlError(f"is larger than {LARGEST_FILE / 1e6:.0f} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.tag.lower() != "opml":
        raise OpmlError("is no OPML")
    for element in root.iter("outline"):
        given = element.get("xmlUrl") or element.get("xmlurl") or ""
        name = " ".join((element.get("title") or element.get("text") or "").split())[:200]
        if given.strip():
            yield given, name


def render_opml(outlines: Iterable[Outline], title: str = "Clippings") -> str:
    """The list as OPML 2.0; addresses stand in it whole, secrets included."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    for one in outlines:
        name = one.name or one.address
        ET.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=one.address)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
