"""What is asked: the words, the kind of answer, the days, the outlet."""
