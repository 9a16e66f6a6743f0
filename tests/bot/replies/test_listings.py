"""Lists in blocks: search hits, the latest, one article, outlets."""

from __future__ import annotations

from datetime import date

from bot.replies import (
    Citation,
    Note,
    Reply,
    Title,
    render_article,
    render_latest,
    render_outlets,
    render_ranking,
)
from bot.wording import Wording
from retrieval.model import Filters, Hit, Passage, Ranking, Span, StorySummary, Window
from tests.support.articles import make_article

WORDING = Wording("en")
SPAN = Span(8, date(2031, 4, 1), date(2031, 5, 19))
BODY = "The mayor spoke first. Ferries will carry the commuters for a year. Tickets are cheap."


def citations(reply: Reply) -> list[Citation]:
    return [block for block in reply.blocks if isinstance(block, Citation)]


def notes(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Note)]


def rank(query: str, body: str = BODY) -> Ranking:
    article = make_article(body=body)
    hit = Hit(1, 2.5, article, (Passage(article.id, 0, len(body)),))
    return Ranking(query, (hit,), 12)


def test_a_hit_is_shown_from_the_sentence_that_has_the_words() -> None:
    (cited,) = citations(render_ranking(rank("commuter ferries"), WORDING, span=SPAN))
    (snippet,) = cited.quotes
    assert snippet.text.startswith("Ferries will carry the commuters")
    assert [snippet.text[a:b] for a, b in snippet.highlights] == ["Ferries", "commuters"]


def test_a_hit_found_by_its_headline_alone_is_shown_from_the_start() -> None:
    (cited,) = citations(render_ranking(rank("harbour"), WORDING, span=SPAN))
    assert cited.quotes[0].text.startswith("The mayor spoke first.")
    assert cited.quotes[0].highlights == ()


def test_a_hit_without_text_is_a_headline_alone() -> None:
    (cited,) = citations(render_ranking(rank("harbour", body=""), WORDING, span=SPAN))
    assert cited.quotes == ()


def test_a_long_passage_is_cut_at_a_sentence_end() -> None:
    ranking = rank("mayor", body="The mayor spoke of the bridge once more. " * 30)
    (cited,) = citations(render_ranking(ranking, WORDING, span=SPAN))
    assert len(cited.quotes[0].text) <= 240
    assert cited.quotes[0].text.endswith("once more.")


def test_how_many_were_found_is_said_not_how_many_are_shown() -> None:
    said = notes(render_ranking(rank("mayor"), WORDING, span=SPAN))[0]
    assert said == "12 articles found · listed here: 1 to 1"


def test_how_many_hold_all_of_the_words_is_said() -> None:
    said = notes(render_ranking(rank("mayor bridge"), WORDING, span=SPAN, whole=3))[0]
    assert said == "12 articles found · with all of the words: 3 · listed here: 1 to 1"


def test_a_word_searched_in_place_of_another_is_said() -> None:
    ranking = Ranking("feries", (), 0, (("feries", "ferries"),))
    assert any("ferries" in note for note in notes(render_ranking(ranking, WORDING, span=SPAN)))


def test_filters_are_said() -> None:
    filters = Filters(Window(since=date(2031, 5, 1)), outlet="Radio Aldan", topic="weather")
    reply = render_ranking(rank("mayor"), WORDING, span=SPAN, filters=filters)
    assert "Only Radio Aldan · weather · Searched from 1 May 2031 on" in notes(reply)


def test_days_alone_are_said_as_under_an_answer() -> None:
    filters = Filters(Window(since=date(2031, 5, 1)))
    reply = render_ranking(rank("mayor"), WORDING, span=SPAN, filters=filters)
    assert "Searched from 1 May 2031 on" in notes(reply)


def test_the_latest_are_numbered() -> None:
    reply = render_latest([make_article(n=1), make_article(n=2)], WORDING, span=SPAN)
    assert [cited.n for cited in citations(reply)] == [1, 2]


def test_no_latest_is_said() -> None:
    assert notes(render_latest([], WORDING, span=SPAN)) == ["No article fits."]


def test_an_article_is_shown_with_its_author_topics_and_who_else_tells_it() -> None:
    article = make_article(author="Kim Robin")
    others = StorySummary(("Radio Aldan",))
    reply = render_article(article, WORDING, span=SPAN, others=others)
    assert notes(reply) == ["By Kim Robin", "Topics: transport"]
    assert citations(reply)[0].also == "Same story in Radio Aldan"
    assert reply.story == article.id


def test_an_articles_headline_is_its_title_and_stands_there_alone() -> None:
    reply = render_article(make_article(title="Bridge to close"), WORDING, span=SPAN)
    assert [b.text for b in reply.blocks if isinstance(b, Title)] == ["Bridge to close"]
    assert citations(reply)[0].title == ""


def test_an_article_without_a_headline_is_called_untitled() -> None:
    reply = render_article(make_article(title=""), WORDING, span=SPAN)
    assert reply.blocks[0] == Title("Untitled", "https://example.org/news/1")


def test_outlets_are_listed_the_largest_first() -> None:
    reply = render_outlets({"A": 1, "C": 3, "B": 1}, WORDING, span=SPAN)
    assert notes(reply) == ["C: 3 articles", "A: 1 article", "B: 1 article"]
