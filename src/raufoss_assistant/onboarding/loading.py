"""Learning paths from their files: YAML with Norwegian keys, written by staff, checked line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from raufoss_assistant.errors import LearningPathError, reason
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.onboarding.paths import Check, LearningPath, Reading, Step

_FEWEST, _MOST = 5, 7
MOST_WORDS = 6
MOST_CHECKS = 2
_LAST = 99
"""Place of a path that names none."""
_PATH = frozenset({"tittel", "plass", "innledning", "steg", "spør_lederen"})
_STEP = frozenset({"mål", "hvorfor", "les", "ord", "spørsmål"})
_READING = frozenset({"dokument", "del", "hva"})
_CHECK = frozenset({"spør", "svar", "dokument", "sitat", "hint"})


def read_path(file: Path) -> LearningPath:
    """Read one learning path.

    Raises:
        LearningPathError: the file cannot be read, or something in it is missing or of the wrong kind; the message has
            a line per fault, with the step and the remedy.

    Example:
        >>> read_path(Path("corpus/onboarding/lop/operator.yaml")).title
        'Operatør'
    """
    try:
        raw = yaml.safe_load(normalise(file.read_text("utf-8")))
    except OSError as error:
        raise LearningPathError(file.name, [f"kan ikke leses: {reason(error)}."]) from error
    except UnicodeDecodeError as error:
        raise LearningPathError(
            file.name, ["er ikke lagret som UTF-8. Lagre filen på nytt med den tegnkoden."]
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"linje {mark.line + 1}" if mark else "filen"
        raise LearningPathError(
            file.name, [f"{where}: kan ikke tolkes. Se etter innrykk, kolon eller anførselstegn som mangler."]
        ) from error
    reading = _Reader()
    path = reading.path(file.stem, raw)
    if reading.faults:
        raise LearningPathError(file.name, reading.faults)
    return path


class _Reader:
    """Reads what there is and notes what is wrong; what is wrong is read as empty."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def path(self, id_: str, raw: object) -> LearningPath:
        if not re.fullmatch(r"[a-z0-9-]+", id_):
            self.faults.append("navnet på filen må bare ha små bokstaver fra a til z, tall og bindestrek.")
        values = self._mapping(raw, _PATH, "")
        place = values.get("plass", _LAST)
        if not isinstance(place, int) or isinstance(place, bool):
            self.faults.append("«plass» må være et helt tall.")
            place = _LAST
        steps = self._list(values, "steg", "")
        if not _FEWEST <= len(steps) <= _MOST:
            self.faults.append(f"har {len(steps)} steg. Et løp skal ha {_FEWEST} til {_MOST}.")
        return LearningPath(
            id=id_,
            title=self._text(values, "tittel", ""),
            intro=self._text(values, "innledning", ""),
            place=place,
            steps=tuple(self._step(each, f"steg {number}: ") for number, each in enumerate(steps, 1)),
            ask_manager=self._texts(values, "spør_lederen", ""),
        )

    def _step(self, raw: object, where: str) -> Step:
        values = self._mapping(raw, _STEP, where)
        checks = self._list(values, "spørsmål", where)
        if len(checks) > MOST_CHECKS:
            self.faults.append(f"{where}har {len(checks)} spørsmål. Et steg skal ha ett eller to.")
        words = self._texts(values, "ord", where) if "ord" in values else ()
        if len(words) > MOST_WORDS:
            self.faults.append(f"{where}har {len(words)} ord. Et steg kan ha høyst {MOST_WORDS}.")
        return Step(
            goal=self._text(values, "mål", where),
            why=self._text(values, "hvorfor", where),
            readings=tuple(
                self._reading(each, f"{where}lesestoff {number}: ")
                for number, each in enumerate(self._list(values, "les", where), 1)
            ),
            words=words,
            checks=tuple(self._check(each, f"{where}spørsmål {number}: ") for number, each in enumerate(checks, 1)),
        )

    def _reading(self, raw: object, where: str) -> Reading:
        values = self._mapping(raw, _READING, where)
        section = self._text(values, "del", where) if "del" in values else None
        return Reading(self._text(values, "dokument", where), section, self._text(values, "hva", where))

    def _check(self, raw: object, where: str) -> Check:
        values = self._mapping(raw, _CHECK, where)
        return Check(
            question=self._text(values, "spør", where),
            accepted=self._texts(values, "svar", where),
            document=self._text(values, "dokument", where),
            quote=self._text(values, "sitat", where),
            hint=self._text(values, "hint", where) if "hint" in values else None,
        )

    def _mapping(self, raw: object, known: frozenset[str], where: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.faults.append(f"{where}skal ha felter, skrevet som «navn: innhold». Se eksempelet i corpus/README.md.")
            return dict.fromkeys(known, ())
        for key in raw:
            if key not in known:
                self.faults.append(f"{where}feltet «{key}» er ukjent. Bruk {_either(sorted(known))}.")
        return raw

    def _text(self, values: dict[str, Any], key: str, where: str) -> str:
        value = values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = f"{value}".replace(".", ",")
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value != ():
            self.faults.append(f"{where}«{key}» mangler, eller er ikke tekst. Skriv teksten i anførselstegn.")
        return ""

    def _texts(self, values: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
        items = self._list(values, key, where)
        return tuple(self._text({key: item}, key, where) for item in items)

    def _list(self, values: dict[str, Any], key: str, where: str) -> Sequence[Any]:
        value = values.get(key)
        if isinstance(value, list) and value:
            return value
        if value != ():
            self.faults.append(f"{where}«{key}» mangler. Skriv en liste med minst én linje som begynner med «- ».")
        return ()


def _either(words: Sequence[str]) -> str:
    quoted = [f"«{word}»" for word in words]
    return f"{', '.join(quoted[:-1])} eller {quoted[-1]}"
