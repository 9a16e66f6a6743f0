"""Ask coverage, get the sentence that answers."""
