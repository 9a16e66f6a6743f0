"""Choosing the sentences that answer, and knowing when none does."""
