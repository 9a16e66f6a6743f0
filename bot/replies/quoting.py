"""The quotes of an answer in the form asked for: labelled, dated, or as lines over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.blocks import QUOTE_LIMIT, TITLE_LIMIT, Quotation
from bot.replies.citing import name_day, name_teller, quote
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.wording import Wording
    from retrieval.model import Answer, Article, Quote

LIST_LIMIT = 1200  # a block of lines is one quote, with its lead-in


def show_quotes(quotes: Sequence[Quote], answer: Answer, wording: Wording) -> list[Quotation]:
    """Show quotes of an answer; each label once, above the first quote that it stands for."""
    return list(_show(quotes, answer, wording))


def _show(quotes: Sequence[Quote], answer: Answer, wording: Wording) -> Iterator[Quotation]:
    articles = {source.article.id: source.article for source in answer.sources}
    limit = LIST_LIMIT if answer.form == "list" else QUOTE_LIMIT
    label = ""
    for quoted in quotes:
        if quoted.headline and answer.form == "news":
            continue  # the source below says the same, and is the link
        shown = replace(
            quote(quoted, limit=limit),
            label=cut_line(quoted.label, TITLE_LIMIT) if quoted.label != label else "",
            aside=_say_aside(quoted, articles.get(quoted.article_id), answer, wording),
        )
        label = quoted.label
        yield shown


def _say_aside(quoted: Quote, article: Article | None, answer: Answer, wording: Wording) -> str:
    """What must be known of a quote before it is read, "" for a sentence that just answers."""
    if article is None:
        return ""
    if quoted.earlier:
        return wording.say("reply.earlier", day=name_day(article, wording))
    if answer.form in ("summary", "news"):
        outlet, day = name_teller(article, wording), name_day(article, wording)
        return wording.say("reply.line", day=day, outlet=outlet)
    return wording.say("reply.headline") if quoted.headline else ""
