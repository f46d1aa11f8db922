"""Articles become claims, each with its words."""
