"""Bytes to text: the encoding is declared or found, and no byte makes it fail."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "sound, video or an image"),
    (b"%PDF", "a PDF; save its text as a .txt or .md file"),
    (b"PK\x03\x04", "a zip archive or an office document; save its text as a .txt or .md file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 8192
_BINARY_SHARE = 0.05
# One broken letter among so many sound ones is damage to UTF-8, not another encoding.
_SOUND_PER_BROKEN = 4
# A declared encoding in which so many letters are none was declared in error.
_DAMAGE = 0.02
_DECLARED = re.compile(
    rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?\s*([A-Za-z0-9][\w.:-]{2,30})", re.IGNORECASE
)
_DECLARED_WITHIN = 2048
_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B][\x21-\x7e]{2}")
# What browsers take these for (https://encoding.spec.whatwg.org, "names and labels").
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "big5": "big5hkscs",
}  # fmt: skip
_NOT_TEXT = frozenset(
    ("base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined",
     "unicode_escape", "raw_unicode_escape", "mbcs", "oem", "utf-7")
)  # fmt: skip
_WIDE_LETTER = re.compile(r"[^\x00-\x7f\ufffd]")
_STRIPPED = re.compile(
    "[\x00\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ue1fe\ue1ff]"
)
# Joiners build letters in Indic and Arabic script and join emoji; beside Latin they are debris.
_LOOSE_JOINER = re.compile("(?<=[\u0000-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u024f])")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line feeds only; `warning` says what was doubtful about its bytes, or is ""."""

    text: str
    encoding: str
    warning: str = ""


def decode_bytes(raw: bytes, declared: str = "") -> Decoded:
    """Decode by byte order mark, else as UTF-8, else as declared, else by a detector's guess.

    `declared` is a charset that was said outside the bytes; else one that they name themselves
    counts. Bytes that fit nowhere become U+FFFD, with a warning. Never raises.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _replace(raw[len(mark) :], encoding)
    if wide := _guess_unmarked_utf16(raw):
        return _replace(raw, wide)
    if _ESCAPED_JAPANESE.search(raw):
        return _replace(raw, "iso-2022-jp")
    try:
        return Decoded(scrub(raw.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _decode_broken(raw, declared or _find_declared(raw))


def name_binary(raw: bytes) -> str:
    """What a file that is not text seems to be, or "" for text."""
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            return name
    if any(raw.startswith(mark) for mark, _ in _MARKS) or _guess_unmarked_utf16(raw):
        return ""
    sample = raw[:_SAMPLE]
    return "binary" if len(_CONTROL.findall(sample)) > _BINARY_SHARE * len(sample) else ""


def scrub(text: str) -> str:
    """Strip NUL, zero-width, direction and surrogate characters; every line ends in a line feed."""
    if text.isascii() and "\r" not in text and "\x00" not in text:  # nearly every line of English
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _SURROGATE.sub("", _STRIPPED.sub("", text.replace("\u2029", "\n\n")))
    return _LOOSE_JOINER.sub("", text)


def _replace(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    # A text cut in the middle of a letter loses that letter, not its last word.
    text = scrub(text.rstrip("\ufffd"))
    warning = f"{broken} characters are not valid {encoding}" if broken else ""
    return Decoded(text, encoding, warning)


def _guess_unmarked_utf16(raw: bytes) -> str:
    """UTF-16 without a mark shows as NUL in every other byte of mostly Latin text."""
    sample = raw[:_SAMPLE]
    pairs = len(sample) // 2
    if not pairs or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * pairs and odd < 0.1 * pairs else ""


def _decode_broken(raw: bytes, declared: str) -> Decoded:
    """Bytes that are not UTF-8: damaged UTF-8, or one of the older encodings."""
    if (encoding := _look_up(declared)) and encoding != "utf-8":
        decoded = _replace(raw, encoding)
        if decoded.text.count("\ufffd") < _DAMAGE * len(decoded.text):
            return decoded
    broken = _replace(raw, "utf-8")
    sound = len(_WIDE_LETTER.findall(broken.text))
    if sound >= _SOUND_PER_BROKEN * raw.decode("utf-8", errors="replace").count("\ufffd"):
        return broken
    encoding = _guess_legacy(raw)
    return Decoded(_replace(raw, encoding).text, encoding, f"not valid UTF-8, read as {encoding}")


def _find_declared(raw: bytes) -> str:
    """The charset that a page, a feed or a text names at its beginning, or ""."""
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return found[1].decode("ascii") if found else ""


def _look_up(name: str) -> str:
    """Python's name of an encoding, or "" for one that is none; as on the web, Latin-1 is wider."""
    try:
        found = codecs.lookup(name.strip()).name if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    if found in _NOT_TEXT:
        return ""
    return _WIDER.get(found, found)


def _guess_legacy(raw: bytes) -> str:
    import chardet  # noqa: PLC0415  # slow to import, seldom needed

    guess = chardet.detect(raw[: 64 * 1024])
    return _look_up(str(guess["encoding"] or "")) or "cp1252"
