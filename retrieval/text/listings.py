"""Lines that no reader would call a sentence: code, commands, checksums, lists of keywords."""

# typographic marks are meant

from __future__ import annotations

import re

from retrieval.text.analysis import list_stop_words

_CHECKSUM = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{24,}\b", re.IGNORECASE)
_COMMAND = re.compile(
    r"^\s*(?:(?:\$|>>>|%|[\w.-]+@[\w.-]+:\S*[$#])\s+[a-z./~]|#!/)"
    r"|^\s*(?:sudo|apt(?:-get)? install|npm (?:i|install|run)|pip3? install|curl -|wget https?"
    r"|git (?:clone|commit|push|pull|checkout)|docker (?:run|pull)|cargo (?:add|install|run)|cd /"
    r"|export \w+=)"
)
_CODE = re.compile(
    r"[;{]\s*$|^\s*[})\]]+[;,]?\s*$|^\s*(?://|/\*|\*/|<!--|#include|@\w+\()|^\s*</?\w[^>]*>"
    r"|^\s*(?:import \w+(?:\.\w+)+|from [\w.]+ import |def \w+\(|(?:pub )?fn \w+"
    r"|(?:const|let|var) \w+ ?=|return [\w.]+[;(]|class \w+[:({]|public (?:static|void|class) "
    r"|SELECT .+ FROM )"
    r"|\w\(\)(?:;|\.\w+\()|=>|&&|\|\||[!=]==?|::\w|\w->\w|\w=\"[^\"]*\"[ />]"
)
# Plain sentences have these marks too, and code names; more than this share of other marks is code.
_STRANGE = re.compile(r"[{}\[\]<>=+*/\\|_$#@^~`;]")
_MOST_STRANGE = 0.08
_LONG_ENOUGH = 20  # characters
_KEYWORDS = re.compile(r"[,|•·#;]")
_MANY = 7  # keywords
_FEW_WORDS = 3  # words in a keyword


def is_listing(line: str) -> bool:
    """Whether a line is code, a command, a checksum or a list of keywords, by its looks."""
    if _CHECKSUM.search(line) or _COMMAND.match(line) or _is_keywords(line):
        return True
    if not _CODE.search(line):
        return False
    strange = len(_STRANGE.findall(line))
    return len(line) < _LONG_ENOUGH or strange > _MOST_STRANGE * len(line) or line.endswith("{")


def _is_keywords(line: str) -> bool:
    """Whether a line is nothing but short keywords, none of them a little word."""
    parts = [part.strip() for part in _KEYWORDS.split(line) if part.strip()]
    if len(parts) < _MANY or line.rstrip().endswith((".", "!", "?", "”", '"')):
        return False
    words = [word for part in parts for word in part.lower().split()]
    short = all(len(part.split()) <= _FEW_WORDS for part in parts)
    return short and list_stop_words("en").isdisjoint(words)
