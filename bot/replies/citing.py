"""An article as a reply cites it: outlet, day, headline, and a link that goes where it says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.replies.blocks import HEADLINE_LIMIT, QUOTE_LIMIT, Citation, Quotation, cut_quotation
from bot.replies.cutting import cut_line
from retrieval import analyse, analyse_with_offsets, find_registered, split_sentences

if TYPE_CHECKING:
    from bot.wording import Wording
    from retrieval.model import Article, Hit, Quote, Source, StorySummary

SNIPPET_LIMIT = 240
OUTLET_LIMIT = 60
OTHERS_NAMED = 2
VOWELS = frozenset("aeiou")  # "a Wired article", but "an Ars Technica article"
HOST_LIMIT = 30


def cite(
    article: Article, wording: Wording, *, n: int = 0, link: str | None = None, also: str = ""
) -> Citation:
    """Cite an article; `link` is a link to a sentence of it, otherwise its own address is used."""
    safe = web_address(link) or web_address(article.url)
    said = [_say_digest(article, wording), also]
    return Citation(
        n=n,
        outlet=name_outlet(article, wording),
        day=name_day(article, wording),
        title=cut_line(article.title, HEADLINE_LIMIT) or wording.say("reply.untitled"),
        link=safe,
        domain=_domain_to_show(article.outlet or article.domain, safe),
        also=" · ".join(filter(None, said)),
        article_id=article.id,
    )


def cite_source(source: Source, wording: Wording, *, others: bool = True) -> Citation:
    """Cite a numbered source; `others`: with those that tell the same story.

    An article without an address says so: nothing is left out in silence.
    """
    article = source.article
    also = name_others(source.story, wording) if others else ""
    cited = cite(article, wording, n=source.n, link=source.deep_link, also=also)
    if cited.link:
        return cited
    said = [cited.also, wording.say("reply.no_address")]
    return replace(cited, also=" · ".join(filter(None, said)))


def quote(quoted: Quote, *, inside: bool = False, limit: int = QUOTE_LIMIT) -> Quotation:
    """Show a quote of an answer, or one inside a citation, which needs no number."""
    shown = Quotation(quoted.text, 0 if inside else quoted.source, quoted.highlights)
    return cut_quotation(shown, limit)


def quote_beginning(article: Article, limit: int) -> Quotation | None:
    """Show how an article begins, none when it has no text."""
    return cut_quotation(Quotation(article.text), limit) if article.text else None


def cut_snippet(hit: Hit, query: str) -> Quotation | None:
    """Show the best passage of a hit from the sentence with most words of the query on."""
    text, language = hit.article.text, hit.article.language
    start, end = (hit.passages[0].start, hit.passages[0].end) if hit.passages else (0, len(text))
    terms = frozenset(analyse(query, language))
    found = [s for s in analyse_with_offsets(text[start:end], language) if s[0] in terms]
    sentences = split_sentences(text[start:end], language) or [(0, end - start)]
    first, _ = max(sentences, key=lambda span: len({t for t, at, _ in found if _in(at, span)}))
    passage = text[start + first : end].rstrip()
    marks = tuple((at - first, to - first) for _, at, to in found if at >= first)
    return cut_quotation(Quotation(passage, 0, marks), SNIPPET_LIMIT) if passage else None


def _in(place: int, span: tuple[int, int]) -> bool:
    return span[0] <= place < span[1]


def name_others(story: StorySummary, wording: Wording) -> str:
    """Say who else tells the story: "Same story in Reuters, RTÉ and 6 more (4 copies)", or ""."""
    if not story.outlets:
        return ""
    names = [cut_line(name, OUTLET_LIMIT) for name in story.outlets]
    named, rest = ", ".join(names[:OTHERS_NAMED]), len(names) - OTHERS_NAMED
    outlets = wording.say("reply.and_more", outlets=named, n=rest) if rest > 0 else named
    also = wording.say("reply.also_in", outlets=outlets)
    return f"{also} ({wording.say('reply.copies', n=story.copies)})" if story.copies else also


def web_address(url: str | None) -> str | None:
    """Return an address that a browser may be sent to, none for anything but http and https."""
    if not url or any(letter.isspace() or not letter.isprintable() for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    has_user = "@" in parts.netloc  # https://bank.example@evil.example reads as the former
    return url if parts.scheme in ("http", "https") and parts.hostname and not has_user else None


def name_day(article: Article, wording: Wording) -> str:
    """The day of an article as it is written, or that it has none."""
    return wording.day(article.day) if article.day else wording.say("reply.undated")


def name_outlet(article: Article, wording: Wording) -> str:
    """The outlet of an article, or that it has none."""
    name = cut_line(article.outlet or article.domain, OUTLET_LIMIT)
    return name or wording.say("reply.unnamed_outlet")


def name_teller(article: Article, wording: Wording) -> str:
    """Whose words a sentence of an article is in; ours are not passed off as the outlet's."""
    name = name_outlet(article, wording)
    return wording.say("reply.retold", outlet=name) if article.digest else name


def _say_digest(article: Article, wording: Wording) -> str:
    """That a text retells the article, "" for the article itself."""
    if not article.digest:
        return ""
    name = cut_line(article.outlet or article.domain, OUTLET_LIMIT)
    if not name:
        return wording.say("reply.unnamed_digest")
    vowel = "_vowel" if name[:1].casefold() in VOWELS else ""
    return wording.say(f"reply.digest_of{vowel}", outlet=name)


def _domain_to_show(outlet: str, link: str | None) -> str:
    """Return where a link leads, "" where the outlet's name says so: The Verge, theverge.com."""
    host = (urlsplit(link).hostname or "") if link else ""
    host = host.removeprefix("www.")
    name = re.sub(r"\W", "", outlet.casefold())
    told = {name, name.removeprefix("the"), outlet.casefold().strip()}
    registered = find_registered(host)
    if host in told or registered.split(".")[0] in told:
        return ""
    return host if len(host) <= HOST_LIMIT else registered
