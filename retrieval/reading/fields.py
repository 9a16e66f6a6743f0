"""The fields of a record, by whatever keys they go, made a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retrieval.reading import keys
from retrieval.reading.cleaning import clean_line, mend, unescape
from retrieval.reading.dates import find_date_in_name, parse_date
from retrieval.reading.drafts import Draft
from retrieval.reading.markup import markdown_to_text
from retrieval.reading.urls import clean_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retrieval.model import DateFrom
    from retrieval.reading.dates import PrintedDate

_MARKDOWN_HINT = re.compile(r"\*\*|\]\(|\]\[|`|</?[a-z]|^#|\{[{%]|\[\[", re.IGNORECASE)
_YES = frozenset(("true", "yes", "1", "on"))
_NO = frozenset(("false", "no", "0", "off"))
_WIKI_LINK = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
_BY = re.compile(
    r"^(?:by|von|par|por|di|door|van|words by|written by|story by)[: ]\s*", re.IGNORECASE
)
_MAIL_ADDRESS = re.compile(r"\s*<?\b[\w.+-]+@[\w-]+\.[\w.-]+>?\s*")
_TOPIC_MARKS = re.compile("[,;\uff0c\u3001|]")  # ASCII and full width
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_DEEPEST = 4


def squash_keys(fields: Mapping[Any, object]) -> dict[str, object]:
    """The fields by their squashed keys; of two that fall together the first stands."""
    squashed: dict[str, object] = {}
    for key, value in fields.items():
        squashed.setdefault(keys.squash(key), value)
    return squashed


def draft_fields(
    fields: Mapping[str, object], *, title: str = "", body: str = "", digest: object = None
) -> Draft:
    """The draft of a record with squashed keys; a `title` that is given wins over its own."""
    provider = fields.get("provider")
    provider = squash_keys(provider) if isinstance(provider, dict) else {}
    published, date_from = find_date(fields)
    feed, entry = find_feed(fields.get("feed"))
    return Draft(
        title=title or find_title(fields),
        excerpt=clean_excerpt(next(texts(fields, keys.EXCERPT), "")),
        body=body,
        url=find_address(fields),
        address_path=_find_path(fields),
        site=clean_line(provider.get("name")) or find_site(fields),
        domain=clean_line(provider.get("domain")),
        author=find_author(fields),
        published=published,
        date_from=date_from,
        updated=next((d for key in keys.UPDATED if (d := _parse_value(fields.get(key)))), None),
        topics=find_topics(fields),
        quality=_find_number(fields.get("quality")),
        digest=is_true(digest) or is_true(fields.get("digest")),
        declared_language=clean_line(
            text_of(next((fields[k] for k in keys.LANGUAGE if fields.get(k)), ""))
        ),
        hidden=find_hidden(fields),
        feed=feed,
        entry=entry,
    )


def find_feed(named: object) -> tuple[str, str]:
    """The ids of the feed and the entry that a file was written for, "" where for none."""
    if not isinstance(named, dict):
        return "", ""
    feed, entry = clean_line(named.get("id")), clean_line(named.get("entry"))
    return (feed, entry) if feed and entry else ("", "")


def find_title(fields: Mapping[str, object]) -> str:
    """The title, of marks and wiki brackets free; "" where no key holds one."""
    for key in keys.TITLE:
        if title := clean_line(_unlink(text_of(fields.get(key)))):
            return title
    return ""


def find_body(fields: Mapping[str, object]) -> str:
    """The longest of the texts that the keys of a body hold, or ""."""
    held = (fields.get(key) for key in keys.BODY)
    return max((text_of(value, keys.BODY_VALUES) for value in held), key=len, default="")


def find_address(fields: Mapping[str, object]) -> str | None:
    """The first http address among the keys of addresses; an account's or feed's page is none."""
    for key in keys.ADDRESS:
        value = fields.get(key)
        if isinstance(value, dict):
            value = next((value[k] for k in ("@id", "url", "href") if value.get(k)), None)
        if isinstance(value, list):
            value = next((v for v in value if isinstance(v, str)), None)
        if url := clean_url(value):
            return url
    return None


def find_date(fields: Mapping[str, object]) -> tuple[PrintedDate | None, DateFrom]:
    """The day of publication, and where it stood."""
    if moment := _parse_value(fields.get(keys.FIELD_DATE[0])):
        return moment, "field"
    for key in keys.DATE:
        if moment := _parse_value(fields.get(key)):
            return moment, "front matter"
    for path in texts(fields, keys.PATHS):
        if moment := find_date_in_name(path):
            return moment, "front matter"
    return None, "none"


def find_site(fields: Mapping[str, object]) -> str:
    """The name of a site; an address in its place says nothing that the link does not."""
    sites = (clean_line(_unlink(text_of(fields.get(key)))) for key in keys.SITE)
    return next((site for site in sites if _is_name_of_site(site)), "")


def _is_name_of_site(name: str) -> bool:
    return bool(
        name
        and "/" not in name
        and not _LANGUAGE_CODE.fullmatch(name)
        and name.casefold() not in keys.NOT_OUTLETS
    )


def find_author(fields: Mapping[str, object]) -> str:
    """The authors' names, without "by", addresses of mail and brackets, parted by commas."""
    for key in keys.AUTHOR:
        names = (clean_author(name) for name in _names(fields.get(key)))
        if found := list(dict.fromkeys(name for name in names if name)):
            return ", ".join(found)
    return ""


