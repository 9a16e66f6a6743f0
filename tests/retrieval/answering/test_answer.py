# ruff: noqa: RUF001, SIM905  # typographic marks are meant; a list of words
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answering.answer import answer_question
from retrieval.answering.attempts import correct_question
from retrieval.answering.weights import WEIGHTS
from retrieval.index import IndexWriter
from retrieval.model import Answer, AnswerNote, Article, Window
from retrieval.question.question import parse_question
from retrieval.stories.finding import StoryFinder

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Snapshot

AS_OF = date(2024, 5, 20)


def make_article(name: str, day: int | None, title: str, body: str, outlet: str) -> Article:
    published = datetime(2024, 5, day, tzinfo=UTC) if day else None
    return Article(id=name, title=title, body=body, published=published, outlet=outlet)


ARTICLES = (
    make_article(
        "dam",
        6,
        "Old dam breaks in Aldan",
        "The old dam in Aldan broke on Monday.\n\nMayor Ines Okoro closed the valley road. "
        "She asked 300 families to leave.\n\nSign up for our newsletter about the dam in Aldan.",
        "Aldan Courier",
    ),
    make_article(
        "dam-again",
        7,
        "Aldan counts the damage after the dam broke",
        "Repairs of the dam in Aldan will cost $4 million, engineers said on Tuesday.",
        "Brok Herald",
    ),
    make_article(
        "ferry",
        12,
        "Ferry to the island gets a new boat",
        "The ferry company has bought a boat named Petrel.\n\nThe Petrel carries 300 people.",
        "Aldan Courier",
    ),
    make_article(
        "market",
        13,
        "Market hall of Aldan gets a roof",
        "What the plan says of the market hall\n\nThe market hall of Aldan gets a roof of copper."
        "\n\nThe roof of the market hall will be ready in 2026.\n\nThis should be interesting.",
        "Brok Herald",
    ),
    make_article(
        "mill", None, "The mill of Brok", "The mill in Brok burned down in 1987.", "Notes"
    ),
    make_article(
        "later",
        25,
        "Dam in Aldan rebuilt",
        "The dam in Aldan was rebuilt for $9 million, the mayor said.",
        "Aldan Courier",
    ),
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    with IndexWriter(tmp_path_factory.mktemp("index")) as writer:
        return writer.update(add=ARTICLES)


def ask(snapshot: Snapshot, text: str, window: Window | None = None, outlet: str = "") -> Answer:
    question = parse_question(
        text, as_of=AS_OF, outlets=snapshot.outlets, window=window, outlet=outlet
    )
    return answer_question(question, snapshot, StoryFinder(snapshot))


def test_the_sentence_that_answers_is_quoted_with_its_source(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "Who closed the valley road in Aldan?")
    assert answer.answered
    assert "Mayor Ines Okoro closed the valley road." in answer.quotes[0].text
    assert answer.sources[0].article.id == "dam"
    assert answer.sources[0].story == StoryFinder(snapshot).summarise(answer.sources[0].article)


def test_the_words_that_answer_are_highlighted(snapshot: Snapshot) -> None:
    quote = ask(snapshot, "Who closed the valley road in Aldan?").quotes[0]
    marked = " ".join(quote.text[start:end] for start, end in quote.highlights)
    assert "Okoro" in marked


def test_a_pronoun_comes_with_the_sentence_that_names(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "How many families were asked to leave Aldan?")
    quote = next(quote for quote in answer.quotes if "300 families" in quote.text)
    assert "Okoro" in quote.text


def test_page_furniture_is_never_quoted(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What is in the newsletter about the dam in Aldan?")
    assert not any("Sign up" in quote.text for quote in answer.quotes)


def test_an_article_without_a_day_is_found(snapshot: Snapshot) -> None:
    assert "1987" in ask(snapshot, "When did the mill in Brok burn down?").quotes[0].text


def test_what_came_out_after_the_as_of_day_is_not_known(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "How much will the dam in Aldan cost?")
    assert "$4 million" in answer.quotes[0].text
    assert all(source.article.id != "later" for source in answer.sources)


@pytest.mark.parametrize(
    "text", ["What roof does the market hall of Aldan get?", "When is the market hall ready?"]
)
def test_a_quote_keeps_to_one_paragraph_without_headings_and_idle_words(
    snapshot: Snapshot, text: str
) -> None:
    quotes = [quote.text for quote in ask(snapshot, text).quotes]
    assert quotes
    assert not any("\n" in quote or "What the plan" in quote for quote in quotes)
    assert "This should be interesting." not in quotes


def test_a_follow_up_on_the_day_quotes_the_day(snapshot: Snapshot) -> None:
    before = ask(snapshot, "What roof does the market hall of Aldan get?")
    question = parse_question("and when will it be ready?", as_of=AS_OF, context=before.context)
    answer = answer_question(question, snapshot, StoryFinder(snapshot))
    assert "2026" in answer.quotes[0].text


def test_headlines_are_near_only_where_a_name_is_shared(snapshot: Snapshot) -> None:
    assert not ask(snapshot, "Qxzv?").nearest
    near = ask(snapshot, "Which rocket did Aldan launch to Saturn?").nearest
    assert {article.id for article in near} <= {"dam", "dam-again", "market"}
    assert not ask(snapshot, "Which rocket did the ferry company launch to Saturn?").nearest


def test_what_was_corrected_is_said_of_an_abstention_too(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "Which rocket did the harbor of Saturn launch from the ilsand?")
    assert not answer.answered
    assert [(note.kind, note.asked, note.searched) for note in answer.notes] == [
        ("corrected", "ilsand", "island")
    ]


@pytest.mark.parametrize("text", ["Which rocket reached Saturn?", "", "😀", "模型何时发布？", "?!"])
def test_where_nothing_fits_the_nearest_are_named_and_nothing_quoted(
    snapshot: Snapshot, text: str
) -> None:
    answer = ask(snapshot, text)
    assert not answer.answered
    assert not answer.quotes
    assert not answer.sources
    assert len(answer.nearest) <= 3


def test_the_window_of_a_question_is_shown(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What did the ferry company buy between 10 May and 14 May?")
    assert answer.window == Window(date(2024, 5, 10), date(2024, 5, 14))
    assert answer.notes == ()


def test_a_window_that_holds_no_answer_is_relaxed_with_a_word(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What boat did the ferry company buy in January 2024?")
    assert answer.answered
    assert answer.window is None
    january = Window(date(2024, 1, 1), date(2024, 1, 31))
    assert answer.notes == (AnswerNote(kind="all_coverage", window=january),)


def test_an_outlet_that_has_no_answer_gives_way_to_others_with_a_word(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What boat did the Brok Herald say the ferry company has bought?")
    assert answer.sources[0].article.id == "ferry"
    assert answer.notes == (AnswerNote(kind="all_coverage", outlet="Brok Herald"),)


def test_a_word_that_no_article_has_is_replaced_with_a_word(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What boat did the ferry compamy buy?")
    assert answer.notes == (AnswerNote(kind="corrected", asked="compamy", searched="company"),)


def test_further_articles_are_not_those_that_are_cited(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "Who closed the valley road in Aldan?")
    cited = {source.article.id for source in answer.sources}
    assert answer.more
    assert cited.isdisjoint(article.id for article in answer.more)


def test_nothing_new_is_not_answered_with_what_is_old(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What is new since 18 May?")
    assert not answer.answered
    assert ask(snapshot, "What is new in Aldan since 12 May?").answered


def test_a_window_given_beside_the_question_is_kept_to(snapshot: Snapshot) -> None:
    january = Window(date(2024, 1, 1), date(2024, 1, 31))
    answer = ask(snapshot, "What boat did the ferry company buy?", window=january)
    assert not answer.answered
    assert answer.window == january


def test_an_outlet_that_is_asked_for_is_kept_to_while_it_answers(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "What did the Brok Herald report about the dam in Aldan?")
    assert {source.article.outlet for source in answer.sources} == {"Brok Herald"}


WORDS = st.sampled_from(
    "who what where how many old dam Aldan mayor Okoro closed road ferry boat Petrel 300 people "
    "million engineers Tuesday mill Brok burned , ? “ the a of in did".split()
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=12), threshold=st.sampled_from([0.0, 0.5]))
def test_what_always_holds(snapshot: Snapshot, words: list[str], threshold: float) -> None:
    question = parse_question(" ".join(words), as_of=AS_OF, outlets=snapshot.outlets)

    def once() -> Answer:
        return answer_question(question, snapshot, StoryFinder(snapshot), threshold=threshold)

    answer, again = once(), once()
    assert (answer.quotes, answer.confidence) == (again.quotes, again.confidence)
    assert 0.0 <= answer.confidence <= 1.0
    assert answer.answered == bool(answer.quotes)
    assert len(answer.quotes) <= WEIGHTS.most_quotes
    assert sum(len(quote.text) for quote in answer.quotes) <= WEIGHTS.most_characters
    assert [source.n for source in answer.sources] == list(range(1, len(answer.sources) + 1))
    for quote in answer.quotes:
        article = snapshot.article(quote.article_id)
        whole = article.title if quote.headline else article.text
        assert whole.startswith(quote.text, quote.start)
        ends = [0, *(end for _, end in quote.highlights)]
        assert all(
            last <= start < end <= len(quote.text)
            for last, (start, end) in zip(ends, quote.highlights, strict=False)
        )


def test_a_corrected_word_leaves_the_words_that_hold_it_alone(snapshot: Snapshot) -> None:
    question = parse_question("Which islan among the islands", as_of=AS_OF)
    ranking = snapshot.search(question.query, limit=3)
    assert correct_question(question, ranking).query == "Which island among the islands"


def test_a_german_question_is_read_as_german(tmp_path: Path) -> None:
    text = "Die Reparaturen der Dämme kosten vier Millionen Euro, sagte die Stadt."
    reports = [
        Article(id="damm", title="Die Dämme", body=text, language="de"),
        Article(id="markt", title="Der Markt", body="Der Markt bekommt ein Dach.", language="de"),
    ]
    with IndexWriter(tmp_path) as writer:
        snapshot = writer.update(add=reports)
    answer = ask(snapshot, "Was kosten die Reparaturen der Dämme?")
    assert answer.quotes[0].text == text
