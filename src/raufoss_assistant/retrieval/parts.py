"""The questions in a message that asks several things at once."""

from __future__ import annotations

import re

_ASKING = (
    r"(?:hva|kva|ka|hvem|kven|kem|hvor|kor|kvar|når|hvilke[nt]?|hvordan|korleis|åssen|hvorfor|kvifor"
    r"|what|who|where|when|which|how|why)\b"
)
_YES_OR_NO = (
    r"(?:er|har|kan|får|må|gjelder|gjeld|finnes|finst|is|are|has|have|can|does|do)"
    r" (?:det|den|de|dei|vi|man|ein|en|this|it|they|we)\b"
)
_ASKS = re.compile(
    rf"\b{_ASKING}|^(?:er|var|har|hadde|kan|får|må|skal|vil|finnes|finst|gir|gjev|heter|heiter|het|gjelder|gjeld|blir|ble|blei"
    rf"|stemmer|eier|eig|leder|leier|ligger|ligg|koster|kostar|trenger|treng|is|are|was|has|have|can|does|do|did|will)\b",
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
_SAME = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^(?:er|is|are)\s+(?P<one>[^,?]{2,60}?)\s+(?:og|and)\s+(?P<other>[^,?]{2,60}?)\s+.{0,12}\b(?:samme|same)\b",
        r"^(?P<one>[^,?]{2,60}?)\s+(?:og|and)\s+(?P<other>[^,?]{2,60}?),?\s+(?:er (?:det|dei|de)|is it|are they)\b"
        r".{0,8}\b(?:samme|same)\b",
        r"^(?:er|is)\s+(?P<one>[^,?]{2,60}?)\s+(?:det|the) (?:samme|same)(?: \w+)? (?:som|as)\s+(?P<other>[^,?]{2,60})",
    )
)
"""Whether two are one is asked: «er klyngen og parken det samme?»."""
_WHICH = re.compile(
    r"\b(?:hvilke[nt]?|kva for(?: ein| ei| eit)?|which|what|hva slags|hvem|kven|who"
    r"|kva (?!er\b|var\b|har\b|kan\b|gjer\b|skal\b|vil\b)\w{4,})\b",
    re.I,
)
_LEANS = re.compile(
    r"\b(?:den|det|han|ho|hun|de|dei|denne|dette|it|that|this|they|she|he)"
    r"(?= \w+(?:en|et|a)\b|\W*$| (?:center|centre|company|person)\b)"
    r"|\b(?:ligger|ligg|holder|held|jobber|jobbar) (?:den|det|han|ho|hun|de|dei)\b",
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
    """The two things whose difference a question asks for, or whether they are one, as it writes them; else None.

    Example:
        >>> apart("Hva er forskjellen på klyngen og parken?")
        ('klyngen', 'parken')
    """
    found = next(filter(None, (form.search(question) for form in (_DIFFERENCE, *_SAME))), None)
    return (found["one"].strip(), found["other"].strip(" ?.!")) if found else None


def asks_which(question: str) -> bool:
    """Whether it asks which one or who it is, so that its answer names something.

    Example:
        >>> asks_which("Hvilken katapult passer for plast?"), asks_which("Hva er en katapult?")
        (True, False)
    """
    return bool(_WHICH.search(question))


def leans(part: str) -> bool:
    """Whether a question is about what was named before it: «hvor ligger den?», «hvor ligger det senteret?»."""
    return bool(_LEANS.search(part))


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
