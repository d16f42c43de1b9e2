"""Typed records of courses, services, funding, catapults and companies, from the documents; lists and matching."""
