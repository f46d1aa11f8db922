"""A record becomes a negotiation that can be run."""
