"""Pages: nothing lost, nothing too large, no quote without its source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies import Block, Citation, Footer, Heading, Note, Quotation, Reply, Title

ROOM = 400


def measure(block: Block) -> int:
    match block:
        case Citation(title=title, quotes=quotes):
            return len(title) + sum(len(quote.text) for quote in quotes)
        case _:
            return len(block.text)


def cite(n: int, *, title: str = "A headline", quotes: tuple[Quotation, ...] = ()) -> Citation:
    return Citation(n=n, outlet="Wire", day="3 May", title=title, link=None, quotes=quotes)


def test_a_reply_that_fits_is_one_page() -> None:
    reply = Reply(blocks=(Title("Why?"), Quotation("So.", 1), cite(1), Footer("2 articles")))
    assert reply.paged(measure, ROOM) == (reply,)


def test_title_and_footer_stand_on_every_page_and_quotes_beside_their_sources() -> None:
    first, second = Quotation("a" * 250, 1), Quotation("b" * 250, 2)
    reply = Reply(blocks=(Title("Why?"), first, second, cite(1), cite(2), Footer("2 articles")))
    one, two = reply.paged(measure, ROOM)
    assert one.blocks == (Title("Why?"), first, cite(1), Footer("2 articles"))
    assert two.blocks == (Title("Why?"), second, cite(2), Footer("2 articles"))
    assert [(p.page, p.pages) for p in (one, two)] == [(1, 2), (2, 2)]


def test_a_heading_stays_with_what_it_heads() -> None:
    reply = Reply(
        blocks=(cite(1, title="x" * 200), Heading("They differ"), cite(2, title="y" * 195))
    )
    assert reply.paged(measure, ROOM)[1].blocks == (
        Heading("They differ"),
        cite(2, title="y" * 195),
    )


def test_a_page_holds_so_many_sources_at_most() -> None:
    reply = Reply(blocks=tuple(cite(n) for n in range(1, 8)))
    pages = reply.paged(measure, ROOM, most=3)
    assert [len(page.blocks) for page in pages] == [3, 3, 1]


def test_only_a_quote_larger_than_a_page_is_cut_and_keeps_its_sentences() -> None:
    sentence = "The mill was closed in the year of the great flood. "
    reply = Reply(blocks=(Quotation((sentence * 20).strip(), 1), cite(1)))
    (page,) = reply.paged(measure, ROOM)
    quote = page.blocks[0]
    assert isinstance(quote, Quotation)
    assert quote.text.endswith("flood.")
    assert sum(map(measure, page.blocks)) <= ROOM


def test_a_reply_without_blocks_is_one_empty_page() -> None:
    assert Reply(blocks=()).paged(measure, ROOM)[0].blocks == ()


texts = st.text(alphabet="abc. ", max_size=120)
citations = st.builds(
    cite,
    st.just(0),
    title=texts,
    quotes=st.lists(st.builds(Quotation, texts), max_size=2).map(tuple),
)
answers = st.lists(st.tuples(texts, texts), min_size=1, max_size=5).map(
    lambda pairs: (
        *(Quotation(quoted, n) for n, (quoted, _) in enumerate(pairs, start=1)),
        *(cite(n, title=title) for n, (_, title) in enumerate(pairs, start=1)),
    )
)
lists = st.lists(st.one_of(citations, st.builds(Note, texts), st.builds(Heading, texts))).map(tuple)


@given(st.one_of(answers, lists))
def test_pages_lose_no_source_and_stay_within_their_room(blocks: tuple[Block, ...]) -> None:
    reply = Reply(blocks=(Title("Why?"), *blocks, Footer("2 articles")))
    pages = reply.paged(measure, ROOM)
    shown = [block for page in pages for block in page.blocks]
    for kind in (Citation, Note, Heading):
        assert [kind_of(b) for b in shown if isinstance(b, kind)] == [
            kind_of(b) for b in blocks if isinstance(b, kind)
        ]
    for page in pages:
        assert sum(map(measure, page.blocks)) <= ROOM
        cited = {b.n for b in page.blocks if isinstance(b, Citation)}
        assert {b.source for b in page.blocks if isinstance(b, Quotation)} <= cited


def kind_of(block: Block) -> str:
    """What no page may lose or reorder; a quote inside may be cut."""
    return block.title if isinstance(block, Citation) else block.text
