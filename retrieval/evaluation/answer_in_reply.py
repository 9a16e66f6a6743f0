"""The share of questions whose answer stands in the quotes that are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.model import Answer

_WORD = re.compile(r"\w+")


def holds_answer(answer: Answer, answers: Iterable[str]) -> bool:
    r"""Whether any answer, lower-cased and cut into `\w+`, is a run of words of one quote."""
    quoted = [_spaced(quote.text) for quote in answer.quotes]
    wanted = [spaced for text in answers if (spaced := _spaced(text)).strip()]
    return any(run in text for run in wanted for text in quoted)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "
