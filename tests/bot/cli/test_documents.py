"""`--json`: key for key what other tools rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.cli.documents import (
    answer_document,
    changes_document,
    comparison_document,
    index_document,
    latest_document,
    outlets_document,
    ranking_document,
    story_document,
    timeline_document,
)
from bot.replies import render_ranking
from bot.replies.blocks import Citation
from bot.wording import Wording
from retrieval.model import (
    Changes,
    Chapter,
    Comparison,
    Conflict,
    CopyGroup,
    Hit,
    Passage,
    Ranking,
    Source,
    Span,
    Story,
    StoryChoice,
    StorySummary,
    Timeline,
    TimelineEntry,
    Window,
)
from retrieval.reports import IndexReport, Reject
from tests.support.articles import make_abstention, make_answer, make_article, make_quote

FIRST = make_article(n=1)
SECOND = make_article(n=2, outlet="Radio Aldan", published=None, date_from="none", url=None)
STORY = Story((FIRST, SECOND), (CopyGroup((FIRST, SECOND)),))


def test_an_answer_has_the_keys_of_the_contract_in_their_order() -> None:
    document = answer_document(make_answer())
    assert list(document) == [
        "question",
        "answered",
        "form",
        "lead",
        "confidence",
        "as_of",
        "window",
        "quotes",
        "closest",
        "sources",
        "nearest",
        "notes",
        "took_ms",
    ]


def test_a_quote_points_at_its_source_and_marks_characters() -> None:
    (quote,) = json.loads(json.dumps(answer_document(make_answer())))["quotes"]
    assert quote == {
        "text": "The harbour bridge will close in June for a year.",
        "source": 1,
        "article_id": "article-1",
        "headline": False,
        "earlier": False,
        "label": "",
        "highlights": [[0, 3]],
    }


def test_a_source_says_where_its_words_and_its_day_come_from() -> None:
    told = StorySummary(outlets=("Radio Aldan",), copies=1, first="Aldan Courier")
    source = Source(1, FIRST, "https://example.org/news/1#:~:text=bridge", told)
    (document,) = json.loads(json.dumps(answer_document(make_answer(sources=(source,)))))["sources"]
    assert document == {
        "n": 1,
        "title": "Harbour bridge to close for a year",
        "outlet": "Aldan Courier",
        "url": "https://example.org/news/1",
        "deep_link": "https://example.org/news/1#:~:text=bridge",
        "published": "2024-05-04T09:00:00+00:00",
        "date_from": "field",
        "article_id": "article-1",
        "digest": False,
        "story": {"outlets": ["Radio Aldan"], "copies": 1},
    }


def test_a_window_has_two_ends_and_may_be_open() -> None:
    asked = make_answer(window=Window(date(2024, 5, 1), None))
    assert answer_document(asked)["window"] == {"since": "2024-05-01", "until": None}
    assert answer_document(make_answer())["window"] is None


def test_an_abstention_quotes_nothing_and_names_the_nearest() -> None:
    document = answer_document(make_abstention())
    assert document["answered"] is False
    assert document["quotes"] == document["sources"] == []
    assert document["nearest"] == [
        {
            "title": "Harbour bridge to close for a year",
            "outlet": "Aldan Courier",
            "url": "https://example.org/news/1",
            "published": "2024-05-04T09:00:00+00:00",
        }
    ]


def test_a_ranking_counts_all_and_lists_hits() -> None:
    hit = Hit(1, 2.5, SECOND, (Passage(SECOND.id, 4, 18, 2.5),))
    assert ranking_document(Ranking("bridge", (hit,), 12), took_ms=1.26) == {
        "query": "bridge",
        "total": 12,
        "hits": [
            {
                "rank": 1,
                "score": 2.5,
                "title": "Harbour bridge to close for a year",
                "outlet": "Radio Aldan",
                "url": None,
                "published": None,
                "snippet": "harbour bridge",
                "article_id": "article-2",
            }
        ],
        "took_ms": 1.3,
    }


def test_a_snippet_is_what_a_person_is_shown_on_one_line() -> None:
    body = "The mayor spoke for hours. " * 12 + "Rust\nin the cables was found by divers."
    article = make_article(body=body)
    hit = Hit(1, 1.0, article, (Passage(article.id, 0, len(body)),))
    ranking = Ranking("cabels rust", (hit,), 1, (("cabels", "cables"),), "cables rust")

    document = ranking_document(ranking, 1.0)
    reply = render_ranking(ranking, Wording("en"), span=Span(1, None, None))

    (cited,) = (block for block in reply.blocks if isinstance(block, Citation))
    assert document["hits"][0]["snippet"] == "Rust in the cables was found by divers."  # type: ignore[index]  # a list
    assert [quote.text for quote in cited.quotes] == ["Rust\nin the cables was found by divers."]


def test_an_index_report_lists_every_rejected_file() -> None:
    report = IndexReport(
        files_read=3,
        files_rejected=1,
        rejects=(Reject("a.txt", "empty"),),
        warnings=("b.txt: no date",),
        articles=2,
        passages=4,
        added=2,
        changed=0,
        removed=0,
        seconds=0.1234,
        bytes=100,
    )
    document = index_document(report)
    assert list(document) == [
        "files_read",
        "files_rejected",
        "rejects",
        "warnings",
        "articles",
        "passages",
        "added",
        "changed",
        "removed",
        "seconds",
        "bytes",
    ]
    assert document["rejects"] == [{"path": "a.txt", "reason": "empty"}]
    assert document["seconds"] == 0.123


def test_a_story_lists_articles_and_copies_by_id() -> None:
    document = json.loads(json.dumps(story_document("bridge", STORY)))
    assert document["found"] is True
    assert document["outlets"] == ["Aldan Courier", "Radio Aldan"]
    assert [article["article_id"] for article in document["articles"]] == ["article-1", "article-2"]
    assert document["copies"] == [["article-1", "article-2"]]


def test_no_story_is_a_document_of_the_same_shape() -> None:
    assert story_document("x", None) == {
        "query": "x",
        "found": False,
        "choices": [],
        "outlets": [],
        "articles": [],
        "copies": [],
    }
    assert list(timeline_document("x", None)) == [
        "query",
        "found",
        "choices",
        "outlets",
        "chapters",
        "entries",
    ]
    assert list(comparison_document("x", None)) == [
        "query",
        "found",
        "choices",
        "reported",
        "silent",
        "window",
        "differ",
        "covered",
        "not_covered",
        "conflicts",
        "outlets",
        "articles",
        "copies",
    ]


def test_a_timeline_gives_what_each_report_added() -> None:
    entries = (TimelineEntry(FIRST, make_quote(FIRST)), TimelineEntry(SECOND, None))
    document = json.loads(json.dumps(timeline_document("bridge", Timeline(STORY, entries))))
    assert [entry["added"] and entry["added"]["text"] for entry in document["entries"]] == [
        "The harbour bridge will close in June for a year.",
        None,
    ]


def test_a_timeline_numbers_the_chapter_of_each_entry() -> None:
    chapters = tuple(
        Chapter(Story((article,)), (TimelineEntry(article, make_quote(article)),))
        for article in (FIRST, SECOND)
    )
    entries = tuple(entry for chapter in chapters for entry in chapter.entries)
    document = json.loads(json.dumps(timeline_document("b", Timeline(STORY, entries, chapters))))
    assert [entry["chapter"] for entry in document["entries"]] == [1, 2]
    assert [(c["chapter"], c["reports"], c["title"]) for c in document["chapters"]] == [
        (1, 1, FIRST.title),
        (2, 1, SECOND.title),
    ]


def test_stories_that_may_be_meant_stand_in_the_document_with_their_size() -> None:
    story = replace(STORY, choices=(StoryChoice(SECOND, 4, 3),))
    (choice,) = json.loads(json.dumps(story_document("b", story)))["choices"]
    assert (choice["article_id"], choice["reports"], choice["outlets"]) == ("article-2", 4, 3)


def test_a_comparison_puts_both_sentences_side_by_side() -> None:
    conflict = Conflict("cables", make_quote(FIRST), FIRST, make_quote(SECOND), SECOND)
    window = Window(date(2024, 4, 27), date(2024, 5, 12))
    comparison = Comparison(STORY, ("Aldan Courier",), ("The Wire",), (conflict,), window)
    document = json.loads(json.dumps(comparison_document("bridge", comparison)))
    assert document["reported"] == document["covered"] == ["Aldan Courier"]
    assert document["silent"] == document["not_covered"] == ["The Wire"]
    assert document["differ"] == document["conflicts"]
    assert document["window"] == {"since": "2024-04-27", "until": "2024-05-12"}
    (differing,) = document["conflicts"]
    assert differing["about"] == "cables"
    assert (differing["left"]["outlet"], differing["right"]["outlet"]) == (
        "Aldan Courier",
        "Radio Aldan",
    )


def test_changes_part_new_stories_from_grown_ones() -> None:
    grown = ((STORY, (TimelineEntry(SECOND, make_quote(SECOND)),)),)
    changes = Changes(date(2024, 5, 4), (Story((FIRST,)),), grown, date(2024, 5, 9))
    document = json.loads(json.dumps(changes_document(changes)))
    assert (document["since"], document["until"]) == ("2024-05-04", "2024-05-09")
    assert [story["articles"][0]["article_id"] for story in document["new"]] == ["article-1"]
    assert document["grown"][0]["added"][0]["article_id"] == "article-2"


def test_outlets_come_largest_first_and_equal_ones_by_name() -> None:
    document = outlets_document({"B": 1, "C": 4, "a": 1})
    assert document == {
        "outlets": [
            {"outlet": "C", "articles": 4},
            {"outlet": "a", "articles": 1},
            {"outlet": "B", "articles": 1},
        ]
    }


def test_the_latest_are_articles() -> None:
    dated = replace(FIRST, published=datetime(2024, 5, 5, tzinfo=UTC))
    (article,) = json.loads(json.dumps(latest_document([dated])))["articles"]
    assert article["published"] == "2024-05-05T00:00:00+00:00"
