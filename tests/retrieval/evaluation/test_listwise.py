from __future__ import annotations

import numpy as np
import pytest

from retrieval.answering.logistic import parse_model
from retrieval.evaluation.listwise import Ranked, fit_listwise


def ranked(rows: list[list[float]], answers: list[bool]) -> Ranked:
    return Ranked(np.array(rows), np.array(answers), np.zeros(len(rows)))


def test_what_sets_answers_apart_gains_weight_and_the_rest_keeps_its_prior() -> None:
    questions = [
        ranked([[1.0, 0.3], [0.0, 0.3]], [True, False]),
        ranked([[0.0, 0.9], [1.0, 0.9]], [False, True]),
    ]
    names = ("tells", "tells_nothing")
    model = parse_model(fit_listwise(names, questions, {"tells_nothing": 0.5}), names)
    assert model.weights[0] > 0
    assert model.weights[1] / model.deviation[1] == pytest.approx(0.5, abs=0.01)


def test_a_question_without_an_answer_teaches_nothing() -> None:
    telling = ranked([[1.0], [0.0]], [True, False])
    idle = ranked([[0.0], [5.0]], [False, False])
    names = ("tells",)
    assert fit_listwise(names, [telling], {}) == fit_listwise(names, [telling, idle], {})
