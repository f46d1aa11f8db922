"""A language model as a second reader, only where asked for: it gives quotes, each found or dropped."""
