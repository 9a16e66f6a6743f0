"""Short questions, as people type them, of thousands of articles that others wrote.

The weight of a coverage's size was set with the first half of them in view: this guards against
falling back, and is no measure of accuracy.
"""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.coverage import Coverage
from retrieval.evaluation.answer_in_reply import holds_answer
from tests.retrieval.reading.coverage_files import SHARED

CORPORA = SHARED / "corpora"
AS_OF = date(2026, 11, 22)

# Each with words one of which answers it.
ANSWERED = {
    "Who sued Microsoft over the Azure trademark?": (
        "Azure Knowledge",
        "Azure , a leading IT company",
        "leading IT company of India",
    ),
    "How much is Microsoft investing in Poland?": ("1 billion",),
    "How much is Microsoft investing in Italy?": (
        "1.5 billion",
        "1 5bn",
        "1.5bn",
    ),
    "Which company with industry data models did Microsoft acquire?": ("ADRM",),
    "Where are Minecraft Realms moving?": ("Azure",),
    "What did Microsoft build for OpenAI?": ("supercomputer",),
    "When did Om Malik die?": ("June 24",),
    "How much was Snowflake's revenue?": ("242 million",),
    "How much RAM does Diablo 4 need for 4K?": ("32GB",),
    "When will Azure Batch rendering be retired?": ("29 February 2024",),
    "What is FedEx Surround?": (
        "real time analytics",
        "analytics",
    ),
    "Which bank is adopting Azure to become cloud-first?": ("Standard Chartered",),
    "Will Diablo 4 come to Xbox Game Pass?": (
        "will not be released",
        "no plans",
        "not coming",
        "has no plans",
    ),
    "What is Google Gemini?": (
        "AI model",
        "conversational artificial intelligence",
    ),
    "Who is the CEO of OpenAI?": ("Sam Altman",),
    "How many jobs will the Microsoft cloud create in the UAE?": ("69 000",),
    "What is StarCoder?": ("Large Language Models for Code",),
    "When was Fedora Core 1 released?": ("November 6 2003",),
    "Who joins SAP as marketing chief?": ("Julia White",),
    "How many languages did Azure Translator add?": ("nine",),
    "Which Sony sensor has an AI chip?": ("IMX500",),
    "What is Meta building?": (
        "AI model",
        "artificial intelligence",
        "AI system",
    ),
    "Who reported that Meta is building a new AI system?": (
        "Wall Street Journal",
        "WSJ",
        "Journal",
    ),
    "Who did Zuckerberg hire for superintelligence?": (
        "Alexandr Wang",
        "Nat Friedman",
        "Daniel Gross",
        "Trapit",
        "Shengjia",
        "Jack Rae",
        "Pei Sun",
        "Lucas Beyer",
    ),
    "Who is chief executive of Alphabet?": ("Sundar Pichai",),
    "When is the Diablo 4 release date?": (
        "June 6",
        "6th June",
        "June 2023",
        "6 June",
    ),
    "What is Alpaca?": ("instruction following",),
    "Which telecom software company did Microsoft buy?": (
        "Metaswitch",
        "Affirmed",
    ),
    "Who objected to the JEDI contract?": (
        "Amazon",
        "AWS",
    ),
    "Who runs Blizzard's Diablo franchise?": ("Rod Fergusson",),
    "When did the Diablo 4 beta start?": ("March",),
    "What is Code Llama?": (
        "boosts coding",
        "Large Language",
        "LLM",
        "language model",
        "code",
    ),
    "Which company did Microsoft partner with for shipping logistics?": ("FedEx",),
    "Where is Microsoft's Austrian cloud region?": ("Vienna",),
    "Which operating system project released version 39?": ("Fedora",),
    "Who filed a protest over JEDI?": (
        "Amazon",
        "AWS",
    ),
    "What did Sony add Microsoft AI to?": (
        "image sensor",
        "IMX500",
        "camera",
    ),
    "What is Azure Orbital?": (
        "satellite",
        "ground station",
    ),
    "What did Microsoft say about the Azure outage?": ("outage",),
    "Who bought Metaswitch?": ("Microsoft",),
    "Which Nvidia GPUs are in Azure?": (
        "A100",
        "Nvidia",
        "Ampere",
    ),
    "What is Kimi K3?": (
        "open weights",
        "frontier",
    ),
}
UNANSWERED = """
How much did Microsoft pay for GitHub?
Who is suing OpenAI?
How much does ChatGPT Plus cost?
Who founded Mistral AI?
What did Sam Altman say about regulation?
Did Italy ban ChatGPT?
How many players does Diablo 4 have?
Who voices Lilith in Diablo 4?
When did Elon Musk buy Twitter?
How old is Mark Zuckerberg?
What is the capital of Poland?
Who invented the GIF?
Where was Sam Altman born?
How much does an H100 cost?
Which university did Zuckerberg leave?
Who won the Formula 1 championship?
What did Satya Nadella say about Google?
How many employees does Nvidia have?
When was Reuters founded?
Why was Sam Altman fired?
How many people use Threads?
Which bank bought Credit Suisse?
How tall is the Eiffel Tower?
Who directed Oppenheimer?
Who is the president of France?
What did Biden say about TikTok?
How much did Disney lose last year?
Which team won the World Cup?
Who is the king of Spain?
What is the population of Austria?
How many cars did Tesla sell?
Who discovered penicillin?
When does the Olympics start?
Why is the sky blue?
What caused the Suez canal blockage?
who is the ceo of netflix
what is the bitcoin price
how many moons does jupiter have
Who is the CEO of Intel?
How much is a Tesla Model Y?
When did Steve Jobs die?
What is the population of Vienna?
Who wrote the Rust compiler?
How old is Bill Gates?
Where does Sundar Pichai live?
How many subscribers does Netflix have?
What did Tim Cook say about Gemini?
Who won the Super Bowl?
How much did Amazon pay for MGM?
Why did Zuckerberg sue Musk?
Which country banned Facebook?
When will GTA 6 be released?
Who is Sam Altman's wife?
What is the price of Windows 11?
How many people work at OpenAI?
What is the CEO of Blizzard paid?
Who hacked Twitter?
When was Google founded?
Who owns Reuters?
What is Meta's revenue?
Did Apple buy Disney?
How fast is the Fugaku supercomputer?
who invented linux in finland
How much RAM does GTA 5 need?
Which actor plays Diablo in the movie?
What did the pope say about AI?
When is the next solar eclipse?
"""

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no ../shared/corpora at hand")


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.open([CORPORA], tmp_path_factory.mktemp("cache"))


def test_most_short_questions_get_words_that_answer(coverage: Coverage) -> None:
    right = sum(
        holds_answer(coverage.ask(question, as_of=AS_OF), words)
        for question, words in ANSWERED.items()
    )
    # One quote is shown, and a doubtful one not as an answer.
    assert right >= 0.7 * len(ANSWERED)


def test_few_short_questions_get_words_where_there_are_none(coverage: Coverage) -> None:
    asked = UNANSWERED.strip().splitlines()
    answered = [question for question in asked if coverage.ask(question, as_of=AS_OF).answered]
    assert len(answered) <= 0.2 * len(asked), answered
