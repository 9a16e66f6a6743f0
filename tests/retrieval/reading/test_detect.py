from __future__ import annotations

import pytest

from retrieval.reading.detect import Format, SourceText, detect_format


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("---\ntitle: x\n---\n", Format.YAML),
        ("\n\n--- \ntitle: x\n...\n", Format.YAML),
        ("+++\ntitle = 'x'\n+++\n", Format.TOML),
        ('{\n"title": "x"}\n', Format.JSON),
        ('{"title": "x"}\n', Format.JSON),
        ("[#]: subject: (x)\n", Format.LCTT),
        (" [#]: subject: (x)\n", Format.LCTT),
        ("\nA line\n" * 8 + "[#]:\tsubject: x\n", Format.LCTT),
        ("A line\n" * 30 + "[#]: subject: x\n", Format.PLAIN),
        ("A line of text.\n---\n", Format.PLAIN),
        ("{ a brace }", Format.PLAIN),
        ("-----\ntext", Format.PLAIN),
        ("", Format.PLAIN),
    ],
)
def test_the_format_is_told_by_content(text: str, form: Format) -> None:
    assert detect_format(SourceText(text)) is form
