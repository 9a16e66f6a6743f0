"""The newest version of a product: the highest number that stands after its name and is out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.text.versions import find_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.answering.findings import Excerpt, Findings

# Of what is not there yet, and of what is, in English.
_COMING = re.compile(
    r"\b(?:upcoming|coming|next|will|plan(?:s|ned)?|expected|soon|beta|alpha|preview|candidate"
    r"|process|roadmap|proposal|towards?)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:released?|releases|available|is out|are out|announc\w+|introduc\w+|launch\w*|arriv\w+"
    r"|lands?|landed|ships?|shipped|comes? with)\b",
    re.IGNORECASE,
)
_TYPES = frozenset(("version", "thing"))

Number = tuple[int, ...]


def find_newest_version(findings: Findings) -> tuple[int, Excerpt] | None:
    """The likeliest row of the highest version that is out; none where no version is asked for.

    A version counts as out where a report says so, or where none speaks of it as coming.
    """
    question = findings.terms.question
    if not question.newest or question.answer_type not in _TYPES or not question.entities:
        return None
    mentions = list(_find_mentions(findings))
    out = {number for number, _, text in mentions if _OUT.search(text) and not _COMING.search(text)}
    coming = {number for number, _, text in mentions if _COMING.search(text)} - out
    released = {number for number, _, _ in mentions} - coming
    if not released:
        return None
    highest = max(released)
    own = [(row, text) for number, row, text in mentions if number == highest]
    told = [(row, text) for row, text in own if not _COMING.search(text)] or own
    told = [(row, text) for row, text in told if _OUT.search(text)] or told
    for row, _ in told:
        excerpt = findings.excerpt(row)
        if excerpt is not None:
            return row, excerpt
    return None


def _find_mentions(findings: Findings) -> Iterator[tuple[Number, int, str]]:
    """Each version that stands right after a name asked for, with its row, the likeliest first."""
    names = "|".join(re.escape(name) for name in _names(findings))
    named = re.compile(rf"\b(?:{names})(?:[\s-]+\w+)?[\s-]+(?:version |v)?$", re.IGNORECASE)
    for row in findings.order:
        text = findings.candidate(row).text
        for version in find_versions(text):
            numeric = all(part.isdigit() for part in version.number)
            if numeric and not version.stage and named.search(text[: version.start]):
                title = findings.article(row).title
                said = f"{title} {text}" if text[version.start : version.end] in title else text
                yield tuple(map(int, version.number)), row, said


def _names(findings: Findings) -> tuple[str, ...]:
    return findings.terms.question.entities
