"""Web addresses: which are cited, and which name the same article."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'\[\]{}|\\^`\u3000-\u9fff]+", re.IGNORECASE)
_TRACKING = re.compile(
    r"(utm_.*|ref|ref_src|ref_url|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|cmpid|ncid|"
    r"guccounter|guce_.*|ftag|ocid|cvid|taid|smid|sh|amp)",
    re.IGNORECASE,
)
_AMP_VALUE = re.compile(r"(.*\.)?amp(page\w*)?", re.IGNORECASE)
_AMP_CACHE = re.compile(r"[\w-]+\.cdn\.ampproject\.org")
_DEFAULT_PORTS = {80, 443}
# "bbc.co.uk": the second last label is no name where the last is a country.
_SECOND_LEVEL = {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"}
_ACRONYM = 3


def clean_url(value: object) -> str | None:
    """The first http or https address in a field, without stray quotes and brackets, or none."""
    if not isinstance(value, str) or not (found := _ADDRESS.search(value)):
        return None
    url = found.group().rstrip(".,;:!*")
    url = url if "://" in url else f"http://{url}"
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!*")
    return url if read_host(url) else None


def read_host(url: str) -> str:
    """The host of an address in lower case without `www.`; "" where it names no public host."""
    try:
        host = (urlsplit(url).hostname or "").strip(".").removeprefix("www.")
    except ValueError:
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


def name_outlet(name: str, domain: str) -> str:
    """A readable outlet name from the given one and the domain, either of which may be "".

    A given name stands as it is, unless it is itself an address ("tech.example") or the lower-case
    beginning of the domain's own name.
    """
    name = name.strip()
    if not name:
        return _spell(_find_label(domain))
    if " " in name or (name != name.lower() and "." not in name):
        return name
    if "." in name:
        return _name_dotted(name.lower(), domain)
    label = _find_label(domain)
    return _spell(label if label.startswith(name) else name)


def _name_dotted(name: str, domain: str) -> str:
    """Spell a name that is an address: its own label, or its sub-names where it has no suffix."""
    host = name.removeprefix("www.")
    if not domain or host == domain or host.endswith("." + domain):
        return _spell(_find_label(host))
    labels = host.split(".")
    if len(labels) > 1 and domain.startswith(labels[-1] + "."):
        labels.pop()
    return " ".join(_spell(label) for label in labels)


def _find_label(domain: str) -> str:
    labels = domain.lower().removeprefix("www.").split(".")
    if len(labels) > 1:
        country = labels.pop()
        if len(labels) > 1 and labels[-1] in _SECOND_LEVEL and len(country) == len("uk"):
            labels.pop()
    return labels[-1]


def _spell(label: str) -> str:
    words = [word for word in re.split(r"[-_\s]+", label) if word]
    return " ".join(w.upper() if len(w) <= _ACRONYM else w[0].upper() + w[1:] for w in words)
