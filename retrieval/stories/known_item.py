"""Which article is meant by the words that name a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.index.query_syntax import parse_query
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from datetime import date

    from retrieval.index import Snapshot
    from retrieval.model import Article, Ranking

# Hits that are looked at, and the share of the words, by idf, that a report of the story holds.
HITS = 5
MEANT = 0.6
LEAD_CHARACTERS = 500


def find_named(snapshot: Snapshot, query: str, as_of: date | None = None) -> Article | None:
    """Return the best hit whose headline and lead hold MEANT of the words, else whose text does.

    None where no hit does: the nearest article is then about something else. A word that the
    coverage lacks counts as what the search took for it.
    """
    ranking = snapshot.search(query, limit=HITS, as_of=as_of)
    articles = [hit.article for hit in ranking.hits]
    words = {term: snapshot.idf(term) for term in _searched_terms(ranking, snapshot.language)}
    for lead in (LEAD_CHARACTERS, None):
        for article in articles:
            told = set(analyse(f"{article.title}\n{article.text[:lead]}", article.language))
            if sum(words[term] for term in words if term in told) >= MEANT * sum(words.values()):
                return article
    return None


def _searched_terms(ranking: Ranking, language: str) -> list[str]:
    return analyse(ranking.corrected or parse_query(ranking.query).text, language)
