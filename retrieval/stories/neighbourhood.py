"""Articles compared each with each: which of them tell one event, and which one says most of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.stories.linkage import (
    bound_group,
    join_groups,
    leave_out_odd,
    link_on_average,
)
from retrieval.stories.pair_model import (
    count_days,
    find_barred,
    find_doubted,
    judge_pairs,
    measure_pairs,
    pair_all,
    weigh_terms,
)
from retrieval.stories.profiles import measure_rarity, profile_article
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.matrices import Floats, Matrix
    from retrieval.stories.pair_model import Pairs
    from retrieval.stories.profiles import Profile


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Articles with what is known of every pair of them."""

    articles: Sequence[Article]
    profiles: Sequence[Profile]
    pairs: Pairs
    features: Mapping[str, Floats]
    dated_coverage: bool

    def judge(self, *, trusting: bool = False) -> Matrix:
        """The probability of each pair to report one event, as a square matrix.

        `trusting` takes an article without a day as one of the days of the others.
        """
        doubted = (
            None
            if trusting
            else find_doubted(self.profiles, self.pairs, dated_coverage=self.dated_coverage)
        )
        return self.pairs.to_square(judge_pairs(self.profiles, self.pairs, self.features, doubted))

    def part(self) -> list[list[Article]]:
        """Part the articles into groups that tell one event each."""
        return [[self.articles[n] for n in sorted(group)] for group in self._join(self._link())]

    def find_facets(self) -> list[list[Article]]:
        """Part the articles into groups that dwell on one side of an event each."""
        return [[self.articles[n] for n in sorted(group)] for group in self._link()]

    def measure_likeness(
        self, groups: Sequence[Sequence[Article]], members: Sequence[Article]
    ) -> list[float]:
        """The cosine of what each group says on the whole with what the members say, 0 to 1."""
        cosine = self.pairs.to_square(self.pairs.cosine)
        place = {article.id: n for n, article in enumerate(self.articles)}
        own = [place[article.id] for article in members]
        length = np.sqrt(cosine[np.ix_(own, own)].sum())
        likeness = []
        for group in groups:
            those = [place[article.id] for article in group]
            product = cosine[np.ix_(those, own)].sum()
            likeness.append(float(product / length / np.sqrt(cosine[np.ix_(those, those)].sum())))
        return likeness

    def _link(self) -> list[list[int]]:
        kinship = self.pairs.to_square(self.features["kinship"])
        parts: list[list[int]] = []
        for group in link_on_average(self.judge(), WEIGHTS.same_story):
            kept = leave_out_odd(group, kinship)
            parts += [kept, *([odd] for odd in group if odd not in kept)]
        return parts

    def find_leader(self, members: Sequence[Article]) -> Article:
        """The report that has most in common with the others of its event; of a tie, by id."""
        cosine = self.pairs.to_square(self.pairs.cosine)
        places = [self.articles.index(member) for member in members]
        shared = cosine[np.ix_(places, places)].sum(axis=1).round(9).tolist()
        return min(zip(shared, members, strict=True), key=lambda pair: (-pair[0], pair[1].id))[1]

    def _join(self, parts: Sequence[list[int]]) -> list[list[int]]:
        member = np.zeros((len(self.articles), len(parts)))
        for n, part in enumerate(parts):
            member[part, n] = 1
        cosine = self.pairs.to_square(self.pairs.cosine)
        barred = self.pairs.to_square(
            find_barred(self.profiles, self.pairs).astype(np.float64), own=0
        )
        days = count_days(self.profiles)
        bounds = [
            bound_group(days[part].tolist(), [self.profiles[n].outlet for n in part])
            for part in parts
        ]
        joined = join_groups(member.T @ cosine @ member, member.T @ barred @ member, bounds)
        return [[n for part in group for n in parts[part]] for group in joined]


def compare_articles(snapshot: Snapshot, articles: Sequence[Article]) -> Neighbourhood:
    """Compare articles of a snapshot each with each."""
    profiles = [profile_article(article) for article in articles]
    pairs = pair_all(weigh_terms(profiles, measure_rarity(snapshot)))
    dated = snapshot.undated < len(snapshot)
    return Neighbourhood(articles, profiles, pairs, measure_pairs(profiles, pairs), dated)
