"""The questions that a visitor asks first, of the coverage that is shipped and of its originals."""

# ruff: noqa: E501, RUF001  # one question a line; typographic marks are meant

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from retrieval.coverage import Coverage
from retrieval.evaluation.answer_in_reply import holds_answer, holds_run

if TYPE_CHECKING:
    from retrieval.model import Answer

ROOT = Path(__file__).parents[3]
ORIGINALS = ROOT.parent / "shared" / "seeds"
FOLDERS = [
    pytest.param(ROOT / "seeds", id="shipped"),
    pytest.param(
        ORIGINALS,
        id="originals",
        marks=pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no ../shared/seeds here"),
    ),
]
NEARLY_ALL = 0.95
# One quote is shown where three were.
MOST = 0.7

# The five files by the first words of their headline, and the related reports beside them.
WIRED, NEXT_MODEL, LLAMA_2 = "Meta’s Open Source", "Meta developing an AI", "Meta's New AI Model"
ITS_FOSS, OPEN_LLAMA = "Meta Aims to Build", ""
MINT, BRAND, TELECOM = "Meta is working on", "Meta is developing", "Meta is developing"
INTEL, COIN, RTE = "Intel Seeks", "Meta is building", "Meta developing new"


class Expected(NamedTuple):
    """A question, words one of which answers it in either wording, and headlines that may hold it."""

    question: str
    words: tuple[str, ...]
    titles: tuple[str, ...]


ANSWERED = [
    Expected("Which GPUs has Meta chosen for its new model?", ("H100",), (ITS_FOSS,)),
    Expected("When will Meta begin training the new model?", ("early 2024", "early in 2024"), (ITS_FOSS,)),
    Expected("What is the role of Mark Zuckerberg?", ("dedicated team", "heads the team", "CEO", "leads Meta"), (ITS_FOSS, OPEN_LLAMA)),
    Expected("What is Google's rival or competitor to GPT-4 called?", ("Gemini",), (ITS_FOSS,)),
    Expected("Which company made or co-developed Llama with Meta?", ("Microsoft",), (ITS_FOSS, COIN, TELECOM)),
    Expected("Whose data centers is Meta readying for training?", ("data centers", "Data centres"), (ITS_FOSS,)),
    Expected("Who is head of AI at Meta?", ("Yann LeCun",), (OPEN_LLAMA,)),
    Expected("Where did Yann LeCun speak about open platforms?", ("France",), (OPEN_LLAMA,)),
    Expected("What can the commercial AI model produce?", ("code", "program code"), (OPEN_LLAMA,)),
    Expected("What does the licence of LLaMA v1 allow?", ("research",), (OPEN_LLAMA,)),
    Expected("What is the strategy of Meta against OpenAI?", ("dominance of OpenAI", "lead of OpenAI"), (OPEN_LLAMA,)),
    Expected("How many sources told the Financial Times about the commercial AI model?", ("three sources", "Three people"), (OPEN_LLAMA,)),
    Expected("Could the open-source Llama 2 be misused for deepfakes?", ("deepfakes",), (LLAMA_2,)),
    Expected("Does Llama 2 come in several sizes?", ("several sizes",), (LLAMA_2,)),
    Expected("What was Llama 2 trained on?", ("larger dataset", "body of text"), (LLAMA_2,)),
    Expected("Are the weights and code of Llama 2 public?", ("weights",), (LLAMA_2,)),
    Expected("What is Meta's answer or reply to OpenAI's GPT-4?", ("away for free", "hands out Llama"), (WIRED,)),
    Expected("Who could build powerful or strong AI systems?", ("entrepreneurs", "founders"), (WIRED,)),
    Expected("Which boom could the free Llama intensify?", ("generative AI",), (WIRED,)),
    Expected("Which companies are rivals of Meta?", ("Google",), (NEXT_MODEL, OPEN_LLAMA)),
    Expected("How powerful will the new model of Meta be?", ("GPT-4", "several times", "multiple"), (NEXT_MODEL, MINT, BRAND, ITS_FOSS)),
    Expected("Which model of OpenAI is the most impressive or the strongest?", ("GPT-4",), (NEXT_MODEL,)),
    Expected("Whose AI platform does Intel answer with its reference kits?", ("Nvidia",), (INTEL,)),
    Expected("When was Llama 2 launched?", ("July",), (TELECOM, RTE)),
    Expected("When will Meta's new AI model be ready or finished?", ("next year", "2024"), (BRAND, MINT, ITS_FOSS)),
]  # fmt: skip