def clean_author(name: str) -> str:
    """A person's name as it would stand in a byline."""
    name = _BY.sub("", clean_line(_unlink(name)))
    if found := re.fullmatch(r"[\w.+-]+@[\w.-]+\s*\((.+)\)", name):  # as RSS gives authors
        return found[1]
    return _MAIL_ADDRESS.sub(" ", name).strip(" ,;") if "@" in name else name


def find_topics(fields: Mapping[str, object]) -> tuple[str, ...]:
    """The topics under the first key that has any, without marks of tags and wiki links."""
    for key in keys.TOPICS:
        value = fields.get(key)
        parts = (
            _split_topics(value, plural=key in keys.PLURAL_TOPICS)
            if isinstance(value, str)
            else None
        )
        lines = (clean_line(_unlink(p)).lstrip("#") for p in (parts or _names(value)))
        if topics := tuple(dict.fromkeys(line for line in lines if line)):
            return topics
    return ()


def find_hidden(fields: Mapping[str, object]) -> str:
    """Why a record is not to be seen yet ("draft: true"), or ""."""
    for key in keys.DRAFT_FLAGS:
        if is_true(fields.get(key)):
            return f"{key}: true"
    for key in keys.STATE:
        state = text_of(fields.get(key))
        if keys.squash(state) in keys.HIDDEN_STATES:
            return f"{key}: {state.strip()}"
    if _is_false(fields.get("published")) and not keys.FOUND_ON_THE_WEB & fields.keys():
        return "published: false"
    return ""


def clean_excerpt(excerpt: str) -> str:
    """An excerpt on one line, or in the paragraphs that its marks make."""
    if _MARKDOWN_HINT.search(excerpt):
        return markdown_to_text(excerpt)
    return " ".join(mend(unescape(excerpt)).split())


def text_of(value: object, names: tuple[str, ...] = keys.VALUES, depth: int = 0) -> str:
    """The text of a value: of a mapping what stands for it, of a list its texts as paragraphs."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if depth < _DEEPEST and isinstance(value, dict):
        inner = squash_keys(value)
        for key in names:
            if text := text_of(inner.get(key), names, depth + 1):
                return text
    if depth < _DEEPEST and isinstance(value, list):
        return "\n\n".join(text for part in value if (text := text_of(part, names, depth + 1)))
    return ""


def texts(fields: Mapping[str, object], names: Iterable[str]) -> Iterator[str]:
    """The texts under these keys that say anything, in the order of the keys."""
    values = (fields.get(name) for name in names)
    return (t for v in values if not isinstance(v, (int, float)) and (t := text_of(v)).strip())


def is_true(value: object) -> bool:
    """Whether a flag is set, in any spelling of it."""
    return value is True or (isinstance(value, str) and value.strip().lower() in _YES)


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in _NO)


def _parse_value(value: object) -> PrintedDate | None:
    """A day also where a mapping or a list holds it."""
    if isinstance(value, dict):
        inner = squash_keys(value)
        held = (inner.get(key) for key in (*keys.DATE, "value", "iso", "rendered"))
        return next(
            (found for v in held if not isinstance(v, dict) and (found := _parse_value(v))), None
        )
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        value = _unlink(value)
    return parse_date(value)


def _find_path(fields: Mapping[str, object]) -> str:
    """A path on the site that these files make, for a base address to stand before."""
    for key in ("permalink", "url", "path", "slug"):
        value = fields.get(key)
        if isinstance(value, str) and value.strip() and "://" not in value and ":" not in value:
            return value.strip() if key != "slug" else f"{value.strip()}/"
    return ""


def _find_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def _names(value: object) -> list[str]:
    """The names in a value: one, a list of them, or mappings that hold a name."""
    if isinstance(value, dict) and not any(keys.squash(k) in keys.VALUES for k in value):
        value = [entry for entry in value.values() if isinstance(entry, dict)]
    entries = value if isinstance(value, list) else [value]
    return [text_of(entry) for entry in entries if not isinstance(entry, (int, float))]


def _split_topics(value: str, *, plural: bool) -> list[str]:
    """Topics in one line: by commas and the like, else by links, else in lower case by blanks."""
    if _TOPIC_MARKS.search(value):
        return _TOPIC_MARKS.split(value)
    if links := _WIKI_LINK.findall(value):
        return links
    words = value.split()
    if plural and all(word[:1].islower() or not word[:1].isalpha() for word in words):
        return words
    return [value]


def _unlink(text: str) -> str:
    """A name without the brackets that make it a link in notes, and without quotes around it."""
    if "[" in text:
        text = _MARKDOWN_LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text))
    return text
