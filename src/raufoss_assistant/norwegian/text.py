"""One shape for all text: composed letters, plain line ends, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

# Control characters but tab and newline, lone surrogates, and what Unicode calls Default_Ignorable_Code_Point
# (zero-width, direction marks, variation selectors, tags), which carries hidden instructions as readily as emoji.
# The soft hyphen is among them too, but is ordinary typography and is dealt with on its own.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile(r"\u00ad+(?:[ \t]*\n[ \t]*(?=[^\W\d_]))?")
_MANY_LINES = re.compile(r"\n{3,}")
_NO_BREAK = "\u00a0"
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", _NO_BREAK),
        **dict.fromkeys("\u1680\u2000\u2001\u2002\u2003\u3000", " "),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\uf0b7\uf0a7", "•"),  # how Word's Symbol and Wingdings bullets come out of a PDF
        **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
    }
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_COORDINATING = frozenset({"og", "eller", "samt", "and", "or"})


def normalise(text: str) -> str:
    r"""Bring text from any source into the one shape that everything else expects.

    Composed letters (NFC); ``\n`` ends every line, and at most one blank line stands between two others; tabs are
    widened to stops of four, as CommonMark reads them; a soft hyphen goes, and the line end after it where it divides a
    word; ligatures become letters, special hyphens «-»; a no-break, thin or narrow space becomes U+00A0, so that
    «4 000» stays together; what is invisible goes, and so do blanks at line ends. Doing it twice changes nothing.

    Example:
        >>> normalise("indus\u00ad\ntri\u200b og ﬁnans ")
        'industri og finans'
    """
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", _SOFT_HYPHEN.sub("", text).translate(_SAME)).expandtabs(4)
    return _MANY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n")))


def invisible_count(text: str) -> int:
    r"""Count the characters that ``normalise`` strips because nobody sees them; soft hyphens are left out.

    Example:
        >>> invisible_count("Hei\u200b\U000e0041")
        2
    """
    return len(_INVISIBLE.findall(_LINE_END.sub("\n", text)))


def join_lines(lines: Sequence[str], words: Collection[str] = ()) -> str:
    """Make one line of the wrapped lines of a paragraph; empty lines are passed over.

    A hyphen that divides a word between small letters goes («indus-», «tri»). One that belongs to the word stays
    («EU-», «midler»; «2024-», «2028»); one that stands for a shared part keeps its space («små-», «og mellomstore»).
    A word that the document has elsewhere decides before that («VIDE-», «RE»; «Raufoss-», «modellen»).

    Args:
        lines: as they stand.
        words: what the document has within its lines, see `word_forms`.

    Example:
        >>> join_lines(["støtte til små-", "og mellomstore indus-", "tribedrifter"])
        'støtte til små- og mellomstore industribedrifter'
    """
    parts: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        if parts:
            last = parts[-1]
            glue = _glue(last, line, words)
            if glue is None:
                parts[-1] = last[:-1]
            elif glue:
                parts.append(glue)
        parts.append(line)
    return "".join(parts)


def word_forms(lines: Iterable[str]) -> frozenset[str]:
    """Every word within the lines, hyphens and all; the last of a line that ends with a hyphen is not whole.

    Example:
        >>> sorted(word_forms(["NTNU VIDERE, Raufoss-", "modellen"]))
        ['NTNU', 'VIDERE', 'modellen']
    """
    found: set[str] = set()
    for line in lines:
        words = _WORD.findall(line)
        found.update(words[:-1] if line.endswith("-") else words)
    return frozenset(found)


def _glue(line: str, following: str, words: Collection[str]) -> str | None:
    """Find what goes between two wrapped lines; None where the hyphen that ends the first must go."""
    if len(line) < 2 or line[-1] not in "-–/" or not line[-2].isalnum():
        return " "
    if line[-1] == "-":
        word = following.split(maxsplit=1)[0]
        if word.strip(",.").casefold() in _COORDINATING:
            return " "
        before, after = _WORD.findall(line)[-1], _WORD.match(following)
        if after and (before + after[0] in words) != (f"{before}-{after[0]}" in words):
            return None if before + after[0] in words else ""
        if line[-2].islower() and following[0].islower():
            return None
    return ""
