"""Detente reads the reporting on a negotiation, builds the system it describes, and runs it."""
