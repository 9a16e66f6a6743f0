"""The share of questions whose answer stands in the quotes that are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.model import Answer

_WORD = re.compile(r"\w+")
_UNPARTED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def holds_answer(answer: Answer, answers: Iterable[str]) -> bool:
    """Whether one of the quotes holds one of the answers, see `holds_run`."""
    wanted = tuple(answers)
    return any(holds_run(quote.text, wanted) for quote in answer.quotes)


def holds_run(text: str, answers: Iterable[str]) -> bool:
    r"""Whether any answer, lower-cased and cut into `\w+`, is a run of words of the text.

    One in signs that are written without blanks, Chinese or Thai, may stand anywhere in it.
    """
    spaced = _spaced(text)
    return any(
        run in (text.lower() if _UNPARTED.search(run) else spaced)
        for answer in answers
        if (run := _run(answer)).strip()
    )


def _run(answer: str) -> str:
    return answer.lower().strip() if _UNPARTED.search(answer) else _spaced(answer)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "
