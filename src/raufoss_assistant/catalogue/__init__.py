"""Typed records of courses, services, funding, catapults and companies, read from the documents; lists and matching."""
