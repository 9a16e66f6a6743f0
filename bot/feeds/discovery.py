"""The feed that a page names."""

from __future__ import annotations

from urllib.parse import urljoin

from bot.feeds.addresses import AddressError, parse_address

# The better first: JSON Feed says what it means, Atom more than RSS.
_KINDS = (
    "application/feed+json",
    "application/atom+xml",
    "application/rss+xml",
    "application/json",
    "application/xml",
    "text/xml",
)


def find_feed(page: bytes, address: str) -> str:
    """The address of the feed that a page at `address` declares, "" where it declares none.

    Of several, the first that is not of comments; that is how sites order them.
    """
    from lxml import etree  # noqa: PLC0415  # slow to import, needed only for pages

    root = etree.HTML(page, etree.HTMLParser(recover=True))
    if root is None:
        return ""
    base = next((each.get("href", "") for each in root.iter("base")), "")
    links = [
        (link.get("href", "").strip(), link.get("title", ""))
        for link in root.iter("link")
        if "alternate" in link.get("rel", "").lower().split()
        and link.get("type", "").lower().split(";")[0].strip() in _KINDS
    ]
    links = [(href, title) for href, title in links if href]
    links.sort(key=lambda link: "comment" in f"{link[0]} {link[1]}".lower())
    return _resolve(links[0][0], base, address) if links else ""


def _resolve(href: str, base: str, address: str) -> str:
    try:
        return parse_address(urljoin(urljoin(address, base), href))
    except (AddressError, ValueError):
        return ""
