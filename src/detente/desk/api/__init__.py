"""The desk for programs: JSON under ``/api/v1``, for everything that the screens do.

Law: what the record's own JSON calls a thing, the API calls it too; an error is ``{"error": ...}``.
"""
