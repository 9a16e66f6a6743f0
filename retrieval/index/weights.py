"""Every weight of the ranking, in one place.

`python -m retrieval.evaluation.tuning DIR …` finds those of MixWeights and RecencyWeights; the
others were chosen by its measure too, a value at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What is fixed when an index is built: a change makes an existing index outdated.

    A word of the title counts `title` times. `k1` and `b` are BM25's (see scoring.py).
    """

    title: int = 2
    k1: float = 1.2
    b: float = 0.75


@dataclass(frozen=True, slots=True)
class MixWeights:
    """How the features of one candidate add up; each runs from 0 to about 1.

    article: first-stage score; title: the title alone; passage: the best passage; bigram: query
    words side by side as asked; nearness: query words near one another; feedback: words that the
    best candidates share; quality: the coverage's own mark, which no development set has: a hint.
    """

    article: float = 0.75
    title: float = 0.5
    passage: float = 0.2
    bigram: float = 0.05
    nearness: float = 0.1
    feedback: float = 0.5
    quality: float = 0.02


@dataclass(frozen=True, slots=True)
class RecencyWeights:
    """See scoring.recency."""

    gain: float = 1.2
    days: float = 14.0
    steepness: float = 2.0
    later: float = 0.25
    window_days: int = 60  # where candidates are sought besides those of all times


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """BM25 inside an article: passages are held against `average` terms, titles against theirs."""

    k1: float = 1.2
    b: float = 0.75
    average: float = 80.0
    title_k1: float = 0.6
    title_b: float = 0.6
    title_average: float = 10.0
    near_terms: int = 8


@dataclass(frozen=True, slots=True)
class FeedbackWeights:
    """Relevance feedback: how many articles speak, how much more the first, how many terms."""

    articles: int = 20
    sharpness: float = 8.0
    terms: int = 40
    least_articles: int = 2


@dataclass(frozen=True, slots=True)
class CopyWeights:
    """How many copies of one text a list shows in a row, by hand.

    A text of fewer than `fewest_terms` may be like another by chance.
    """

    in_a_row: int = 3
    fewest_terms: int = 20


@dataclass(frozen=True, slots=True)
class SpellingWeights:
    """When a word is taken for a slip of another, by hand.

    A word of fewer than `shortest` letters has too many neighbours; from `long` letters on two
    slips are forgiven. Of every `common` articles one must hold the near term. The word shown for
    it is looked for in the first `looked_at` articles that hold the term.
    """

    shortest: int = 5
    long: int = 9
    common: int = 2000
    looked_at: int = 5


@dataclass(frozen=True, slots=True)
class CompletionWeights:
    """How a headline is completed, by hand.

    Up to `longest_ending` letters that a stemmer will take off may have been typed behind a stem
    of at least `shortest_stem`. For each headline shown so many are read, to find those that begin
    with what was typed.
    """

    longest_ending: int = 3
    shortest_stem: int = 4
    read_per_shown: int = 4


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """Those of one search.

    `candidates` is how many articles the second stage looks at, `passages_per_hit` how many
    passages it gives of each; of a longer query, the rarest `most_terms` count.
    """

    fields: FieldWeights = field(default_factory=FieldWeights)
    mix: MixWeights = field(default_factory=MixWeights)
    recency: RecencyWeights = field(default_factory=RecencyWeights)
    passages: PassageWeights = field(default_factory=PassageWeights)
    feedback: FeedbackWeights = field(default_factory=FeedbackWeights)
    copies: CopyWeights = field(default_factory=CopyWeights)
    candidates: int = 60
    passages_per_hit: int = 5
    most_terms: int = 100


WEIGHTS = RankingWeights()
SPELLING = SpellingWeights()
COMPLETION = CompletionWeights()
