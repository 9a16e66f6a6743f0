"""Words that stand for one another: irregular forms, and what reports say for what is asked."""

from __future__ import annotations

from functools import cache

from retrieval.text.analysis import analyse

# A group a line, of words that a stemmer does not join. A word in two senses is in none ("found"),
# and none that tells too little ("made").
_GROUPS = """
buy bought acquire acquisition purchase takeover
sell sold sale
win won winner victory
lose lost loss
die died dead death
build built
choose chose chosen pick select
lead led
fall fell fallen drop
rise rose risen climb soar increase hike
grow grew grown growth
pay paid payment
send sent
spend spent
meet met
shoot shot
steal stole stolen theft
strike struck
write wrote written
speak spoke spoken
fly flew flown flight
sing sang sung
break broke broken
teach taught
hide hid hidden
throw threw thrown
draw drew drawn
drive drove driven
ban prohibit bar
launch unveil release debut introduce
quit resign resignation
fire sack dismiss oust
hire appoint appointment
cost price
marry marriage wedding
elect election
invest investment
close shut shutdown
cancel scrap axe
arrest detain
movie film
"""


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in _GROUPS.split("\n"):
        terms = frozenset(analyse(line))
        for term in terms:
            groups[term] = groups.get(term, frozenset()) | terms
    return groups


def find_forms(term: str) -> frozenset[str]:
    """Terms that may stand for one of a question, itself left out."""
    return _groups().get(term, frozenset()) - {term}
