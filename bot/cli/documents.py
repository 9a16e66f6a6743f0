"""What `--json` prints: the records of retrieval as the documents other tools rely on."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bot.replies.citing import cut_snippet
from bot.replies.noting import describe_note
from bot.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from retrieval import IndexReport
    from retrieval.model import (
        Answer,
        Article,
        Changes,
        Comparison,
        Hit,
        Quote,
        Ranking,
        Source,
        Story,
        Timeline,
        TimelineEntry,
        Window,
    )

Document = dict[str, object]
_ENGLISH = Wording("en")  # a document's words are for scripts


def answer_document(answer: Answer) -> Document:
    """`ask`: quotes point at sources by number; highlights are character ranges in the quote."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "form": answer.form,
        "lead": _lead(answer),
        "confidence": round(answer.confidence, 4),
        "as_of": answer.as_of.isoformat(),
        "window": _window(answer.window),
        "quotes": [_quote(quote) for quote in answer.quotes],
        "closest": [_quote(quote) for quote in answer.closest],
        "sources": [_source(source) for source in answer.sources],
        "nearest": [headline_document(article) for article in answer.nearest],
        "notes": [describe_note(note, _ENGLISH).text for note in answer.notes],
        "took_ms": round(answer.took_ms, 1),
    }


def ranking_document(ranking: Ranking, took_ms: float) -> Document:
    """`search`: `total` counts every match, `hits` are those asked for."""
    return {
        "query": ranking.query,
        "total": ranking.total,
        "hits": [_hit(hit, ranking.corrected or ranking.query) for hit in ranking.hits],
        "took_ms": round(took_ms, 1),
    }


def index_document(report: IndexReport) -> Document:
    """`index`: what was read, and what was not and why."""
    return {
        "files_read": report.files_read,
        "files_rejected": report.files_rejected,
        "rejects": [{"path": reject.path, "reason": reject.reason} for reject in report.rejects],
        "warnings": list(report.warnings),
        "articles": report.articles,
        "passages": report.passages,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "seconds": round(report.seconds, 3),
        "bytes": report.bytes,
    }


def story_document(query: str, story: Story | None) -> Document:
    """`story`: `found` is false, and the rest empty, where no story fits.

    Where the words fit several stories, `choices` holds them, newest first, and the rest is told of
    the likeliest.
    """
    return {"query": query, "found": story is not None, **_choices(story), **_story(story)}


def timeline_document(query: str, timeline: Timeline | None) -> Document:
    """`timeline`: what each report added, earliest first; `chapter` counts the events from 1."""
    chapters = timeline.chapters if timeline else ()
    return {
        "query": query,
        "found": timeline is not None,
        **_choices(timeline.story if timeline else None),
        "outlets": list(timeline.story.outlets) if timeline else [],
        "chapters": [
            {
                "chapter": n,
                **_article(chapter.story.articles[0]),
                "outlets": len(chapter.story.outlets),
                "reports": len(chapter.story.articles),
            }
            for n, chapter in enumerate(chapters, start=1)
        ],
        "entries": [{**_entry(entry), "chapter": n} for n, entry in _number_entries(timeline)],
    }


def comparison_document(query: str, comparison: Comparison | None) -> Document:
    """`compare`: who reported and who was silent, and both sides of each difference.

    `covered`, `not_covered` and `conflicts` are their earlier names, which scripts still read.
    """
    found = comparison
    reported, silent = (list(found.covered), list(found.not_covered)) if found else ([], [])
    differ = [
        {
            "about": conflict.about,
            "left": _side(conflict.left, conflict.left_article),
            "right": _side(conflict.right, conflict.right_article),
        }
        for conflict in (found.conflicts if found else ())
    ]
    return {
        "query": query,
        "found": found is not None,
        **_choices(found.story if found else None),
        "reported": reported,
        "silent": silent,
        "window": _window(found.window) if found else None,
        "differ": differ,
        "covered": reported,
        "not_covered": silent,
        "conflicts": differ,
        **_story(found.story if found else None),
    }


