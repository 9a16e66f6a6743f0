"""Which language a text is in, told by its script or by what its file says."""

from __future__ import annotations

import re

# Kana before Han and Hangul before Han: Japanese and Korean may hold Han, Chinese holds neither.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 0.15),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.15),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("hi", re.compile("[\u0900-\u097f]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
)
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE = 2000
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]+)*")


def detect_language(text: str, declared: object = "") -> str:
    """Two letters (ISO 639-1): what the file declares, else told by script, else `en`."""
    if isinstance(declared, str) and (code := _CODE.fullmatch(declared.strip())):
        return code.group(1).lower()
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "en"
    letters = len(_LETTER.findall(sample)) or 1
    for language, script, share in _SCRIPTS:
        if len(script.findall(sample)) > share * letters:
            return language
    return "en"
