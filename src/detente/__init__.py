"""Detente reads the reporting on a negotiation, builds the system it describes, and runs it."""

from importlib.metadata import version

__version__ = version("detente")
