"""Files that begin with front matter in YAML, TOML or JSON, aggregator records among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retrieval.reading.builder import Draft
from retrieval.reading.cleaning import clean_line, mend, unescape
from retrieval.reading.dates import find_date_in_name, parse_date
from retrieval.reading.header import read_header
from retrieval.reading.markup import body_to_text, markdown_to_text
from retrieval.reading.plain import parse_plain
from retrieval.reading.titles import split_heading
from retrieval.reading.urls import clean_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from retrieval.model import DateFrom
    from retrieval.reading.detect import Format

# Each list in order of trust; keys are compared in lower case.
_ADDRESS_KEYS = (
    "originalurl", "weburl", "canonical_url", "canonical", "url", "link", "permalink",
    "external_url", "ampweburl", "disqus_url",
)  # fmt: skip
_DATE_KEYS = (
    "date", "published_date", "dt_published", "pubdate", "publishdate", "datepublished",
    "published_at", "published", "created", "created_at", "timestamp", "datetime", "day",
)  # fmt: skip
_PATH_KEYS = ("path", "permalink", "url", "slug", "original_slug", "id")
_SITE_KEYS = ("site", "site_name", "publication", "publisher", "outlet", "source", "newspaper")
_AUTHOR_KEYS = ("author", "authors", "byline", "creator")
_EXCERPT_KEYS = ("excerpt", "description", "summary", "subtitle", "abstract", "lead", "standfirst")
_TOPIC_KEYS = ("topics", "tags", "categories", "category")
_BODY_KEYS = ("body", "content", "text", "articlebody")
_MARKDOWN_HINT = re.compile(r"\*\*|\]\(|\]\[|`|</?[a-z]|^#", re.IGNORECASE)
_OPENING = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n")
_YES = frozenset(("true", "yes", "1", "on"))


def parse_front_matter(text: str, form: Format) -> tuple[list[Draft], list[str]]:
    """The article of the file and its related ones, in the file's order, with warnings."""
    header = read_header(text, form)
    if not header.fields:
        return [parse_plain(_OPENING.sub("", header.body))], header.warnings
    fields = _lower_keys(header.fields)
    main = _draft_main(fields, header.body)
    related = fields.get("related")
    entries = related if isinstance(related, list) else []
    others = [_draft_record(_lower_keys(e), main.digest) for e in entries if isinstance(e, dict)]
    return [main, *others], header.warnings


def _draft_main(fields: Mapping[str, object], body: str) -> Draft:
    title = clean_line(fields.get("title")) or clean_line(fields.get("headline"))
    body = body if body.strip() else next(_texts(fields, _BODY_KEYS), "")
    heading, rest = split_heading(body)
    heading = clean_line(markdown_to_text(heading))
    if heading and (not title or heading.casefold() == title.casefold()):
        title, body = title or heading, rest
    return _draft_record(fields, None, title, body_to_text(body))


def _draft_record(
    fields: Mapping[str, object], digest: object, title: str = "", body: str = ""
) -> Draft:
    provider = fields.get("provider")
    provider = _lower_keys(provider) if isinstance(provider, dict) else {}
    published, date_from = _find_date(fields)
    feed, entry = _find_feed(fields.get("feed"))
    return Draft(
        title=title or clean_line(fields.get("title")),
        excerpt=_clean_excerpt(next(_texts(fields, _EXCERPT_KEYS), "")),
        body=body,
        url=next((url for key in _ADDRESS_KEYS if (url := clean_url(fields.get(key)))), None),
        site=clean_line(provider.get("name")) or _find_site(fields),
        domain=clean_line(provider.get("domain")),
        author=", ".join(_names(fields, _AUTHOR_KEYS)),
        published=published,
        date_from=date_from,
        topics=_find_topics(fields),
        quality=_find_number(fields.get("quality")),
        digest=_is_true(digest) or _is_true(fields.get("digest")),
        declared_language=clean_line(fields.get("lang") or fields.get("language")),
        feed=feed,
        entry=entry,
    )


def _find_feed(named: object) -> tuple[str, str]:
    """The ids of the feed and the entry that a file was written for, "" where for none."""
    if not isinstance(named, dict):
        return "", ""
    feed, entry = clean_line(named.get("id")), clean_line(named.get("entry"))
    return (feed, entry) if feed and entry else ("", "")


def _find_date(fields: Mapping[str, object]) -> tuple[datetime | None, DateFrom]:
    if moment := parse_date(fields.get("publisheddatetime")):
        return moment, "field"
    for key in _DATE_KEYS:
        if moment := parse_date(fields.get(key)):
            return moment, "front matter"
    for path in _texts(fields, _PATH_KEYS):
        if moment := find_date_in_name(path):
            return moment, "front matter"
    return None, "none"


def _find_site(fields: Mapping[str, object]) -> str:
    """The name of a site; an address in its place says nothing that the link does not."""
    sites = map(clean_line, _texts(fields, _SITE_KEYS))
    return next((site for site in sites if "/" not in site), "")


def _find_topics(fields: Mapping[str, object]) -> tuple[str, ...]:
    for key in _TOPIC_KEYS:
        if topics := _names(fields, (key,), split=","):
            return topics
    return ()


def _find_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def _clean_excerpt(excerpt: str) -> str:
    if _MARKDOWN_HINT.search(excerpt):
        return markdown_to_text(excerpt)
    return " ".join(mend(unescape(excerpt)).split())


def _lower_keys(fields: Mapping[Any, object]) -> dict[str, object]:
    return {str(key).lower(): value for key, value in fields.items()}


def _texts(fields: Mapping[str, object], keys: Iterable[str]) -> Iterator[str]:
    return (value for key in keys if isinstance(value := fields.get(key), str) and value.strip())


def _names(fields: Mapping[str, object], keys: Iterable[str], split: str = "") -> tuple[str, ...]:
    """The names under the first key that has any; a list may hold mappings with a `name`."""
    for key in keys:
        value = fields.get(key)
        entries = value if isinstance(value, list) else [value]
        if split and isinstance(value, str):
            entries = value.split(split)
        lines = (clean_line(e.get("name") if isinstance(e, dict) else e) for e in entries)
        if names := tuple(dict.fromkeys(line for line in lines if line)):
            return names
    return ()


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in _YES)
