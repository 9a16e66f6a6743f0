# ruff: noqa: RUF001  # letters of other scripts are meant
from __future__ import annotations

import subprocess
import sys

import pytest

from retrieval.text.languages import identify_language, identify_question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mill burnt down on Sunday, and nobody was in it.", "en"),
        ("Die Mühle brannte am Sonntag ab, und niemand war darin.", "de"),
        ("El molino se quemó el domingo y no había nadie en él.", "es"),
        ("Le moulin a brûlé dimanche et personne n'était dedans.", "fr"),
        ("Değirmen pazar günü yandı, içinde kimse yoktu.", "tr"),
        ("磨坊星期天烧毁了，里面没有人。", "zh"),
        ("Мельница сгорела в воскресенье, в ней никого не было.", "ru"),
        ("احترقت الطاحونة يوم الأحد ولم يكن فيها أحد.", "ar"),
        ("रविवार को चक्की जल गई, उसमें कोई नहीं था।", "hi"),
        ("Quill 4.1 beta", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_that_declares_none(text: str, language: str) -> None:
    assert identify_language(text) == language


def test_what_a_file_declares_counts() -> None:
    assert identify_language("The mill burnt down.", "pt-BR") == "pt"
    assert identify_language("Die Mühle brannte ab.", "n/a") == "de"


@pytest.mark.parametrize(
    ("text", "among", "language"),
    [
        ("When did the mill burn down?", ("en",), "en"),
        ("Wann brannte die Mühle ab?", ("en", "de"), "de"),
        ("¿Cuándo se quemó el molino?", ("en",), "es"),
        ("Quand le moulin a-t-il brûlé ?", ("en",), "fr"),
        ("磨坊什么时候烧毁的？", ("en",), "zh"),
        ("Quill 4 beta", ("de", "en"), "de"),  # nothing tells: that of most articles
        ("Corvid", (), "en"),
    ],
)
def test_the_language_of_a_question(text: str, among: tuple[str, ...], language: str) -> None:
    assert identify_question(text, among) == language


def test_english_is_told_without_loading_the_model() -> None:
    code = (
        "import sys; from retrieval.text.languages import identify_language as i;"
        "i('The mill burnt down, and nobody was in it.'); print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
