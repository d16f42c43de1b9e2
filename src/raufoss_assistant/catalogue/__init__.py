"""Typed records of courses, services, funding and organisations, read from the documents; lists and matching."""
