# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

import pytest

from retrieval.reading.footer import split_footer

CREDITS = "\n作者：[Ada Winch][a]\n译者：[译者ID](https://github.com/译者ID)\n"
RULE = "-" * 80


@pytest.mark.parametrize(
    "footer",
    [
        f"{RULE}\n\nvia: https://example.com/a\n{CREDITS}",
        f"{RULE}\n\nvia：https://example.com/a\n{CREDITS}",
        f"------\n\nvia: https://example.com/a\n{CREDITS}",
        f"via: <https://example.com/a>\n{CREDITS}",
        f"via: https://example.com/a\n{CREDITS}\n[a]:https://example.com/ada\n[b]:\n",
    ],
)
def test_the_footer_is_cut_off_and_names_the_source(footer: str) -> None:
    body, found = split_footer(f"Text.\n\n{footer}")

    assert body.split("\n")[0] == "Text."
    assert "via" not in body
    assert "译者" not in body
    assert found.via == "https://example.com/a"
    assert found.author == "Ada Winch"


def test_definitions_below_the_footer_still_resolve_the_body() -> None:
    text = f"See [one][1].\n\n{RULE}\n\nvia: https://example.com/a\n\n[1]: https://example.com/1\n"

    assert "[1]: https://example.com/1" in split_footer(text)[0]


def test_via_within_the_text_is_no_footer() -> None:
    text = "```\nVia: 1.1 https://cache.example.com\n```\n\nThe text goes on.\n"

    assert split_footer(text)[0] == text


def test_the_last_rule_counts() -> None:
    text = (
        f"{RULE}\n\nvia: https://example.com/no\n\nText.\n\n{RULE}\n\nvia: https://example.com/a\n"
    )
    body, found = split_footer(text)

    assert found.via == "https://example.com/a"
    assert "Text." in body
