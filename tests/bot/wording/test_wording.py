"""The catalogues: complete, alike in placeholders, within Discord's limits, and all in use."""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, get_args

import pytest

import bot
from bot.desk.refusals import Reason
from bot.wording import LANGUAGES, Wording, read_catalogue
from bot.wording.catalogue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.wording.catalogue import Entry

SOURCES = sorted(Path(bot.__file__).parent.rglob("*.py"))
OTHERS = [language for language in LANGUAGES if language != ENGLISH]

# Discord's limit for what the keys of each pattern become; the first pattern that fits counts.
LIMITS = (
    (r"button\..*", 80),
    (r"command\..*", 100),
    (r"choice\..*", 100),
    (r"menu\..*", 32),
    (r"modal\.title", 45),
    (r"modal\.question", 45),
    (r"modal\.placeholder", 100),
    (r"settings\..*_hint", 150),
    (r"settings\.(shown_.*|keep_.*|own_language)", 100),
    (r"thread\.name", 100),
    (r"chart\.(report|copy)", 30),  # side by side above the chart
    (r".*", 300),
)
# Asked for by the translator, by the path of a command or the value of a choice (see its tests).
BY_PATH = re.compile(r"(command|choice|menu)\..*")
BY_WORDING = re.compile(r"(date|number|list)\..*")
JOINING = re.compile(r"number\.group|list\..*")  # stands between two words, spaces and all


@cache
def keys_said() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every text constant of the bot, and every f-string given to `say`, as a pattern."""
    constants: set[str] = set()
    patterns: set[str] = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
                patterns.update(_patterns(node.args[0]))
    return frozenset(constants), tuple(map(re.compile, sorted(patterns)))


def _patterns(said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"
            for part in said.values
        )


@cache
def literal_keys() -> frozenset[str]:
    """The keys that `say` is called with in so many words."""
    return frozenset(
        said.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say"
        for said in ast.walk(node.args[0])
        if isinstance(said, ast.Constant) and isinstance(said.value, str) and "." in said.value
        if not isinstance(node.args[0], ast.JoinedStr)
    )


def forms(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def all_entries() -> list[tuple[str, str, str]]:
    return [
        (language, key, sentence)
        for language in LANGUAGES
        for key, entry in read_catalogue(language).items()
        for sentence in forms(entry)
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_lacks_a_key_or_has_one_of_its_own(language: str) -> None:
    assert read_catalogue(language).keys() == read_catalogue(ENGLISH).keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_in_the_same_values(language: str) -> None:
    for key, entry in read_catalogue(language).items():
        wanted = {
            name for form in forms(read_catalogue(ENGLISH)[key]) for name in placeholders(form)
        }
        for form in forms(entry):
            assert placeholders(form) == wanted, key


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_is_translated(language: str) -> None:
    same = {
        key
        for key, entry in read_catalogue(language).items()
        if entry == read_catalogue(ENGLISH)[key] and re.search(r"[a-z]{4} \w", str(entry))
    }
    assert same == set()


def test_no_text_overruns_its_limit() -> None:
    for language, key, sentence in all_entries():
        limit = next(most for pattern, most in LIMITS if re.fullmatch(pattern, key))
        assert 0 < len(sentence) <= limit, f"{language}: {key}"
        assert sentence == sentence.strip() or JOINING.fullmatch(key), f"{language}: {key}"


def test_a_plural_has_both_forms() -> None:
    for language in LANGUAGES:
        for key, entry in read_catalogue(language).items():
            assert isinstance(entry, str) or set(entry) == {"one", "other"}, f"{language}: {key}"


def test_every_key_that_is_said_exists() -> None:
    known = read_catalogue(ENGLISH)
    assert literal_keys() - known.keys() == set()
    assert {f"refused.{reason}" for reason in get_args(Reason)} <= known.keys()


def test_every_key_is_said_somewhere() -> None:
    constants, patterns = keys_said()
    unused = {
        key
        for key in read_catalogue(ENGLISH)
        if key not in constants
        and not any(pattern.fullmatch(key) for pattern in patterns)
        and not BY_PATH.fullmatch(key)
        and not BY_WORDING.fullmatch(key)
    }
    assert unused == set()


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-US", "en"),
        ("en-GB", "en"),
        ("de", "de"),
        ("es-ES", "es"),
        ("es-419", "es"),
        ("fr", "fr"),
        ("zh-CN", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("ja", "en"),
        ("", "en"),
    ],
)
def test_a_locale_finds_its_language(locale: str, language: str) -> None:
    assert Wording(locale).language == language


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "10 Sep 2023"),
        ("de", "10. Sept. 2023"),
        ("es", "10 sept 2023"),
        ("fr", "10 sept. 2023"),
        ("zh-CN", "2023年9月10日"),
    ],
)
def test_a_day_is_written_as_the_language_does(locale: str, said: str) -> None:
    assert Wording(locale).day(date(2023, 9, 10)) == said


def test_every_language_knows_twelve_months() -> None:
    for language in LANGUAGES:
        days = {Wording(language).day(date(2023, month, 1)) for month in range(1, 13)}
        assert len(days) == 12


@pytest.mark.parametrize(
    ("locale", "n", "said"),
    [
        ("en", 0, "0 copies"),
        ("en", 1, "1 copy"),
        ("en", 2, "2 copies"),
        ("fr", 0, "0 copie"),
        ("fr", 1, "1 copie"),
        ("de", 0, "0 wortgleiche Texte"),
        ("de", 1, "1 wortgleicher Text"),
        ("zh-CN", 1, "1 篇转载"),
        ("zh-CN", 2, "2 篇转载"),
    ],
)
def test_a_number_chooses_its_form(locale: str, n: int, said: str) -> None:
    assert Wording(locale).say("reply.copies", n=n) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "21,400"), ("de", "21.400"), ("es", "21.400"), ("fr", "21\u202f400")],
)
def test_long_numbers_are_grouped(locale: str, said: str) -> None:
    assert Wording(locale).number(21400) == said
    assert Wording(locale).number(2023) == "2023"


@pytest.mark.parametrize(
    ("locale", "names", "said"),
    [
        ("en", [], ""),
        ("en", ["A"], "A"),
        ("en", ["A", "B"], "A and B"),
        ("fr", ["A", "B", "C"], "A, B et C"),
        ("zh-CN", ["A", "B", "C"], "A、B和C"),
    ],
)
def test_names_are_listed_as_a_sentence_does(locale: str, names: list[str], said: str) -> None:
    assert Wording(locale).join(names) == said


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert (
        Wording("en").say("reply.digest_of", outlet="{n}")
        == "Summary of a {n} article, in our words"
    )


def test_a_key_that_no_catalogue_has_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        Wording("en").say("no.such.key")
    with pytest.raises(KeyError):
        Wording("en").say("reply.digest_of")
