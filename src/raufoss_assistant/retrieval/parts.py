"""The questions in a message that asks several things at once."""

from __future__ import annotations

import re

_ASKING = (
    r"(?:hva|kva|ka|hvem|kven|kem|hvor|kor|når|hvilke[nt]?|hvordan|korleis|åssen|hvorfor|kvifor"
    r"|what|who|where|when|which|how|why)\b"
)
_YES_OR_NO = (
    r"(?:er|har|kan|får|må|gjelder|gjeld|finnes|finst|is|are|has|have|can|does|do)"
    r" (?:det|den|de|dei|vi|man|ein|en|this|it|they|we)\b"
)
_ASKS = re.compile(
    rf"\b{_ASKING}|^(?:er|var|har|hadde|kan|får|må|skal|vil|finnes|finst|gir|gjev|heter|heiter|het|gjelder|gjeld|blir|ble|blei"
    rf"|eier|eig|leder|leier|ligger|ligg|koster|kostar|trenger|treng|is|are|was|has|have|can|does|do|did|will)\b",
    re.I,
)
_BORDER = re.compile(
    rf"(?:\s*[,;]\s*|\s+|\s*[?.!]\s+)(?:og|men|samt|and|but)\s+(?:så\s+)?(?={_ASKING})|\?\s+(?={_ASKING})"
    rf"|\s*[,;?]\s*(?:og|men|and|but)\s+(?={_YES_OR_NO})",
    re.I,
)
NEWEST = r"(?:hva|kva|what) (?:sier|seier|er|is|does|do)\b.{0,12}\b(?:nyeste|siste|latest|newest|most recent) \w+"
"""What the newest source says is asked for."""
_NEWEST = re.compile(rf"\b{NEWEST}(?:\s+(?:say|vi har|me har))?\W*$", re.I)
"""The last part sets the newest against what the first one asks: both are one question."""
_SHORTEST = 3
"""Words of a part that is a question of its own: «når og hvor» is one."""
_MOST = 3


_TIME = re.compile(
    r"\b(?:(?:fram |helt |heilt )?(?:i|in|til|inntil|fra|frå|siden|sidan|etter|until|since|from) )?"
    r"(?:(?:19|20)\d\d|dag|nå|no|now|today)\b",
    re.I,
)
_DIFFERENCE = re.compile(
    r"\b(?:forskjell\w*|skilnad\w*|differences?) (?:på|mellom|i|between)\s+(?P<one>[^,?]{2,60}?)"
    r"\s+(?:og|and|mot|vs\.?)\s+(?P<other>[^,?]{2,60}?)\s*[?.!]*\s*$",
    re.I,
)
_QUESTION_WORD = re.compile(rf"\b{_ASKING}", re.I)


def parts(question: str) -> tuple[str, ...]:
    """The questions that a message asks, in its order; one where it asks one.

    Example:
        >>> parts("Når ble MTNC etablert, og hvem eier senteret?")
        ('Når ble MTNC etablert?', 'hvem eier senteret?')
        >>> parts("Når og hvor holdes kurset?")
        ('Når og hvor holdes kurset?',)
    """
    found = [part.strip(" ?.!,;") for part in _BORDER.split(question)]
    split = not _NEWEST.search(question) and 1 < len(found) <= _MOST and all(map(_asks_one_thing, found))
    return tuple(f"{part}?" for part in found) if split else (question,)


def apart(question: str) -> tuple[str, str] | None:
    """The two things whose difference a question asks for, as it writes them; None where it asks for none.

    Example:
        >>> apart("Hva er forskjellen på klyngen og parken?")
        ('klyngen', 'parken')
    """
    found = _DIFFERENCE.search(question)
    return (found["one"], found["other"]) if found else None


def _asks_one_thing(part: str) -> bool:
    """Whether it is a question of some length without another one in it («hvem vet hva det koster»)."""
    return len(part.split()) >= _SHORTEST and bool(_ASKS.search(part)) and len(_QUESTION_WORD.findall(part)) < 2


def carried(first: str, part: str) -> str:
    """A later question of a message after the words of the first, but for its time.

    Example:
        >>> carried("Hva ga RFF Innlandet i 2020?", "hvor mye gir de nå?")
        'Hva ga RFF Innlandet: hvor mye gir de nå?'
    """
    return f"{' '.join(_TIME.sub(' ', first).split()).rstrip(' ?')}: {part}"
