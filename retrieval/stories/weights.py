"""Every weight and threshold of the stories, in one place.

`python -m retrieval.evaluation.stories_training DIR` finds those of story_model.json, and
`python -m retrieval.evaluation.stories DIR` measures how well stories are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoryWeights:
    """Which articles are compared, and when two tell one event.

    By hand, a value at a time, by the measure of `python -m retrieval.evaluation.stories DIR` on
    the documents that the story model is trained on.

    Reading: `lead_characters` of a text are read, a word of the title counts `title` times and one
    that is a name weighs `name` times as much; `background` articles without any of the words stand
    beside the coverage when a word's idf is measured.
    Comparing: `days_around` an article, `candidates` that share most of its `query_terms` rarest
    terms. Of reports without a day `undated` are looked at, and `sources` of one are looked up.
    Walking: from an article to one of its `neighbours` with `continue_probability`, `walk_length`
    times; cosines below `min_cosine` count for nothing, and one whose neighbours' cosines add up to
    less than `min_degree` mostly stays. A quantity that differs takes the factor
    exp(-`quantity_penalty`) off the cosine; `most_numbers` are counted, shared or differing.
    Linking: groups join down to a mean probability of `same_story`; a report less than `odd` times
    as akin to the others as these are is left out, likeness beyond `close` counting as that.
    Groups that are parts of one event join down to a cosine of `same_event`, one report alone from
    `same_event_alone` on, less `background_share` of what all groups say, `background_groups` empty
    ones among them. `kept` stories are remembered.
    """

    lead_characters: int = 500
    title: int = 2
    name: float = 1.5
    background: int = 1000
    days_around: int = 7
    candidates: int = 40
    query_terms: int = 24
    undated: int = 8
    sources: int = 3
    neighbours: int = 6
    continue_probability: float = 0.7
    walk_length: int = 6
    min_cosine: float = 0.1
    min_degree: float = 0.8
    quantity_penalty: float = 0.4
    most_numbers: int = 3
    same_story: float = 0.58
    one_text: float = 0.8
    same_event: float = 0.25
    same_event_alone: float = 0.3
    background_share: float = 0.7
    background_groups: int = 5
    worth_joining: float = 0.2
    same_outlet: float = -0.8
    crowd: int = 5
    crowd_candidates: int = 100
    event_gap: float = 3.0  # days
    event_span: float = 14.0  # days
    close: float = 0.65
    odd: float = 0.6
    kept: int = 256
    headline: float = 20.0
    headlines_alike: float = 0.3
    least_sure: float = 1e-6


@dataclass(frozen=True, slots=True)
class NoveltyWeights:
    """What a sentence must bring to count as news. By hand.

    A new number weighs `number`, a time `time`, a name `name`, a rare word up to `word`; a sentence
    of less than `least_news` brings none, and each fault (a question, a pronoun that opens it, none
    but days more than `background_days` before the report) takes it times `fault`. A sentence that
    names `retold` of what most headlines share retells the event. Its words must share
    `least_relevant` of the story's `topic_terms` heaviest terms, and count in full from
    `fully_relevant`; a sentence next to one counts `next_to_it` as much, and any of the first
    `opening` counts. Read are `most_read` sentences of an article and `lead_characters` for the
    topic; `half_read` sentences on, one counts half.
    """

    least_news: float = 2.4
    number: float = 3.0
    time: float = 2.5
    name: float = 1.5
    word: float = 0.6
    fault: float = 0.6
    retold: float = 2 / 3
    lead_characters: int = 500
    topic_terms: int = 8
    least_relevant: float = 0.2
    fully_relevant: float = 0.5
    next_to_it: float = 0.6
    half_read: int = 12
    background_days: int = 14
    opening: int = 2
    most_read: int = 48
    shortest_sentence: int = 5  # words


@dataclass(frozen=True, slots=True)
class ContradictionWeights:
    """When two values are of one thing, and when they differ. By hand.

    Of the `context_terms` nearest terms, `fewest_shared` must stand near both values, and of the
    shorter and the longer list the shares `shared_by_fewer` and `shared_by_more`; of two days after
    different words `nearly_all`. Words at most `next` characters away are next to a value. From
    `few` on, a count is the same one wherever it stands. A guess is off by `guessed`, a bound by
    `near_bound`; values nearer than `counted_alike`, or `rounded_alike` where one rounds to the
    other, are one, and values `most_times` apart measure other things. At most `most` are told.
    A day belongs to the act named nearest, within `reach` characters, where it is no longer than
    `longest_days`; two are of one thing where headline and sentence share `shared_terms`, and a day
    to come that is told `update_hours` later is news. Outcomes are looked for in the first
    `sentences`; two are of one thing where headline and sentence share `outcome_terms`, and
    `outcome_share` of those of the shorter one.
    """

    context_terms: int = 8
    fewest_shared: int = 4
    shared_by_fewer: float = 0.6
    shared_by_more: float = 0.5
    nearly_all: float = 0.75
    next: int = 20
    few: int = 100
    guessed: float = 1.25
    near_bound: float = 1.05
    counted_alike: float = 0.005
    rounded_alike: float = 0.1
    most_times: float = 10
    most: int = 10
    reach: int = 60  # characters from an act to its day
    longest_days: int = 7
    shared_terms: int = 2
    update_hours: int = 36
    sentences: int = 20
    outcome_terms: int = 4
    outcome_share: float = 0.5


@dataclass(frozen=True, slots=True)
class NamingWeights:
    """Which event is meant by a few words. By hand.

    Of `hits` those are looked at that hold at least `least_held` of the words, by idf, in headline
    and `lead_characters` of the text. The headline counts `headline` of the fit, a report from
    other days than those named, up to `days_after` them, `other_days` as much, and each doubling of
    the outlets raises the fit by `per_doubling`. Where an event fits `as_well` as the best, and the
    best is not `clearly` times as good, which is meant is asked, among `choices` at most.
    """

    hits: int = 50
    least_held: float = 0.6
    lead_characters: int = 500
    headline: float = 0.3
    other_days: float = 0.5
    days_after: int = 10
    per_doubling: float = 0.15
    as_well: float = 0.9
    clearly: float = 1.25
    choices: int = 6


@dataclass(frozen=True, slots=True)
class ChapterWeights:
    """Which events are chapters of one story, and in how many lines each is told. By hand.

    Of the `candidates` that share most with a story, and of as many hits of the query, those events
    are chapters whose cosine with the story, and `named` times how well the query fits them, is
    `least`; each doubling of the outlets raises that by `per_doubling`. A headline fits that has
    `least_words` of the query, or all; and one must be `wholly_named`, or hold `least_told` of what
    tells the story from the rest of the coverage. At most `most` are told, in
    `other_lines`, and the event itself in `own_lines`; of a summary, `least_own` are its own.
    """

    candidates: int = 200
    named: float = 0.25
    least_words: int = 2
    wholly_named: float = 0.7
    least_told: float = 0.15
    least: float = 0.3
    sure: float = 0.45
    by_way: float = 0.8
    per_doubling: float = 0.8
    most: int = 20
    own_lines: int = 10
    least_own: int = 2
    other_lines: int = 2


@dataclass(frozen=True, slots=True)
class SilenceWeights:
    """When an outlet is said to be silent about a story. By hand: as seldom as can be.

    It published in the days of the story or `days_after`, and none of its articles of `days_around`
    has one of the `terms` that most tell the story: they stand in `share` of its reports, and in
    less than one of `common` articles of the coverage. So many articles are `looked_at`.
    """

    days_after: int = 2
    days_around: int = 14
    terms: int = 8
    share: float = 0.3
    common: int = 2
    looked_at: int = 5000


WEIGHTS = StoryWeights()
NOVELTY = NoveltyWeights()
CHAPTERS = ChapterWeights()
SILENCE = SilenceWeights()
NAMING = NamingWeights()
CONTRADICTIONS = ContradictionWeights()
