"""One text of an outlet under two addresses: one article, the earliest of them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retrieval.model import Article

_WORD = re.compile(r"\w+")
# characters; shorter texts are alike by chance, or say that a page moved
_SHORTEST = 120


def name_twin(article: Article) -> str:
    """What two articles of one outlet and text share; "" where a text is too short to tell.

    Copies in other outlets are articles of their own, and so is what another web feed brought.
    """
    text = article.text
    if len(text) < _SHORTEST or article.digest or not article.url:
        return ""
    owner = article.outlet or article.domain
    basis = "\0".join((article.feed, owner.casefold(), " ".join(_WORD.findall(text.casefold()))))
    return hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:16]


def choose_twins(
    touched: Mapping[str, Article | None],
    names_before: Mapping[str, str],
    load: Callable[[str], Article | None],
) -> tuple[dict[str, Article | None], dict[str, str]]:
    """Who of each group of twins is shown, none for those who are not, and the names of all.

    `touched` are the articles of files now read (none for one that is gone), `names_before` those
    of all articles as they were; `load` gives an article that was not touched.
    """
    names = {i: name for i, a in touched.items() if a and (name := name_twin(a))}
    affected = {*names.values(), *(names_before[i] for i in touched if i in names_before)}
    groups: dict[str, dict[str, Article]] = {name: {} for name in affected}
    for article_id, name in names_before.items():
        if name in groups and article_id not in touched and (article := load(article_id)):
            groups[name][article_id] = article
            names[article_id] = name
    for article_id, article in touched.items():
        if article and article_id in names:
            groups[names[article_id]][article_id] = article
    chosen: dict[str, Article | None] = dict(touched)
    for members in groups.values():
        first = min(members, key=lambda i: _preference(members[i]), default="")
        chosen |= {i: member if i == first else None for i, member in members.items()}
    return chosen, names


def _preference(article: Article) -> tuple[bool, float, str]:
    moment = article.published
    return moment is None, moment.timestamp() if moment else 0.0, article.id
