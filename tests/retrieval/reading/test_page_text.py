from __future__ import annotations

import pytest

from retrieval.reading.markup import parse_html
from retrieval.reading.page_text import find_main_text

TEXT = "<p>The crane turns.</p><p>It lifts forty tons.</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>Home News</nav><article>{TEXT}</article><footer>All rights</footer>",
        f'<div class="menu">Home</div><div class="entry-content">{TEXT}</div>',
        f"<header>Port News</header><main>{TEXT}<aside>Most read</aside></main>",
        f'<div class="cookie-banner">We use cookies</div>{TEXT}<div id="comments">First!</div>',
        f'<p role="navigation">Home</p><div class="x">{TEXT}</div><p class="related">Sold</p>',
    ],
)
def test_what_stands_around_the_article_is_left_out(body: str) -> None:
    html = f"<html><body>{body}</body></html>"
    root = parse_html(html)

    assert root is not None
    assert find_main_text(root, html, "") == "The crane turns.\n\nIt lifts forty tons."


def test_the_headline_is_not_said_twice() -> None:
    html = f"<html><body><article><h1>Crane, again</h1>{TEXT}</article></body></html>"
    root = parse_html(html)

    assert root is not None
    assert find_main_text(root, html, "Crane again").startswith("The crane turns.")
