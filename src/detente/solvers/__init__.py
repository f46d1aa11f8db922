"""Numeric engines that several analyses share: state spaces, the graph model, package search."""
