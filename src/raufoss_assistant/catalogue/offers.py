"""Questions of what the test centre offers within a field: «Hva kan katapulten gjøre innen 3D-printing?»."""

from __future__ import annotations

import re

_OFFERS = re.compile(
    r"\W*(?:hva|kva|what)\b(?: slags| sort| kind of)?.{0,20}?"
    r"\b(?:tilby[rd]?|gjør|gjer|gjøre|gjere|hjelper?|kan|har|leverer|do|does|offer|can|help|have)\b"
    r".*?\b(?:katapult\w*|testsent\w*|mtnc|dere|de|dykk|test cent(?:re|er)|catapult|you)\b"
    r".*?\b(?:(?:inn[ea]n|inn[ea]nfor|for|med|på|av|om|i|in|within|with|of|about)\b|når det gj[ea]ld)",
    re.IGNORECASE,
)


def asks_for_offers(question: str) -> bool:
    """Whether it is asked what the centre offers within something, which its services tell.

    Example:
        >>> asks_for_offers("Hva tilbyr katapulten innen 3D-printing?"), asks_for_offers("Hva er en katapult?")
        (True, False)
    """
    return bool(_OFFERS.match(question))
