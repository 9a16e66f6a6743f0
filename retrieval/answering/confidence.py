"""How likely it is that the coverage holds the answer at all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.features import FEATURES
from retrieval.answering.logistic import read_model, to_probability

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from retrieval.answering.features import SentenceFeatures
    from retrieval.model import Hit, Span

# From this probability on, quotes are shown.
THRESHOLD = 0.5

# best: log odds of the best sentence. own, around, names: the highest share of the question in one
# sentence, with two on each side, of its names. told: how much of what is asked of the names stands
# around them. held: how much idf the sentence holds, as a logarithm, for two words of three say
# less than eight of twelve. article: the share in one article. headline: in one headline, less
# where its report is old; matched: how much idf that is, as a logarithm. agreement: votes for the
# term with most. around_fresh, fresh: whether what was found is of these days. size: the logarithm
# of the number of articles, for the best of many matches is a good one by chance.
CONFIDENCE = (
    "best", "own", "around", "names", "told", "held", "article", "headline", "matched",
    "agreement", "around_fresh", "fresh", "size",
)  # fmt: skip

# A newsroom at work asks about these days; where the coverage ended long before the day of the
# question, it is an archive, and every day is as good as another: as good as the average.
_LIVE_DAYS = 14
_NEUTRAL = 0.54
# In fewer articles nothing was learned; there are no fewer matches by chance.
_FEW = 12
# As good as half of the names found.
_NO_NAMES = 0.5
_COLUMN = {name: at for at, name in enumerate(FEATURES)}


def estimate_confidence(
    seen: SentenceFeatures,
    log_odds: NDArray[np.float64],
    hits: Sequence[Hit],
    as_of: date,
    span: Span,
) -> float:
    """The calibrated probability, 0 to 1; 0 where there is no sentence to show."""
    if not len(seen.rows):
        return 0.0
    row = confidence_features(seen, log_odds, hits, as_of, span)
    return to_probability(float(read_model("confidence_model", CONFIDENCE).log_odds(row)))


def confidence_features(
    seen: SentenceFeatures,
    log_odds: NDArray[np.float64],
    hits: Sequence[Hit],
    as_of: date,
    span: Span,
) -> NDArray[np.float64]:
    """One row with the columns `CONFIDENCE`."""
    fresh = np.array([_freshness(hit, as_of, span) for hit in hits])
    headline = float((seen.matrix[:, _COLUMN["title"]] * fresh[seen.hit]).max())
    row = {"best": float(log_odds.max()), "headline": headline}
    row["matched"] = math.log1p(headline * seen.asked)
    row["own"] = float(seen.matrix[:, _COLUMN["own"]].max())
    row["told"] = float(seen.asked_of_names.max())
    row["held"] = math.log1p(row["own"] * seen.asked)
    around = seen.matrix[:, _COLUMN["with_four"]]
    row["around"] = float(around.max())
    row["around_fresh"] = float((around * fresh[seen.hit]).max())
    row["fresh"] = float(fresh[:3].mean())
    names = seen.matrix[:, _COLUMN["names_near"]]
    row["names"] = float(names.max()) if seen.names_asked else _NO_NAMES
    row["article"] = float(seen.article_share.max())
    row["size"] = math.log(max(span.articles, _FEW))
    row["agreement"] = math.log1p(max(seen.redundancy.values(), default=0.0))
    return np.array([row[name] for name in CONFIDENCE])


def _freshness(hit: Hit, as_of: date, span: Span) -> float:
    """1 on the as-of day, falling to 1/e in two weeks; the average where days tell nothing."""
    if hit.article.day is None or span.newest is None or (as_of - span.newest).days > _LIVE_DAYS:
        return _NEUTRAL
    return math.exp(-max(0, (as_of - hit.article.day).days) / _LIVE_DAYS)
