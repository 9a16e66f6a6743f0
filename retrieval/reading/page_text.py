"""The main text of a page, without its menus, boxes and notices."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from retrieval.reading.markup import collect_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_FRAME = frozenset(
    ("nav", "footer", "aside", "form", "dialog", "menu", "noscript", "script", "style")
)
_FRAME_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "menu",
        "alertdialog",
    )
)
# Names of classes and ids of what stands around an article, as words between hyphens and the like.
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|banner|nav|navbar|navigation|menu|sidebar|breadcrumbs?|related"
    r"|recommend(?:ed|ations?)?|share|sharing|social|newsletter|subscri(?:be|ption)|sign-?up|comments?|disqus"
    r"|promo|advert(?:isement)?|ads?|sponsor(?:ed)?|most-?(?:read|popular)|trending|popular|footer|masthead"
    r"|skip-?link|pagination|pager|tags?-?(?:list|links)|toolbar|modal|popup|paywall|more-?stories|teasers?"
    r"|widget|site-?header|byline|author-?(?:box|bio|card)|meta|post-?meta|entry-?meta|toc|print-?only|caption"
    r"|hidden|visually-?hidden|sr-only|screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BODY_NAME = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)|post-?(?:body|content|text)|entry-?content|story-?(?:body|text)"
    r"|e-content|articlebody|content-?body|main-?content|page-?content|body-?text|td-post-content)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What only its class calls a frame is none where it holds more of the page than this.
_MOST_FRAME = 0.5
_WORD = re.compile(r"\w+")
# A container that holds less than this share of what the page says beside its frame is no article.
_MAIN_SHARE = 0.4
# characters; shorter pages are too short for an extractor that weighs paragraphs
_EXTRACTABLE = 600


def find_main_text(root: _Element, html: str, title: str) -> str:
    """The article's paragraphs: of its container where one is marked, else as extracted."""
    page = deepcopy(root)
    _drop_frame(page)
    whole = collect_text(page)
    container = _find_container(page, len(whole))
    if container is not None:
        return _without_title(collect_text(container), title)
    if len(whole) > _EXTRACTABLE and (extracted := _extract(html)):
        return _without_title(extracted, title)
    return _without_title(whole, title)


def _drop_frame(page: _Element) -> None:
    """Take out what stands around an article."""
    whole = _weigh(page)
    for element in list(page.iter()):
        if not isinstance(element.tag, str) or element.tag in {"html", "body", "article", "main"}:
            continue
        if element.getparent() is None or not _is_frame(element):
            continue
        semantic = element.tag in _FRAME and element.find(".//article") is None
        if semantic or _weigh(element) < whole * _MOST_FRAME:
            _remove(element)


def _is_frame(element: _Element) -> bool:
    tag = str(element.tag)
    if tag in _FRAME or element.get("role") in _FRAME_ROLES or element.get("aria-hidden") == "true":
        return True
    if tag == "header" and not any(True for _ in element.iterancestors("article", "main")):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return (
        bool(named) and _FRAME_NAME.search(named) is not None and _BODY_NAME.search(named) is None
    )


def _remove(element: _Element) -> None:
    """Take an element out, leaving what follows it in its parent."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _find_container(page: _Element, whole: int) -> _Element | None:
    """The element that the page itself marks as its article, where it holds enough of it."""
    marked = page.xpath("//*[@itemprop='articleBody'] | //article | //main | //*[@role='main']")
    named = [
        e
        for e in page.iter("div", "section", "td")
        if _BODY_NAME.search(f"{e.get('class') or ''} {e.get('id') or ''}")
    ]
    for candidates in (
        [e for e in marked if e.get("itemprop")],
        named,
        list(page.iter("article")),
        marked,
    ):
        sized = [(len(collect_text(e)), -n) for n, e in enumerate(candidates)]
        if sized and max(sized)[0] > _MAIN_SHARE * whole:
            return candidates[-max(sized)[1]]
    return None


def _extract(html: str) -> str:
    import trafilatura  # noqa: PLC0415  # slow to import, for pages without a marked article

    text = trafilatura.extract(html, include_comments=False, include_tables=True, no_fallback=False)
    return "\n\n".join(line.strip(" -") for line in (text or "").split("\n") if line.strip(" -"))


def _without_title(text: str, title: str) -> str:
    """The text without a first paragraph that is the title once more."""
    first, _, rest = text.partition("\n\n")
    same = _WORD.findall(first.casefold()) == _WORD.findall(title.casefold())
    return rest if same and title else text


def _weigh(element: _Element) -> int:
    return sum(len(text) for text in element.itertext() if text.strip())
