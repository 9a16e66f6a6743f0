"""Write docs/answers.md: two replies on `seeds/` for every form, one of them an honest failure."""

# ruff: noqa: INP001  # a script, not a package

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from retrieval import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Answer, Quote

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "answers.md"
AS_OF = date(2023, 11, 26)
OPENING = """# How replies read, form by form

Each reply below is what `ask` gives on `seeds/`, asked on 26 November 2023; `docs/answers.py`
writes this page, and a test holds it true. For every form the first reply is a good one; the second
shows where the form fails, and what is said then.
"""
# A form, what it shows, a question answered well, one that is not, and what is wrong with that.
FORMS = (
    (
        "fact",
        "The sentence that answers, its slot in bold; of a moving fact the newest statement.",
        "When will training begin?",
        "How much does Llama 2 cost?",
        "No article gives a price: without an amount there is no fact, only what is closest.",
    ),
    (
        "yes_no",
        "The sentence that tells; a lead only where that sentence itself affirms or denies.",
        "Is Llama 2 open source?",
        "Does Llama 2 run on Azure?",
        "The answer stands there in other words (“hands it out through its Azure cloud”).",
    ),
    (
        "list",
        "The block that lists, or the sentences that name most.",
        "List the rivals of Meta",
        "Which companies compete with Meta?",
        "The same in other words: the sentence that lists says “rivals”; a headline comes first.",
    ),
    (
        "comparison",
        "Each side with its own quote.",
        "Compare Llama 2 and GPT-4",
        "Llama 1 vs Llama 2",
        "The coverage calls the older model just “Llama”: one side stays empty.",
    ),
    (
        "summary",
        "Up to six lines, a line a report, earliest first.",
        "Summarise the new Meta model",
        "What's up with Intel?",
        "One report alone makes no story: it is told from that one.",
    ),
    (
        "why",
        "The sentence that gives the cause, or what happened with the sentence that says why.",
        "Why does Intel offer reference kits?",
        "Why is Meta building its own data centres?",
        "No article gives the reason: what is closest is shown, and not as an answer.",
    ),
    (
        "definition",
        "The clause that says what or who it is.",
        "Who is Yann LeCun?",
        "What is Llama 2?",
        "What it follows is told before what it is.",
    ),
    (
        "parts",
        "A quote for each of two questions.",
        "Which GPUs has Meta chosen and when will training begin?",
        "Who leads the team and how much does it cost?",
        "Nothing is sure of either part.",
    ),
    (
        "news",
        "The newest headlines, of the subject where one is named.",
        "What's new?",
        "Latest on Gemini",
        "Nothing of late is about it: the newest reports that name it may only mention it.",
    ),
    (
        "none",
        "Where nothing is near, nothing is quoted.",
        "Who won the World Cup?",
        "How tall is the Eiffel Tower?",
        "Both are right: no article says it.",
    ),
)


def build_page(cache: Path) -> str:
    """The page as Markdown; the index of the seeds is built in the folder `cache`."""
    coverage = Coverage.open([ROOT / "seeds"], cache)
    parts = [OPENING]
    for form, shown, good, failing, why in FORMS:
        parts.append(f"## `{form}`\n\n{shown}\n")
        parts += [
            _render(coverage.ask(good, as_of=AS_OF)),
            _render(coverage.ask(failing, as_of=AS_OF)),
        ]
        parts.append(f"{why}\n")
    return "\n".join(parts)


def _render(answer: Answer) -> str:
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: Answer) -> Iterator[str]:
    yield f"**{answer.question}** (`{answer.form}`)\n"
    if answer.lead:
        yield f"> *{answer.lead.kind}*\n>"
    if not answer.answered:
        yield "> *not sure; closest:*\n>" if answer.closest else "> *nothing found*"
    sources = {source.n: source.article for source in answer.sources}
    for quote in answer.quotes or answer.closest:
        article = sources[quote.source]
        day = article.day.isoformat() if article.day else "no day"
        label = f"{quote.label}: " if quote.label else ""
        yield f"> {label}“{_mark(quote)}” ({article.outlet or 'unnamed outlet'}, {day})\n>"


def _mark(quote: Quote) -> str:
    """The quote on one line with its highlights in bold."""
    marked, at = "", 0
    for start, end in quote.highlights:
        marked += f"{quote.text[at:start]}**{quote.text[start:end]}**"
        at = end
    return " ".join((marked + quote.text[at:]).split())


if __name__ == "__main__":
    with TemporaryDirectory(prefix="clippings-answers-") as scratch:
        PAGE.write_text(build_page(Path(scratch)), encoding="utf-8")
