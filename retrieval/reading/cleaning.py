"""Strings made clean: mojibake, entities, stray tags, white space, the sealed blob."""

from __future__ import annotations

import html
import re

from retrieval.reading.decoding import decode_bytes, scrub

# The blob is base64 and may be cut short, unquoted or folded over lines; prose has spaces sooner.
_SEALED = re.compile(
    r"(\bsecured[\"']?[ \t]*[:=][ \t(]*[\"']?(?:[|>][-+]?[ \t]*\n[ \t]*)?)"
    r"[A-Za-z0-9+/=;_-]{16,}(?:\n[ \t]+[A-Za-z0-9+/=;_-]{16,})*",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\f\v]+")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_WIDE_LINE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});?")
# Entities are found escaped twice; more layers than this are meant to be read as they stand.
_MOST_LAYERS = 3
# What UTF-8 read as Windows-1252 or Latin-1 begins its letters with.
_MOJIBAKE_HINT = re.compile(
    "[\u0080-\u009f]|[\u00c2-\u00f4\u0102\u0103\u0413-\u0421\u0432\u0420][^\x00-\x7f]"
)


_LETTER = re.compile(r"[^\W\d_]")
_WESTERN = re.compile("[\u00c0-\u00ff]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\u9fff\uac00-\ud7af]")
# No language of Western Europe has so many accents.
_MISREAD_SHARE = 0.6


def unseal(text: str) -> str:
    """The text with the value of every `secured` key taken out, so that no parser ever sees one."""
    return _SEALED.sub(r"\1", text) if "secured" in text.lower() else text


def unescape(text: str) -> str:
    """HTML entities as characters, also where they were escaped twice."""
    for _ in range(_MOST_LAYERS):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return scrub(text)


def mend(text: str) -> str:
    """Text in its own characters where it had been decoded in the wrong encoding.

    Quotation marks, ligatures and widths stay as the outlet set them.
    """
    if text.isascii() or not _MOJIBAKE_HINT.search(text):
        return text
    if misread := _decode_again(text):
        return misread
    import ftfy  # noqa: PLC0415  # slow to import, needed for few texts

    return ftfy.fix_text(
        text,
        unescape_html=False,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
    )


def _decode_again(text: str) -> str:
    """Text of another script that was read as Western European, as it was meant, or ""."""
    letters = len(_LETTER.findall(text))
    if len(_WESTERN.findall(text)) < _MISREAD_SHARE * letters or not letters:
        return ""
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError:
        return ""
    again = decode_bytes(raw).text
    return again if len(_OTHER_SCRIPT.findall(again)) > len(_WESTERN.findall(again)) else ""


def clean_line(value: object) -> str:
    """One clean line from a title, a name or a tag; "" from what is neither text nor a number."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    if value == "":
        return ""
    text = mend(unescape(str(value)))
    return " ".join(_TAG.sub(" ", text).split()) if "<" in text else " ".join(text.split())


def fold_blanks(text: str) -> str:
    """A paragraph on one line; a line break between Chinese or Japanese letters leaves no space."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(_WIDE_LINE_BREAK.sub("", _BLANKS.sub(" ", text)).split())


def split_paragraphs(text: str) -> list[str]:
    """The stretches of text between blank lines, empty ones left out."""
    return [part for part in _PARAGRAPH_BREAK.split(text.strip("\n")) if part.strip()]
