"""Questions of what is offered within a field, or by somebody: «Hva kan katapulten gjøre innen 3D-printing?»."""

from __future__ import annotations

import re

from raufoss_assistant.model import RecordType

_OFFERS = re.compile(
    r"\W*(?:hva|kva|what)\b(?: slags| sort| kind of)?.{0,20}?"
    r"\b(?:tilby[rd]?|gjør|gjer|gjøre|gjere|hjelper?|kan|har|leverer|do|does|offer|can|help|have)\b"
    r".*?\b(?:katapult\w*|testsent\w*|mtnc|dere|de|dykk|test cent(?:re|er)|catapult|you)\b"
    r".*?\b(?:(?:inn[ea]n|inn[ea]nfor|for|med|på|av|om|i|in|within|with|of|about)\b|når det gj[ea]ld)",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"\W*(?:(?:hvor|kor) my(?:e|kje)|how much|hva|kva|what)\b.{0,25}"
    r"\b(?:støtte|tilskudd|tilskot|penger|pengar|funding|support|grants?)\b.*?\b(?:fra|frå|hos|hjå|av|gir|gjev|from|by)\b",
    re.IGNORECASE,
)


def offered(question: str) -> RecordType | None:
    """The type of the records that tell it, where it is asked what the centre offers within something or who supports.

    Example:
        >>> offered("Hva tilbyr katapulten innen 3D-printing?"), offered("Hva er en katapult?")
        ('service', None)
        >>> offered("Hvor mye støtte kan vi få fra Innovasjon Norge?")
        'funding'
    """
    return "service" if _OFFERS.match(question) else "funding" if _SUPPORT.match(question) else None
