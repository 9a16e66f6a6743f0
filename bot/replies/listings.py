"""Search hits, the latest, one article and the outlets as replies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.answers import describe_filters, footer
from bot.replies.blocks import TITLE_LIMIT, Action, Block, Note, Reply, Title
from bot.replies.citing import cite, cut_snippet, name_others, quote_beginning
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.replies.blocks import Citation
    from bot.wording import Wording
    from retrieval.model import Article, Filters, Hit, Ranking, Span, StorySummary

EXCERPT_LIMIT = 1200
LISTED: frozenset[Action] = frozenset({"show", "delete"})


def render_ranking(
    ranking: Ranking,
    wording: Wording,
    *,
    span: Span,
    filters: Filters | None = None,
    whole: int | None = None,
) -> Reply:
    """Render search hits, each with the beginning of its best passage.

    `whole` counts the articles that hold all of the words, where that is known. The first hit may
    be of any rank: the list begins there.
    """
    said = wording.say("search.found" if ranking.hits else "search.none", n=ranking.total)
    if ranking.hits and whole is not None and len(ranking.query.split()) > 1:
        said += f" · {wording.say('search.whole', n=whole)}"
    first, last = (ranking.hits[0].rank, ranking.hits[-1].rank) if ranking.hits else (1, 0)
    before, after = first - 1, ranking.total - last if last else 0
    if before or after:
        said += f" · {wording.say('search.listed', first=first, last=last)}"
    swaps = [
        Note(wording.say("search.corrected", searched=near, asked=asked))
        for asked, near in ranking.corrections
    ]
    return Reply(
        blocks=(
            Title(cut_line(ranking.query, TITLE_LIMIT)),
            Note(said),
            *(describe_filters(filters, wording) if filters else ()),
            *swaps,
            *(_cite_hit(hit, ranking.corrected or ranking.query, wording) for hit in ranking.hits),
            footer(span, wording),
        ),
        actions=LISTED | ({"sort"} if ranking.hits else set()),
        answered=bool(ranking.hits),
        before=before,
        after=after,
    )


def render_latest(
    articles: Sequence[Article], wording: Wording, *, span: Span, filters: Filters | None = None
) -> Reply:
    """Render the newest articles, newest first."""
    cited = [cite(article, wording, n=n) for n, article in enumerate(articles, start=1)]
    nothing = [] if cited else [Note(wording.say("latest.none"))]
    title = Title(wording.say("latest.title"))
    blocks: tuple[Block, ...] = (
        title,
        *(describe_filters(filters, wording) if filters else ()),
        *nothing,
        *cited,
        footer(span, wording),
    )
    return Reply(blocks=blocks, actions=LISTED, answered=bool(cited))


def render_article(
    article: Article, wording: Wording, *, span: Span, others: StorySummary | None = None
) -> Reply:
    """Render one article: who published it, when, its link, how it begins, who else tells it."""
    also = name_others(others, wording) if others else ""
    begins = quote_beginning(article, EXCERPT_LIMIT)
    cited = replace(cite(article, wording, also=also), title="", quotes=(begins,) if begins else ())
    facts = [("article.author", article.author), ("article.topics", ", ".join(article.topics))]
    notes = [Note(wording.say(key, value=cut_line(told, 200))) for key, told in facts if told]
    headline = cut_line(article.title, TITLE_LIMIT) or wording.say("reply.untitled")
    title = Title(headline, cited.link)
    return Reply(
        blocks=(title, cited, *notes, footer(span, wording)),
        actions=LISTED | {"more_from_story", "timeline"},
        story=article.id,
    )


def render_outlets(outlets: Mapping[str, int], wording: Wording, *, span: Span) -> Reply:
    """Render the outlets with their number of articles, the largest first."""
    ordered = sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    lines = [
        Note(wording.say("outlets.line", outlet=cut_line(name, TITLE_LIMIT), n=count))
        for name, count in ordered
    ]
    title = Title(wording.say("outlets.title", n=len(ordered)))
    return Reply(blocks=(title, *lines, footer(span, wording)), actions=LISTED)


def _cite_hit(hit: Hit, query: str, wording: Wording) -> Citation:
    snippet = cut_snippet(hit, query)
    cited = cite(hit.article, wording, n=hit.rank)
    return replace(cited, quotes=(snippet,) if snippet else ())
