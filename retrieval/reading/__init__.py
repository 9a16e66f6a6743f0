"""Coverage files to articles, every file accounted for and unchanged ones not read twice.

with Ledger.open(cache / "ledger.sqlite3") as ledger:
    reading = read_coverage([Path("seeds")], ledger)
    ...  # index reading.changed, take out reading.removed
    reading.commit()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.reading.folder import Reading, read_coverage
from retrieval.reading.ingest_state import Ledger
from retrieval.reading.options import DEFAULTS, ReadingOptions, Site

if TYPE_CHECKING:
    from retrieval.reading.parsing import ParsedFile

__all__ = ["DEFAULTS", "Ledger", "Reading", "ReadingOptions", "Site", "parse_file", "read_coverage"]


def parse_file(
    raw: bytes, path: str, options: ReadingOptions = DEFAULTS, site: Site | None = None
) -> ParsedFile:
    """The articles in the bytes of a file; `path` is relative to the coverage, with `/`.

    Raises ArticleError with the reason where there is none; no bytes raise anything else.
    """
    # Loads the parsers, which a question over unchanged coverage can do without.
    from retrieval.reading.parsing import parse_file as parse  # noqa: PLC0415  # as said above

    return parse(raw, path, options, site)
