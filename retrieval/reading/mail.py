"""Saved mail: newsletters as they came, whole mailboxes, and pages that browsers save as mail."""

from __future__ import annotations

import email
import re
from email import policy
from typing import TYPE_CHECKING

from retrieval.reading.cleaning import clean_line, mend, unseal
from retrieval.reading.dates import parse_date
from retrieval.reading.decoding import decode_bytes
from retrieval.reading.detect import SourceText
from retrieval.reading.drafts import Draft, Parsed, Rejected
from retrieval.reading.markup import body_to_text
from retrieval.reading.page import parse_page
from retrieval.reading.urls import clean_url

if TYPE_CHECKING:
    from email.message import Message

_MAILBOX = re.compile(rb"^From [^\n]*\d{4}[^\n]*\r?\n(?=[A-Za-z-]+:)", re.MULTILINE)
_SENDER = re.compile(r"\s*[\"']?(.*?)[\"']?\s*(?:<[^<>]*>)?\s*")
_FORWARDED = re.compile(r"^(?:re|fwd?|aw|wg|tr|rv)\s*:\s*", re.IGNORECASE)
_MOST_PARTS = 200
_FEWEST_LETTERS = 40
# Text in HTML that merely wraps what the plain part says is not needed; a stub plain part is.
_STUB = re.compile(
    r"view (?:this|it|email|in|the).{0,40}browser|does not support html|html[- ]version",
    re.IGNORECASE,
)


def parse_mail(source: SourceText) -> Parsed:
    """Each message of a mail or a mailbox an article. Raises Rejected where none has a text."""
    raw = source.raw or source.text.encode("utf-8", "replace")
    messages = [part for part in _MAILBOX.split(raw) if part.strip()]
    drafts = [draft for part in messages if (draft := _draft_message(part, source)) is not None]
    if not drafts:
        raise Rejected("mail without a subject or text")
    return Parsed(drafts, left_out=len(messages) - len(drafts), many=True)


def _draft_message(raw: bytes, source: SourceText) -> Draft | None:
    try:
        message: Message = email.message_from_bytes(raw.lstrip(), policy=policy.compat32)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    plain, html = _find_parts(message)
    title = clean_line(_FORWARDED.sub("", _header(message, "Subject")))
    body = _render(plain, html)
    if not title and not body:
        return None
    address = _header(message, "Snapshot-Content-Location")
    if address and html:
        return _draft_snapshot(html, address, title, source)
    moment = parse_date(_header(message, "Date"))
    sender = _SENDER.fullmatch(_header(message, "From"))
    return Draft(
        title=title,
        body=body,
        url=_find_archive(message),
        site=clean_line(sender[1]) if sender and "@" not in sender[1] else "",
        published=moment,
        date_from="front matter" if moment else "none",
        declared_language=_header(message, "Content-Language"),
    )


def _draft_snapshot(html: str, address: str, title: str, source: SourceText) -> Draft | None:
    from dataclasses import replace  # noqa: PLC0415  # here alone

    draft = parse_page(SourceText(html, source.path)).drafts[0]
    return replace(draft, url=draft.url or clean_url(address), title=draft.title or title)


def _find_parts(message: Message) -> tuple[str, str]:
    """The first plain text and the first HTML of a message, attachments left out."""
    plain = html = ""
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.is_multipart() or "attachment" in str(part.get("Content-Disposition", "")).lower():
            continue
        if kind == "text/plain" and not plain:
            plain = _decode_part(part)
        elif kind == "text/html" and not html:
            html = _decode_part(part)
    return plain, html


def _decode_part(part: Message) -> str:
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, TypeError, AssertionError):
        return ""
    charset = str(part.get_param("charset") or "")
    return mend(unseal(decode_bytes(raw, charset).text)) if isinstance(raw, bytes) else ""


def _render(plain: str, html: str) -> str:
    """The text of the plain part, wrapped lines joined, or of the HTML where that says more."""
    if html and (len(plain.strip()) < _FEWEST_LETTERS or _STUB.search(plain[:300])):
        return body_to_text(html)
    return body_to_text(plain) if plain.strip() else body_to_text(html)


def _header(message: Message, name: str) -> str:
    """A header in plain words, or ""; encoded words decoded, folded lines joined."""
    from email.errors import HeaderParseError  # noqa: PLC0415  # here alone
    from email.header import decode_header, make_header  # noqa: PLC0415  # here alone

    value = message.get(name)
    if value is None:
        return ""
    try:
        text = str(make_header(decode_header(str(value))))
    except (HeaderParseError, LookupError, ValueError, TypeError):
        text = str(value)
    return " ".join(text.split())


def _find_archive(message: Message) -> str | None:
    """Where a newsletter can be read on the web."""
    names = ("Archived-At", "List-Post", "X-Archive-URL", "Content-Location", "Content-Base")
    return next((url for name in names if (url := clean_url(_header(message, name)))), None)