UNANSWERED = [
    "Who won the World Cup in 2022?",
    "How many people live in Brazil?",
    "What did the Bank of England do with interest rates?",
    "Which hurricane hit Florida?",
    "Who is the president of France?",
    "What is the price of Bitcoin?",
    "When does the next iPhone come out?",
    "How many employees did Twitter lay off?",
    "What does the Apple Vision Pro cost?",
    "Who founded Amazon?",
    "Which film won best picture at the Oscars?",
    "When was the Eiffel Tower built?",
    "How much did Microsoft pay for Activision?",
    "What did Elon Musk say about Mars?",
    "Who is the chief executive of Anthropic?",
    "How many parameters does GPT-4 have?",
    "Which team won the Super Bowl?",
    "What is the capital of Australia?",
    "How tall is Mount Everest?",
    "When will Tesla release the Cybertruck?",
    "What did Sundar Pichai say about YouTube?",
    "How much does a Tesla Model 3 cost?",
    "Which bank collapsed in March?",
    "Who directed the film Oppenheimer?",
    "What is Samsung charging for its foldable phone?",
]


@pytest.fixture(scope="module", params=FOLDERS)
def coverage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.open([request.param], tmp_path_factory.mktemp("cache"))


def is_right(answer: Answer, expected: Expected) -> bool:
    titles = [source.article.title for source in answer.sources]
    named = any(title.startswith(start) for title in titles for start in expected.titles)
    return answer.answered and named and holds_answer(answer, expected.words)


def test_nearly_all_questions_get_the_right_words_from_the_right_source(coverage: Coverage) -> None:
    wrong = [e.question for e in ANSWERED if not is_right(coverage.ask(e.question), e)]
    assert len(wrong) <= (1 - MOST) * len(ANSWERED), wrong


def test_nearly_all_questions_without_an_answer_get_none(coverage: Coverage) -> None:
    wrong = [question for question in UNANSWERED if coverage.ask(question).answered]
    assert len(wrong) <= (1 - NEARLY_ALL) * len(UNANSWERED), wrong


def test_the_first_question_and_its_follow_up(coverage: Coverage) -> None:
    answer = coverage.ask("What is Meta building to rival GPT-4?")
    shown = " ".join(quote.text for quote in answer.quotes or answer.closest)
    assert holds_run(shown, ["AI system", "AI model", "open-source system"])
    follow_up = coverage.ask("Who reported it first?", context=answer.context)
    assert holds_answer(follow_up, ["Wall Street Journal", "the Journal"])
    assert follow_up.sources[0].article.outlet == "Wall Street Journal"
    told = follow_up.notes[-1]
    assert (told.outlet, told.day) == ("Wall Street Journal", date(2023, 9, 10))
    assert (told.others, told.unnamed) == (("Reuters",), 9)
    others = coverage.ask("Who else reported it?", context=follow_up.context)
    assert others.sources[0].article.outlet == "Reuters"
    ready = coverage.ask("and when will it be ready?", context=answer.context)
    assert ready.quotes or ready.closest


def test_no_quote_on_the_seeds_crosses_a_paragraph(coverage: Coverage) -> None:
    quotes = [quote for e in ANSWERED for quote in coverage.ask(e.question).quotes]
    assert not [quote.text for quote in quotes if "\n\n" in quote.text]


def test_the_chosen_hardware_is_quoted_with_its_article(coverage: Coverage) -> None:
    answer = coverage.ask("Which GPUs has Meta chosen for its new model?")
    quote = next(quote for quote in answer.quotes if "H100" in quote.text)
    source = next(source for source in answer.sources if source.n == quote.source)
    assert source.article.title.startswith(ITS_FOSS)
