# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.code_ranges import unmark
from retrieval.reading.markup import body_to_text, html_to_text, is_html, markdown_to_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Head\n\nA **bold** _word_ and `code`.", "Head\n\nA bold word and code."),
        (
            "A [link](https://example.com) and [one][1].\n\n[1]: https://example.com",
            "A link and one.",
        ),
        ("See [this][7] and [that][a], no such targets.", "See this and that, no such targets."),
        ('* [Papers](Search for "cranes" somewhere)', "Papers"),
        ("![alt](x.png)\n\n![][3]\n\nText.\n\n[3]: data:image/png;base64,AA", "Text."),
        ("* one\n* two\n\n1. three", "one\n\ntwo\n\nthree"),
        ("> A quote\n> goes on.", "A quote goes on."),
        ("Wrapped by\nhand.", "Wrapped by hand."),
        ("A sentence.  \nAnother.", "A sentence.\n\nAnother."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a · b\n\n1 · 2"),
        ("A <div>tag</div> <!-- note -->here.", "A\n\ntag\n\nhere."),
        ("It; **** they _said _so.", "It; they said so."),
        ("###Tight heading###\n\n~~Gone~~ words", "Tight heading\n\nGone words"),
        ("Cranes&nbsp;turn &amp;lt; 3", "Cranes turn < 3"),
        ("* * *\n\n-----\n\nText", "Text"),
        ("Text[^1] with a note.\n\n[^1]: The note.", "Text with a note.\n\nThe note."),
        ("{% raw %}Keep{% endraw %} {{ site.name }}\n{: .note}", "Keep"),
        ("A line\n[1]: https://example.com", "A line"),
    ],
)
def test_markdown_becomes_paragraphs_without_marks(markdown: str, text: str) -> None:
    assert markdown_to_text(markdown) == text


def test_code_stays_as_it_was_written() -> None:
    markdown = "Call `__init__` or `a[1][2]`:\n\n```sh\n$ ls **\n\nvia: [1]\n```\n\n    x = a[1]\n"

    assert unmark(markdown_to_text(markdown)) == (
        "Call __init__ or a[1][2]:\n\n$ ls **\nvia: [1]\n\nx = a[1]"
    )


def test_a_blog_engines_listing_is_code_too() -> None:
    markdown = "Look:\n\n{% highlight ruby %}\nputs *args\n{% endhighlight %}\n"

    assert unmark(markdown_to_text(markdown)) == "Look:\n\nputs *args"


@pytest.mark.parametrize(
    "caption",
    [
        "Image by: Example.com",
        "Photo credit: Ada Winch",
        "*Image from Flickr (CC BY-SA 2.0)*",
        "The crane at night. Photo by Ada Winch",
        "![crane](crane.png)\nThe crane at night",
        "<figure><img src='x'><figcaption>The crane at night.</figcaption></figure>",
        "译者：[某人](https://example.com) 校对：[某人](https://example.com)",
    ],
)
def test_captions_and_credits_are_left_out(caption: str) -> None:
    assert markdown_to_text(f"Before.\n\n{caption}\n\nAfter.") == "Before.\n\nAfter."


def test_a_sentence_about_an_image_stays() -> None:
    sentence = "Image recognition by the new crane works at night, too."

    assert markdown_to_text(sentence) == sentence


def test_html_is_read_without_scripts_and_styles() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body>"
        "<p>One<br>line.<br>Next.</p><script>x()</script><ul><li>a<li>b</ul>"
        "<pre>x\n  y</pre><ruby>港口<rt>port</rt></ruby></body></html>"
    )

    assert is_html(page)
    assert unmark(body_to_text(page)) == "One line.\n\nNext.\n\na\n\nb\n\nx\n  y\n\n港口 (port)"


def test_markdown_with_some_html_is_markdown() -> None:
    assert not is_html("<div>\n\n## Head\n\n</div>")
    assert body_to_text("<div>\n\n## Head\n\n</div>") == "Head"


@settings(deadline=None)  # the first call imports what it needs
@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    for paragraph in markdown_to_text(text).split("\n\n"):
        assert paragraph == paragraph.strip("\n")
    html_to_text(text)
