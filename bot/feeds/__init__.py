"""Web feeds to coverage files: fetched politely, read tolerantly, each entry kept once."""
