"""Readings become one record."""
