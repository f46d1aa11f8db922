"""Bundles of articles as news databases export them: one module a database, behind one registry."""
