"""Web addresses: which are cited, and which lead to the same article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'\[\]{}|\\^`\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE
)
# An address with a space in its path, as some feeds give them, rather than one with a remark.
_SPACED = re.compile(r"https?://[^\s/]+/[^\s:]*( [^\s:/]+){1,8}/[^\s:]*", re.IGNORECASE)
_TRACKING = re.compile(
    r"(utm_.*|ref|ref_src|ref_url|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|cmpid|ncid|"
    r"guccounter|guce_.*|ftag|ocid|cvid|taid|smid|sh|amp)",
    re.IGNORECASE,
)
_AMP_VALUE = re.compile(r"(.*\.)?amp(page\w*)?", re.IGNORECASE)
_AMP_CACHE = re.compile(r"[\w-]+\.cdn\.ampproject\.org")
_DEFAULT_PORTS = {80, 443}


def clean_url(value: object) -> str | None:
    """The first http or https address in a field, without stray quotes and brackets, or none."""
    if not isinstance(value, str):
        return None
    if spaced := _SPACED.fullmatch(value.strip(" \t\"'")):
        value = "%20".join(spaced.group().split())
    if not (found := _ADDRESS.search(value)):
        return None
    url = found.group().rstrip(".,;:!*")
    url = url if "://" in url else f"http://{url}"
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!*")
    return url if read_host(url) else None


def read_host(url: str) -> str:
    """The host of an address in lower case without `www.`; "" where it names no public host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").strip(".").removeprefix("www.")
    except ValueError:
        return ""
    # "https://paper.example@elsewhere.example" is made to deceive.
    if "@" in parts.netloc:
        return ""
    return host if "." in host and not host.startswith("localhost") else ""


def build_url_key(url: str) -> str:
    """What two addresses of one article share.

    Scheme, `www.`, default port, fragment, tracking parameters, a closing slash and the marks of
    an AMP copy are left out.
    """
    parts = urlsplit(url)
    host, path = read_host(url), parts.path
    if _AMP_CACHE.fullmatch(host):
        host, path = _open_amp_cache(path)
    host = host.removeprefix("amp.")
    steps = [step for step in path.split("/") if step and step.lower() != "amp"]
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0]) and not _AMP_VALUE.fullmatch(pair[1])
    ]
    key = "/".join([host + _name_port(url), *steps])
    return f"{key}?{urlencode(query)}" if query else key


def _open_amp_cache(path: str) -> tuple[str, str]:
    """`/c/s/host/path` of an AMP cache names the page it copies."""
    steps = [step for step in path.split("/") if step]
    while steps and steps[0] in {"c", "s", "v"}:
        steps.pop(0)
    host = steps.pop(0).lower().removeprefix("www.") if steps else ""
    return host, "/".join(steps)


def _name_port(url: str) -> str:
    try:
        port = urlsplit(url).port
    except ValueError:
        return ""
    return f":{port}" if port and port not in _DEFAULT_PORTS else ""
