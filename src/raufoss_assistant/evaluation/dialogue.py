"""Earlier turns of a conversation as staff write them in a cell: «Bruker: …» and «Assistent: …», a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from raufoss_assistant.errors import UsageError
from raufoss_assistant.model import Role, Turn

_SPEAKERS: dict[Role, str] = {"user": "Bruker", "assistant": "Assistent"}
_ROLES = {speaker: role for role, speaker in _SPEAKERS.items()}
_SAID = re.compile(r"(Bruker|Assistent)[ \t]*:(.*)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\+(?:Bruker|Assistent)[ \t]*:", re.IGNORECASE)


def turns(text: str) -> tuple[Turn, ...]:
    r"""Read turns; a line that begins with neither speaker goes on with the turn above.

    Raises:
        UsageError: the first line names no speaker.

    Example:
        >>> turns("Bruker: Hva er MTNC?\nAssistent: Katapulten.")[1]
        Turn(role='assistant', content='Katapulten.')
    """
    said: list[tuple[Role, list[str]]] = []
    for line in text.split("\n"):
        if found := _SAID.match(line):
            said.append((_ROLES[found[1].capitalize()], [found[2]]))
        elif said:
            said[-1][1].append(line[1:] if _ESCAPED.match(line) else line)
        elif line.strip():
            raise UsageError("hver linje må begynne med «Bruker:» eller «Assistent:»")
    return tuple(Turn(role, "\n".join(lines).strip()) for role, lines in said)


def written(conversation: Iterable[Turn]) -> str:
    r"""Write turns as the text of a cell; a later line that names a speaker itself gets a «\» in front.

    Example:
        >>> written([Turn("user", "Hva er MTNC?")])
        'Bruker: Hva er MTNC?'
    """
    return "\n".join(f"{_SPEAKERS[turn.role]}: {_marked(turn.content)}" for turn in conversation)


def _marked(content: str) -> str:
    first, *others = content.split("\n")
    return "\n".join([first, *(f"\\{line}" if _SAID.match(line) or _ESCAPED.match(line) else line for line in others)])
