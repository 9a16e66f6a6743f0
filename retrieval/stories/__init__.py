"""Which articles tell one event, in which order, what each adds and where two differ."""
