"""Personal data out of what people write, as far as it can be told by its form.

Masked are e-mail addresses, telephone numbers, Norwegian national identity numbers, bank accounts and payment cards.
Names, street addresses and what else only a reader understands are not; whoever asks people to write must say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from raufoss_assistant.norwegian.text import normalise

EMAIL, PHONE, IDENTITY, ACCOUNT, CARD = "[e-post]", "[telefon]", "[fødselsnummer]", "[konto]", "[kort]"

_MARK = re.compile(r"\[(?:e-post|telefon|fødselsnummer|konto|kort)\]")
_GAP = "[ \u00a0.-]?"
_ALONE, _END = r"(?<!\d)", r"(?!\d)"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(rf"\bNO\d\d(?:{_GAP}\d){{11}}(?!\d)", re.I)
_CARD = re.compile(rf"{_ALONE}(?:[3-6]|2{_GAP}[2-7])(?:{_GAP}\d){{11,18}}{_END}")
_IDENTITY = re.compile(rf"{_ALONE}\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d{{3}}{_GAP}\d\d{_END}")
_ACCOUNT = re.compile(rf"{_ALONE}\d{{4}}{_GAP}\d\d{_GAP}\d{{5}}{_END}")
# Eight digits in the series that are given out, written as one, 2-2-2-2 or 3-2-3; sums of money look the same.
_PHONE = re.compile(
    rf"(?<!kr[ \u00a0])(?:(?<!\d)(?:\+|00)?47{_GAP}|{_ALONE})(?:2[1-9]|[3-9]\d)"
    r"(?:\d{6}|(?:[ \u00a0.]\d\d){3}|\d[ \u00a0.]\d\d[ \u00a0.]\d{3})"
    rf"{_END}(?![ \u00a0]*(?:kr|NOK|EUR|USD|%|prosent|mill|€|\$))",
    re.I,
)
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|00)[1-9]\d{{0,2}}(?:{_GAP}\d){{6,12}}(?!\d)")


def masked(text: str) -> str:
    """The text, cleaned of invisible characters, with a mark in place of each number or address that is personal.

    Example:
        >>> masked("Ring Kari på 915 55 123 eller kari@example.no")
        'Ring Kari på [telefon] eller [e-post]'
    """
    text = _EMAIL.sub(EMAIL, normalise(text))
    text = _IBAN.sub(ACCOUNT, text)
    text = _CARD.sub(_if(_is_card, CARD), text)
    text = _IDENTITY.sub(_if(_is_identity, IDENTITY), text)
    text = _ACCOUNT.sub(_if(_is_account, ACCOUNT), text)
    return _ABROAD.sub(PHONE, _PHONE.sub(PHONE, text))


def is_masked(text: str) -> bool:
    """Whether something in the text has been masked."""
    return bool(_MARK.search(text))


def _if(test: Callable[[Sequence[int]], bool], mark: str) -> Callable[[re.Match[str]], str]:
    """What to put in place of digits: the mark where the test holds, else themselves."""

    def replacement(match: re.Match[str]) -> str:
        digits = [int(character) for character in match.group() if character.isdecimal()]
        return mark if test(digits) else match.group()

    return replacement


def _is_card(digits: Sequence[int]) -> bool:
    """Luhn's check digit (ISO/IEC 7812)."""
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _is_account(digits: Sequence[int]) -> bool:
    """Modulo 11 with the weights 5 4 3 2 7 6 5 4 3 2 1, of bank accounts and as second check of identity numbers."""
    return any(digits) and _weighed(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) == 0


def _is_identity(digits: Sequence[int]) -> bool:
    """A birth number, or a D, H or test number, whose check digits hold.

    From 2032 the first check digit may leave a remainder up to 3 (Skatteetaten, «Nytt fødselsnummer 2032»).
    """
    day, month = 10 * digits[0] + digits[1], 10 * digits[2] + digits[3]
    born = any(1 <= day - added <= 31 for added in (0, 40))
    born = born and any(1 <= month - added <= 12 for added in (0, 40, 65, 80))
    return born and _weighed(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) <= 3 and _is_account(digits)


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
