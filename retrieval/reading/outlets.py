"""Readable names of outlets, also where a file gives only an address."""

from __future__ import annotations

import re
from urllib.parse import unquote

from retrieval.text.domains import find_label

_LONGEST_ACRONYM = 3
_WWW = re.compile(r"www\.(?=.)", re.IGNORECASE)


def name_outlet(name: str, domain: str) -> str:
    """An outlet's name from the given one and the domain, either of which may be "".

    A given name stands as it is, percent-encoding undone. Where there is none, or only the
    lower-case beginning of what the domain says, the domain itself stands: where its words part,
    and which are capitals, would be guessed. A single other word in lower case gets a capital.
    """
    name, domain = " ".join(unquote(name).split()), domain.strip().lower()
    name, domain = _WWW.sub("", name).strip(), _WWW.sub("", domain)
    if not name:
        return domain
    if " " in name or name != name.lower():
        return name
    if "." in name:
        return _complete(name, domain)
    return domain if find_label(domain).startswith(name) else _spell(name)


def _complete(name: str, domain: str) -> str:
    """An address that may lack what the domain ends in: "tech.paper" of paper.example."""
    before, _, last = name.rpartition(".")
    return f"{before}.{domain}" if before and domain.startswith(f"{last}.") else name


def _spell(label: str) -> str:
    """A name in capitals where it is short enough to be an acronym, else each word with one."""
    words = [word for word in re.split(r"[-_\s]+", label) if word]
    if len(words) == 1 and len(label) <= _LONGEST_ACRONYM:
        return label.upper()
    return " ".join(word[0].upper() + word[1:] for word in words)
