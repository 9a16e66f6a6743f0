"""Web addresses: which are cited, and which lead to the same article."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'\[\]{}|\\^`\u3000-\u303f\uff00-\uffef]+", re.IGNORECASE
)
# An address with a space in its path, as some feeds give them, rather than one with a remark.
_SPACED = re.compile(r"https?://[^\s/]+/[^\s:]*( [^\s:/]+){1,8}/[^\s:]*", re.IGNORECASE)
# Parameters that say how a reader came to a page, not which page it is.
_TRACKERS = frozenset(
    ("ref", "ref_src", "refsrc", "ref_url", "referrer", "fbclid", "gclid", "dclid", "gclsrc",
     "msclkid", "yclid", "twclid", "ttclid", "wbraid", "gbraid", "igshid", "igsh", "mc_cid",
     "mc_eid", "mkt_tok", "cmpid", "cmp", "ncid", "guccounter", "ftag", "ocid", "cvid", "taid",
     "smid", "sh", "amp", "xtor", "ito", "icid", "intcmp", "wt_mc", "wt.mc_id", "_hsenc", "_hsmi",
     "hsctatracking", "oly_anon_id", "oly_enc_id", "trk", "trkcampaign", "s_cid", "s_kwcid",
     "soc_src", "soc_trk", "spm", "scm", "share_source", "share_medium", "campaign_id", "ad_id",
     "publication_id", "isfreemail", "triedredirect")
)  # fmt: skip
_TRACKER_PREFIXES = (
    "utm_", "guce_", "at_", "ns_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "vero_", "int_",
)  # fmt: skip
_SHARED = re.compile(
    r"|1|true|rss\d*|feed|twitter|facebook|e?mail|newsletter|social|share\w*|reddit|whatsapp|"
    r"linkedin|singlemessage|timeline|msn|yahoo|flipboard\w*|youtu\.be|emb_\w*|.{32,}",
    re.IGNORECASE,
)
# These are trackers only with a value that says where a link was shared.
_TRACKERS_BY_VALUE = frozenset(
    ("source", "src", "via", "from", "rss", "feature", "partner", "share", "shared", "token", "cid")
)
_AMP_VALUE = re.compile(r"(.*\.)?amp(page\w*)?", re.IGNORECASE)
_AMP_CACHE = re.compile(r"[\w-]+\.cdn\.ampproject\.org")
_INDEX_PAGE = re.compile(r"(?:index|default)\.(?:html?|php|aspx?)", re.IGNORECASE)
_MOBILE = re.compile(r"\A(?:amp|m|mobile)\.(?=[^.]+\.)")
_DEFAULT_PORTS = {80, 443}
_MEMO = 8192


def clean_url(value: object) -> str | None:
    """The first http or https address in a field, without stray quotes and brackets, or none."""
    if not isinstance(value, str) or ("://" not in value and "www." not in value.lower()):
        return None
    if spaced := _SPACED.fullmatch(value.strip(" \t\"'")):
        value = "%20".join(spaced.group().split())
    if not (found := _ADDRESS.search(value)):
        return None
    url = found.group().rstrip(".,;:!*")
    url = url if "://" in url else f"http://{url}"
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!*")
    return url if parse_host(url) else None


def join_url(base: str, path: str) -> str | None:
    """The address of a path below a base address, or none where the base is no address."""
    home = clean_url(base)
    if home is None or not path:
        return None
    return clean_url(urljoin(home.rstrip("/") + "/", path.lstrip("/")))


@lru_cache(_MEMO)
def parse_host(url: str) -> str:
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

    Scheme, `www.`, default port, fragment, trackers, the order of parameters, the way letters are
    percent-encoded, a closing slash or index page and the marks of an AMP copy make no difference.
    """
    parts = urlsplit(_canonicalise(url))
    host, path = parse_host(url), parts.path
    if _AMP_CACHE.fullmatch(host):
        host, path = _open_amp_cache(path)
    host = _MOBILE.sub("", host)
    steps = [step for step in path.split("/") if step and step.lower() != "amp"]
    if steps and _INDEX_PAGE.fullmatch(steps[-1]):
        steps.pop()
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracker(*pair)
    ]
    key = "/".join([host + _name_port(url), *map(unquote, steps)])
    return f"{key}?{urlencode(sorted(query))}" if query else key


def _canonicalise(url: str) -> str:
    from w3lib.url import canonicalize_url  # noqa: PLC0415  # needed only where files are parsed

    try:
        return str(canonicalize_url(url))
    except (ValueError, UnicodeError):
        return url


def _is_tracker(name: str, value: str) -> bool:
    name = name.lower()
    if name in _TRACKERS or name.startswith(_TRACKER_PREFIXES) or _AMP_VALUE.fullmatch(value):
        return True
    return name in _TRACKERS_BY_VALUE and _SHARED.fullmatch(value) is not None


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
