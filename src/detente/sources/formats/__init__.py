"""One module a file format: bytes in, drafts out."""
