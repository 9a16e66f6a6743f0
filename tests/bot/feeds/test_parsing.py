"""Reading feeds of every kind, the broken ones too."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.feeds.entries import FeedEntry, FeedError, ParsedFeed
from bot.feeds.limits import LIMITS
from bot.feeds.parsing import find_language, parse_feed
from tests.support.feed_server import Published, render_rss

ADDRESS = "https://example.org/feeds/wire.xml"
NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><title>Harbour Wire</title></channel>
<item rdf:about="https://example.org/1"><title>Bridge shut</title><link>https://example.org/1</link>
<description>It is rust.</description><dc:date>2024-05-20T12:00:00Z</dc:date></item></rdf:RDF>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Wire</title><id>urn:wire</id>
<entry><id>urn:1</id><title type="html">Bridge &amp;lt;b&amp;gt;shut&amp;lt;/b&amp;gt;</title>
<link href="../1"/><published>2024-05-20T12:00:00Z</published>
<updated>2024-05-21T08:00:00Z</updated>
<author><name>R. Tidewell</name></author><category term="port"/>
<content type="html">&lt;p&gt;It is rust.&lt;/p&gt;&lt;script&gt;no()&lt;/script&gt;</content>
<summary>Short.</summary></entry></feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Wire",
        "items": [
            {
                "id": 1,
                "url": "/1",
                "title": "Bridge shut",
                "content_html": "<p>It is <b>rust</b>.</p>",
                "date_published": "2024-05-20T12:00:00Z",
                "authors": [{"name": "R. Tidewell"}],
                "tags": ["port"],
            },
            "no entry",
        ],
    }
)


def parse(body: str | bytes, content_type: str = "") -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, ADDRESS, content_type)


def test_rss_2() -> None:
    entry = Published(
        title="Bridge shut",
        text="<p>It is <b>rust</b>.</p>",
        guid="one",
        link="https://example.org/1",
        date="Mon, 20 May 2024 14:00:00 +0200",
    )
    feed = parse(render_rss([entry], ttl="90", language="en"))
    (read,) = feed.entries
    assert (feed.title, feed.every, feed.language) == ("Harbour Wire", 5400.0, "en")
    assert (read.title, read.text, read.guid) == ("Bridge shut", "It is rust.", "one")
    assert (read.url, read.published) == ("https://example.org/1", NOON)


@pytest.mark.parametrize("body", [RSS_1, ATOM, JSON_FEED])
def test_the_other_kinds(body: str) -> None:
    (entry,) = parse(body).entries
    assert entry.text == "It is rust."
    assert entry.url == "https://example.org/1"
    assert entry.published == NOON


def test_an_atom_title_may_hold_markup_and_a_link_may_be_relative() -> None:
    (entry,) = parse(ATOM).entries
    assert (entry.author, entry.topics) == ("R. Tidewell", ("port",))
    assert "script" not in entry.text
    assert entry.title in {"Bridge shut", "Bridge <b>shut</b>"}


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    body = render_rss([Published(title="First", guid="1"), Published(title="Second", guid="2")])
    feed = parse(body.replace("</channel></rss>", "<item><title>Cut & off"))
    assert [entry.title for entry in feed.entries][:2] == ["First", "Second"]
    assert feed.warning.startswith("is not well-formed")


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("windows-1251", "windows-1251", ""),
        ("windows-1251", "utf-8", ""),
        ("utf-8", "iso-8859-1", "application/xml; charset=utf-8"),
        ("utf-16", "utf-16", ""),
        ("koi8-r", "koi8-r", "text/xml"),
    ],
)
def test_a_wrong_encoding_is_seen_through(encoding: str, declared: str, content_type: str) -> None:
    words = "Мост через гавань закрыт на год, сказали инженеры порта в понедельник утром."
    body = render_rss([Published(title="Мост закрыт", text=words, guid="1")])
    raw = body.replace("UTF-8", declared).encode(encoding)
    (entry,) = parse(raw, content_type).entries
    assert entry.text == words


def test_entities_do_not_grow() -> None:
    entities = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY b0 "ha">{entities}]>'
        "<rss version='2.0'><channel><title>x</title><item><title>&b11;</title>"
        "<description>Text.</description></item></channel></rss>"
    )
    assert all(len(entry.title) < 1000 for entry in parse(body).entries)


def test_no_entity_reads_a_file() -> None:
    body = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<rss version='2.0'><channel><title>x</title><item><title>a&f;b</title>"
        "</item></channel></rss>"
    )
    assert {entry.title for entry in parse(body).entries} <= {"ab", "a&f;b", "a b"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "holds nothing"),
        ("<!DOCTYPE html><html><body>Hello</body></html>", "is a page, not a feed"),
        ("just words", "is no RSS, Atom or JSON feed"),
        ("\x89PNG\r\n\x1a\n", "is no RSS, Atom or JSON feed"),
        ("{", "is damaged JSON"),
        ('{"items": 3}', "is JSON, but no JSON Feed"),
        ('{"items": []}', "is JSON, but names no version of JSON Feed"),
    ],
)
def test_what_is_no_feed_says_what_it_seems_to_be(body: str, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert str(caught.value) == reason


def test_entries_are_bounded() -> None:
    many = [Published(title=f"Report {n}", guid=str(n)) for n in range(LIMITS.entries + 5)]
    assert len(parse(render_rss(many)).entries) == LIMITS.entries


def test_a_guid_that_is_no_address_is_no_link() -> None:
    assert parse(render_rss([Published(title="Tides", guid="17")])).entries[0].url == ""


def test_no_link_leads_elsewhere_than_the_web() -> None:
    entry = Published(title="Click", guid="1", link="javascript:alert(1)")
    assert parse(render_rss([entry])).entries[0].url == ""


def test_entries_that_agree_tell_the_language_of_a_feed_that_declares_none() -> None:
    german = "Die Brücke am Hafen ist gesperrt, weil die Seile rosten und niemand sie bezahlt. " * 4
    english = "The bridge at the harbour is shut, for its cables rust and nobody pays for it. " * 4
    entries = [FeedEntry(title=f"Bericht {n}", text=german) for n in range(40)]
    assert find_language(entries) == "de"
    assert find_language([*entries, FeedEntry(text=english)] * 2) in {"", "de"}
    assert find_language([*entries[:20], *[FeedEntry(text=english)] * 20]) == ""
    assert find_language(entries[:3]) == ""
