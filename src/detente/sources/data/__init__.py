"""Lists of facts that sources are read with; each file says on its first line where its facts are from."""
