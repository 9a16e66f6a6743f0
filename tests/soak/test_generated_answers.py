"""Any answer through the whole bot: taken by Discord, read back by a reader that is not ours."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from simcord.preview._markdown import markdown_tokens

from bot.compose import build_client, build_desk, open_store
from bot.discord_bot.escaping import encode_address, strip_unseen
from bot.discord_bot.layout import LONGEST_LINK
from bot.replies.citing import web_address
from bot.settings import LimitsSettings
from retrieval.coverage import Coverage
from tests.bot.hostile import answers
from tests.support.articles import make_answer, tiny_articles
from tests.support.messages import list_buttons, list_texts
from tests.support.requests import request_errors
from tests.support.scene import open_scene, tiny_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import simcord

    from retrieval.model import Answer
    from tests.support.scene import Scene

NO_LIMIT = LimitsSettings(per_person=10**9, per_server=10**9)
NUMBER = re.compile(r"^\*\*(\d+)\*\*  ", re.MULTILINE)
NEXT = "▶️"
NOT_COMPARED = re.compile("[\\s\u200b-\u200f\u2060-\u2069\ufeff*#-]")
ANY = list(HealthCheck)


class ScriptedCoverage(Coverage):
    """Coverage that answers whatever is asked with the answer that was put in."""

    answer: Answer

    def ask(self, question: str, **_: Any) -> Answer:  # noqa: ANN401, ARG002  # as `Coverage.ask`
        """Give the answer that was put in."""
        return self.answer


@dataclass(slots=True)
class Stage:
    """The bot on a scripted coverage, with a loop of its own: Hypothesis calls no coroutines."""

    runner: asyncio.Runner
    scene: Scene
    coverage: ScriptedCoverage
    numbers: count[int] = field(default_factory=count)

    def ask(self, answer: Answer) -> list[str]:
        """Have the answer given to /ask, and give the texts of all its pages."""
        self.coverage.answer = answer
        return self.runner.run(self._ask())

    async def _ask(self) -> list[str]:
        question = f"Question {next(self.numbers)}"  # what was asked before need not be asked again
        shown = await self.scene.member.slash(self.scene.channel, "ask", question=question)
        texts = list_texts(_answer_of(shown))
        while button := list_buttons(_answer_of(shown)).get(NEXT):
            await self.scene.member.click(_answer_of(shown), custom_id=button)
            texts += list_texts(_answer_of(shown))
        return texts

    def forget_requests(self) -> list[str]:
        """What Discord would refuse of the requests since the last call."""
        requests = self.scene.env.http_requests
        errors = [line for r in requests for line in request_errors(r.method, r.path, r.json)]
        self._empty()
        return errors

    def _empty(self) -> None:
        """Let SimCord forget: ten thousand answers would take gigabytes."""
        backend = self.scene.env.backend
        backend.http_requests.clear()
        backend.transcript.clear()
        backend.interactions.clear()
        for messages in backend.messages.values():
            messages.clear()


def _answer_of(shown: simcord.InteractionResult) -> simcord.ResponseMessage:
    assert shown.response is not None
    return shown.response


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Put the bot on stage for all the examples of a test."""
    coverage = ScriptedCoverage.of_articles(tiny_articles(), tmp_path / "cache")
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def open_stage() -> Scene:
            own = tiny_settings(tmp_path, limits=NO_LIMIT)
            desk = build_desk(own, coverage, open_store(own))
            return await stack.enter_async_context(open_scene(build_client(own, desk)))

        yield Stage(runner, runner.run(open_stage()), coverage)
        runner.run(stack.aclose())


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=ANY)
@given(answer=answers())
def test_three_hundred_answers(stage: Stage, answer: Answer) -> None:
    assert_well_told(stage, answer)


@pytest.mark.fuzz
@settings(max_examples=10_000, deadline=None, suppress_health_check=ANY, phases=[Phase.generate])
@given(answer=answers())
def test_ten_thousand_answers(stage: Stage, answer: Answer) -> None:
    assert_well_told(stage, answer)


def test_a_plain_answer_is_read_back(stage: Stage) -> None:
    texts = stage.ask(make_answer())
    assert [link for text in texts for link in list_links(text)] == ["https://example.org/news/1"]
    assert [quote for text in texts for quote in list_quotes(text)] == [
        "“The harbour bridge will close in June for a year.”\N{NO-BREAK SPACE}¹"
    ]


def assert_well_told(stage: Stage, answer: Answer) -> None:
    """Taken as it is, nobody pinged, every source there, every link its own, every quote exact."""
    texts = stage.ask(answer)
    assert stage.forget_requests() == []
    assert_links(texts, answer)
    numbers = {int(n) for text in texts for n in NUMBER.findall(text)}
    assert numbers == {source.n for source in answer.sources}, texts
    words = squeeze("\n".join(source.article.text for source in answer.sources))
    for quote in (quote for text in texts for quote in list_quotes(text)):
        assert squeeze(bare(quote)) in words, quote


def assert_links(texts: list[str], answer: Answer) -> None:
    """Links lead to the articles' own addresses, and none that can be shown is missing."""
    articles = [s.article for s in answer.sources] if answer.answered else answer.nearest[:3]
    encoded = {encode_address(web_address(article.url) or "") for article in articles}
    expected = {url for url in encoded if url and len(url) <= LONGEST_LINK}
    assert {link for text in texts for link in list_links(text)} == expected


def list_links(text: str) -> Iterator[str]:
    """Where SimCord's reader of Discord's Markdown finds links."""
    for token in read_tokens(text):
        if "href" in token:
            yield str(token["href"])


def list_quotes(text: str) -> Iterator[str]:
    """The words of each block of quotation, as that reader shows them."""
    for quoted, lines in groupby(text.split("\n"), key=lambda line: line.startswith("> ")):
        if quoted:
            tokens = read_tokens("\n".join(line.removeprefix("> ") for line in lines))
            yield "".join("\n" if t["type"] == "break" else t.get("content", "") for t in tokens)


def read_tokens(text: str) -> Iterator[dict[str, Any]]:
    """Every token of a text in order."""
    waiting = markdown_tokens(text, "text_display")
    while waiting:
        token, *waiting = waiting
        yield token
        waiting = [*(token.get("children") or []), *waiting]


def bare(quote: str) -> str:
    """The words of a quote without the signs that the bot puts around them."""
    return re.sub(r"^“|(?: …)?”\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", "", quote.strip())


def squeeze(text: str) -> str:
    """What can be seen of a text, without spaces, asterisks and the signs of small print.

    Discord makes words bold in places where the reader, which follows CommonMark, shows asterisks;
    and the reader takes an escaped `-#` for small print, which Discord does not.
    """
    return NOT_COMPARED.sub("", strip_unseen(text))
