"""A record for language models, over the Model Context Protocol: read, and propose; never decide."""
