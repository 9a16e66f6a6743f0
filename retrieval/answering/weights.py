"""Every limit and weight of choosing what to quote, in one place; all set by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerWeights:
    """What is not learned (`sentence_model.json` and `confidence_model.json` are)."""

    hits: int = 10  # articles whose sentences are read
    newest_days: int = 60  # the last days of the coverage, read for what may have changed
    newest_hits: int = 4  # articles of these
    read_for_names: int = 4_000  # characters of each that say how a name is written
    synonym: float = 0.7  # from this weight on a word stands for the one asked
    most_quotes: int = 3
    most_characters: int = 600  # of all quotes of a reply but a summary
    longest_quote: int = 600
    most_context: int = 2  # sentences before one that says "he"
    stands_out: float = 0.8  # log odds over the next best that let a quote open with a pronoun
    answered: float = 0.5  # from this confidence on, quotes are shown
    # Log odds by which the model, trained on English, is too little sure in other languages, which
    # have no synonyms here. By every other question of the development sets in these four, so that
    # at most 4 of 100 without coverage are answered; `foreign` for others.
    german: float = 1.4
    chinese: float = 1.1
    foreign: float = 0.9
    unsure: float = 0.2  # from here on the closest sentences are
    wider_margin: float = 0.1  # how much surer a search without the filters must be
    closest: int = 2
    about: float = 0.7  # of the question by idf, in one report, for a summary or news
    # A question of so many terms says what it wants: it gets a second quote, or a third, where
    # these are nearly as likely (log odds below the first). Members' short ones get one sentence.
    full_question: int = 5
    long_question: int = 7
    further_margin: float = 2.0
    # From so many terms on, a question is answered from so much less confidence: the words of a
    # short one meet by chance. By hand, looking at the development sets; none where a number or a
    # day is asked for.
    relieved_question: int = 6
    relieved: float = 0.38
    rivals: int = 12  # sentences among which a form chooses
    cause_margin: float = 2.5  # log odds by which a sentence with a cause may be less likely
    list_margin: float = 2.0  # log odds by which a further line of a list may be less likely
    new_things: int = 2  # names or numbers that it must add
    summary_lines: int = 6
    summary_reports: int = 30
    # Log odds that a newer statement may lie behind an older one: of anything; of what moves, such
    # as a price; of a day, which is put off; where the present state is asked for.
    newer: float = 0.4
    newer_of_moving: float = 1.0
    newer_of_dates: float = 1.5
    newer_of_present: float = 2.5
    no_slot: float = 5.0  # log odds lost where a number or a day is asked for and none is given
    no_name: float = 2.5  # the same of a person, a place, an organisation
    no_post: float = 1.5  # lost by a person who does not hold the post that is asked for
    denies: float = 1.5  # won by a sentence that says no to what is asked for yes or no
    undefined: float = 1.0  # lost by a definition that says nothing of its subject
    says_year: float = 1.5  # won by a sentence that gives the year asked about
    named: float = 1.0  # won by a name for the thing that is asked for
    bare_year: float = 2.0  # lost by a year where a day or month is asked for
    unnamed: float = 0.6  # lost by an answer of yes or no that leaves the names to its headline
    no_day: float = 0.4  # lost by a date without a day
    unplaced: float = 1.0  # lost where no place stands behind what happened there
    least_named: float = 0.3  # of the names asked about, in or above the quote; else it lacks them
    least_named_of_two: float = 0.6
    stranger: float = 2.0  # lost by a sentence about another name or version
    headline_margin: float = 2.5  # log odds by which a sentence may be less likely than a headline
    no_agent: float = 2.0  # lost where the one named in "who replaced X" did it
    guessed: float = 1.0  # lost by what may be where a fact is asked for
    uncounted: float = 2.0  # lost by a number that does not count what is asked
    least_asked: float = 0.2  # of what is asked of the names, in and beside the quote; else unsure
    doubtful: float = 0.4  # the most confidence in a quote that lacks the slot or what is asked


WEIGHTS = AnswerWeights()
