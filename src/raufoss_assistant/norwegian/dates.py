"""Dates as people write them."""

from __future__ import annotations

from datetime import date

from raufoss_assistant.model import Language

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def long_date(day: date, language: Language = "nb") -> str:
    """Write a date in full; bokmål and nynorsk name the months alike.

    Example:
        >>> long_date(date(2024, 2, 6)), long_date(date(2024, 2, 6), "en")
        ('6. februar 2024', '6 February 2024')
    """
    if language == "en":
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
