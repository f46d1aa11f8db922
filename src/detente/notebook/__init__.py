"""A record and its negotiation in a notebook: tables as data frames, quotes in their sentence, findings."""
