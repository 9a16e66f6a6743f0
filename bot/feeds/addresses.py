"""Addresses of feeds: brought into one form, named without what may be secret in them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit, urlunsplit

LONGEST_ADDRESS = 2000
MASK = "…"
# Part of a path that looks drawn at random: long, and letters and digits mixed.
_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w~=-]{16,}|[\w~=-]{32,}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class AddressError(ValueError):
    """An address that no feed can be fetched from; the message says why, and does not repeat it."""


def parse_address(typed: str) -> str:
    """The address in the form it is kept in; raises AddressError.

    `feed:` and a missing scheme are put right; only http and https are taken.
    """
    text = typed.strip().strip("<>")
    text = re.sub(r"^feed:(//)?(?=https?:)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^feed:(//)?", "https://", text, flags=re.IGNORECASE)
    if "://" not in text:
        text = f"https://{text}"
    if len(text) > LONGEST_ADDRESS:
        raise AddressError(f"the address is longer than {LONGEST_ADDRESS} characters")
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        raise AddressError("the address holds a space or a control character; encode it as %20")
    return _rebuild(text)


def _rebuild(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise AddressError("that is no address; write it as https://example.org/feed") from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise AddressError("only http and https addresses can be fetched")
    if not host:
        raise AddressError("the address names no host; write it as https://example.org/feed")
    host = f"[{host}]" if ":" in host else host
    place = host if port in {None, _DEFAULT_PORTS[scheme]} else f"{host}:{port}"
    login, at, _ = parts.netloc.rpartition("@")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?[]")
    return urlunsplit((scheme, f"{login}{at}{place}", path, query, ""))


def identify_feed(address: str) -> str:
    """The id of a feed: its host to be read by people, and a digest; it gives no secret away."""
    digest = hashlib.sha256(address.encode()).hexdigest()[:16]
    host = re.sub(r"[^a-z0-9.-]", "-", host_of(address))[:60].strip(".-")
    return f"{host or 'feed'}-{digest}"


def host_of(address: str) -> str:
    """The host of an address in lower case, "" where it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def mask_address(address: str) -> str:
    """An address to show and to log: without login, values of the query, and random-looking parts.

    What is left out is shown as "…".
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return MASK
    host = f"[{host}]" if ":" in host else host
    place = host if port is None else f"{host}:{port}"
    login = f"{MASK}@" if "@" in parts.netloc else ""
    path = "/".join(MASK if _TOKEN.fullmatch(step) else step for step in parts.path.split("/"))
    query = f"?{MASK}" if parts.query else ""
    return f"{parts.scheme}://{login}{place}{path}{query}"


def is_host_allowed(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address lies on one of the hosts or below one; no hosts allow all."""
    host = host_of(address)
    return not hosts or any(
        host == allowed.lower() or host.endswith(f".{allowed.lower()}") for allowed in hosts
    )
