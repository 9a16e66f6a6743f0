"""What the weights are before anything is learned, by hand: training moves them only for a reason.

Encyclopedias and quizzes ask long questions. What short ones need (that the name and what is asked
of it both stand there, that a price is a price) they hardly teach, so the weights are drawn towards
these (a Gaussian prior). The values are round guesses; none was moved to fit a set.
"""

from __future__ import annotations

# A sentence's score, in log odds for the whole of a feature.
OF_SENTENCES = {
    "carried": 4.0, "attribute": 2.0, "attribute_near": 1.0, "entity": 1.0, "missing": -1.0,
    "article": 1.5, "slot_near": 1.5, "slot_distance": 1.0, "slot_clause": 1.0,
    "counted": 1.5, "cause": 3.0,
    "weak_cause": 0.6, "speech": 0.5, "speaker": 1.0, "defines": 1.2, "defines_first": 0.5,
    "vote_fit": 1.0, "vote": 0.5, "pairs": 0.7, "code": -1.0, "furniture": -1.2, "leads": -2.0,
    "dump": -1.0, "asks": -1.0, "headline": -2.0, "headline_slot": 1.5,
    "pronoun": -0.2, "length": -0.2, "focus": 0.3, "place": -0.3,
}  # fmt: skip
# The confidence, likewise.
OF_CONFIDENCE = {
    "missing": -2.0, "attribute_near": 1.0, "no_slot": -2.0, "carried": 1.5, "counted": 0.8,
    "entity": 0.5,
    # In the more articles, the more likely some sentence holds the words by chance; the pages of
    # the encyclopedia miss a question by the same page however many they are, so do not tell.
    "size": -0.8,
}  # fmt: skip
