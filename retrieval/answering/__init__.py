"""Hits to quotes to an answer, or to an abstention."""
