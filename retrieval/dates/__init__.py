"""Days in words: the range of days that a question speaks of."""
