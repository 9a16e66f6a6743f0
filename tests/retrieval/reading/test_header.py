from __future__ import annotations

import pytest

from retrieval.reading.detect import Format
from retrieval.reading.header import split_header


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("---\ntitle: Crane\ntags: [a, b]\n---\nBody\n", Format.YAML),
        ("---\ntitle: Crane\ntags: [a, b]\n...\nBody\n", Format.YAML),
        ("+++\ntitle = 'Crane'\ntags = ['a', 'b']\n+++\nBody\n", Format.TOML),
        ('{\n"title": "Crane",\n"tags": ["a", "b"]\n}\nBody\n', Format.JSON),
        ('{"title": "Crane", "tags": ["a", "b"]} Body\n', Format.JSON),
    ],
)
def test_sound_front_matter_is_read_without_a_warning(text: str, form: Format) -> None:
    header = split_header(text, form)

    assert header.fields == {"title": "Crane", "tags": ["a", "b"]}
    assert header.body.strip() == "Body"
    assert not header.warnings


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('---\ntitle: A "new" crane\nexcerpt: "A "new" one: big"\n---\nBody\n', Format.YAML),
        ('---\ntitle: A "new" crane\nexcerpt:\t"A "new" one: big"\n\tx\n---\nBody\n', Format.YAML),
        ('---\ntitle: A "new" crane\nexcerpt: "A "new" one: big"\n\nBody\n', Format.YAML),
        ('+++\ntitle = A "new" crane\nexcerpt = "A "new" one: big"\n+++\nBody\n', Format.TOML),
        ('{\n"title": "A "new" crane",\n"excerpt": "A "new" one: big"\n}\nBody\n', Format.JSON),
    ],
)
def test_front_matter_that_does_not_parse_is_rescued_and_reported(text: str, form: Format) -> None:
    header = split_header(text, form)

    assert header.fields["title"] == 'A "new" crane'
    assert header.fields["excerpt"] == 'A "new" one: big'
    assert header.body.strip() == "Body"
    assert "does not parse" in header.warnings[0]


def test_rescued_yaml_keeps_its_nested_entries() -> None:
    text = '---\ntitle: "A "new" crane"\nrelated:\n  - title: Other\n    quality: 5\n---\n'

    assert split_header(text, Format.YAML).fields["related"] == [{"title": "Other", "quality": 5}]


def test_json_with_commas_missing_and_spare_is_rescued_whole() -> None:
    text = '{\n"title": "Crane",\n"tags": ["a", "b",]\n"day": "2021-03-04",\n}\nBody'

    assert split_header(text, Format.JSON).fields == {
        "title": "Crane",
        "tags": ["a", "b"],
        "day": "2021-03-04",
    }


def test_a_rule_above_plain_text_is_no_front_matter() -> None:
    text = "---\n\nThe text begins below a rule.\n\nIt goes on.\n"
    header = split_header(text, Format.YAML)

    assert not header.fields
    assert header.body == text


@pytest.mark.parametrize(
    "hostile",
    [
        "---\na: " + "[" * 100_000 + "\n---\nBody\n",
        "---\n" + "- " * 100_000 + "x\n---\nBody\n",
        "---\na: &a [*a]\n---\nBody\n",
        "---\na: !!python/object/apply:os.getcwd []\n---\nBody\n",
        "---\n? [a]\n: b\n---\nBody\n",
        "---\na: 2023-13-45\n---\nBody\n",
    ],
)
def test_hostile_yaml_costs_neither_the_stack_nor_an_exception(hostile: str) -> None:
    assert isinstance(split_header(hostile, Format.YAML).fields, dict)
