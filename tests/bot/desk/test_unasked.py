"""Posts that nobody put to the bot: talk among members gets silence, a question its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.desk.desk import Desk
from bot.desk.rate_limits import Rates
from bot.desk.records import Asker
from bot.store import Store
from retrieval.coverage import Coverage
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Article

ROBIN = Asker(person_id=1, channel_id=10, server_id=100)

# Reports that everyday talk could be mistaken to ask about.
BAIT = (
    ("Pizza ovens sell out before the summer", "A pizza oven for the garden costs 300 crowns."),
    ("Docker gets a faster way to install", "Docker can be installed with one command now."),
    ("Bash turns thirty-five", "Bash is a shell that was first released in 1989."),
    ("Game night draws record crowd", "The game night starts at eight in the town hall."),
    ("Coffee prices rise again", "A cup of coffee costs four crowns since Monday."),
    ("Train to Vell runs late all week", "The train to Vell was late because of a broken signal."),
    ("New phone goes on sale", "The new phone costs 600 crowns and has a better camera."),
    ("Weekend will be sunny", "The weekend will be sunny and warm on the coast."),
    ("Exam dates are set", "The exam in mathematics is on 12 June."),
    ("Cat rescued from a roof", "Firefighters rescued a cat from the roof of a school."),
)

EVERYDAY = """
just had pizza
good morning everyone
what is bash
How do I install docker?
anyone up for a game tonight?
who's in for game night
lol
that was great
my train is late again
what are you all doing this weekend?
can someone help me with my homework
I love this song
brb
happy birthday Kim!
where is everyone
is the wifi down for anybody else?
I need coffee
what phone should I buy?
does anyone know a good pizza place?
see you tomorrow
new keyboard arrived!!
who ate my sandwich
why is it so hot today
how was your exam?
when is your exam
I failed my exam
look at my cat
what a cute cat
how old is your cat?
is it friday yet
what time is it
what's for dinner
who wants coffee?
anyone else tired?
the movie was so good
did you see the match?
what a match
has anybody tried the new update
my bridge game crashed
ferry tickets are too expensive imo
is this channel dead?
mods?
can we get a new emoji
how do I change my nickname
what does this role do?
ok I'm out
gg
what
why though
really?
who?
how much did you pay for that
I was stuck on the bridge for an hour
the storm kept me awake
do you think it will rain?
should I learn python
what are your plans for the summer
best pizza topping?
new profile picture, thoughts?
thanks everyone for the help
""".strip().splitlines()

ASKING = """
When will the harbour bridge close?
when does the harbour bridge in Aldan close
Who ordered two electric ferries?
How many passengers do the electric ferries of Northwater carry?
Which school won the island prize?
What did the garden of the Hill School win?
How many villages did the storm leave without power?
When does the grid company expect to restore power?
What will a crossing by ferry cost?
How many ferries will carry commuters while the harbour bridge is closed?
What did engineers find in the cables of the harbour bridge?
Did engineers find rust in the cables?
How long will repairs of the harbour bridge take?
Where does Northwater want its electric ferries?
Did the storm cut the power of four villages?
What opens in the library of Aldan in autumn?
How many people fit in the reading room of the library?
Which company announced what a crossing will cost?
""".strip().splitlines()


def tempting_articles() -> Iterator[Article]:
    yield from tiny_articles()
    for n, (title, body) in enumerate(BAIT, start=100):
        yield make_article(n=n, title=title, body=body)


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.of_articles(tempting_articles(), tmp_path_factory.mktemp("cache"))


@pytest.fixture
async def desk(coverage: Coverage) -> Desk:
    return Desk(coverage, Store.open(None), Rates(1000, 1000))


def test_the_posts_are_sixty() -> None:
    assert len(EVERYDAY) == 60


@pytest.mark.parametrize("post", EVERYDAY)
async def test_everyday_talk_gets_silence(desk: Desk, post: str) -> None:
    assert await desk.serve_post(ROBIN, post) is None


async def test_at_least_half_of_real_questions_get_an_answer(desk: Desk) -> None:
    served = [await desk.serve_post(ROBIN, post) for post in ASKING]
    answered = [post for post, each in zip(ASKING, served, strict=True) if each]
    assert len(answered) >= len(ASKING) / 2, answered
