"""The desk: read, check and decide in the browser."""