def changes_document(changes: Changes) -> Document:
    """`changes`: stories first told since the day, and older ones with what was added."""
    return {
        "since": _day(changes.since),
        "until": _day(changes.until),
        "undated": changes.undated,
        "new": [_story(story) for story in changes.new],
        "grown": [
            {**_story(story), "added": [_entry(entry) for entry in entries]}
            for story, entries in changes.grown
        ],
    }


def outlets_document(outlets: Mapping[str, int]) -> Document:
    """`outlets`: how many articles of each, the largest first."""
    ordered = sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    return {"outlets": [{"outlet": name, "articles": count} for name, count in ordered]}


def latest_document(articles: Iterable[Article]) -> Document:
    """`latest`: the newest articles first."""
    return {"articles": [_article(article) for article in articles]}


def articles_document(articles: Iterable[Article]) -> Document:
    """`articles`: how each file was read; a `published` without a clock is a day."""
    return {"articles": [_reading(article) for article in articles]}


def _window(window: Window | None) -> Document | None:
    if window is None:
        return None
    return {"since": _day(window.since), "until": _day(window.until)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _published(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def _quote(quote: Quote) -> Document:
    return {
        "text": quote.text,
        "source": quote.source,
        "article_id": quote.article_id,
        "headline": quote.headline,
        "earlier": quote.earlier,
        "label": quote.label,
        "highlights": [list(span) for span in quote.highlights],
    }


def _lead(answer: Answer) -> str | None:
    return _ENGLISH.say(f"lead.{answer.lead.kind}", n=answer.lead.n) if answer.lead else None


def _source(source: Source) -> Document:
    article = source.article
    return {
        "n": source.n,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "deep_link": source.deep_link,
        "published": _published(article),
        "date_from": article.date_from,
        "article_id": article.id,
        "digest": article.digest,
        "story": {"outlets": list(source.story.outlets), "copies": source.story.copies},
    }


def headline_document(article: Article) -> Document:
    """What identifies an article to a reader."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": _published(article),
    }


def _article(article: Article) -> Document:
    return {
        **headline_document(article),
        "date_from": article.date_from,
        "article_id": article.id,
        "digest": article.digest,
    }


def _reading(article: Article) -> Document:
    moment = article.published
    timed = moment is not None and (moment.utcoffset() or moment.time() != time.min)
    return {
        "article_id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "outlet": article.outlet,
        "author": article.author,
        "published": _published(article) if timed else _day(article.day),
        "date_from": article.date_from,
        "language": article.language,
        "topics": list(article.topics),
        "digest": article.digest,
        "file": article.path,
    }


def _hit(hit: Hit, query: str) -> Document:
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        **headline_document(hit.article),
        "snippet": _snippet(hit, query),
        "article_id": hit.article.id,
    }


def _snippet(hit: Hit, query: str) -> str:
    """What a person is shown of a hit, on one line."""
    shown = cut_snippet(hit, query)
    if shown is None:
        return ""
    return " ".join(shown.text.split()) + (" …" if shown.cut else "")


def _story(story: Story | None) -> Document:
    return {
        "outlets": list(story.outlets) if story else [],
        "articles": [_article(article) for article in story.articles] if story else [],
        "copies": [[copy.id for copy in group.articles] for group in story.copies] if story else [],
    }


def _number_entries(timeline: Timeline | None) -> Iterator[tuple[int, TimelineEntry]]:
    """The entries with the number of their chapter, from 1."""
    if timeline is None:
        return
    for n, chapter in enumerate(timeline.chapters, start=1):
        yield from ((n, entry) for entry in chapter.entries)
    if not timeline.chapters:
        yield from ((1, entry) for entry in timeline.entries)


def _choices(story: Story | None) -> Document:
    return {
        "choices": [
            {
                **_article(choice.article),
                "reports": choice.reports,
                "outlets": choice.outlets,
            }
            for choice in (story.choices if story else ())
        ]
    }


def _entry(entry: TimelineEntry) -> Document:
    added = entry.added
    return {
        **_article(entry.article),
        "added": {"text": added.text, "highlights": [list(span) for span in added.highlights]}
        if added
        else None,
    }


def _side(quote: Quote, article: Article) -> Document:
    return {
        "text": quote.text,
        "highlights": [list(span) for span in quote.highlights],
        **_article(article),
    }
