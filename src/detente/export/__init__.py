"""The record in the forms that colleagues expect."""
