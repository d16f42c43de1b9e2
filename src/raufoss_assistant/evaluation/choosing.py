"""Which questions are asked: those of some sets that have a tag, are of a kind or of a part, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation import external, sets
from raufoss_assistant.evaluation.model import Question, QuestionSet, Split
from raufoss_assistant.settings import Settings

SETS = Path("evals/sett")
"""Where the sets are when none is named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen of the questions; nothing chosen is all of them.

    Attributes:
        sets: files, or folders of them; none for all sets that come along.
        tags: a question must have one of them.
        kinds: it must be of one of them.
        split: the part it must belong to.
        limit: most questions of each set, evenly spread.

    Example:
        >>> Choice(tags=("grunnprøve",), limit=5).told
        {'merkelapp': 'grunnprøve', 'høyst': '5'}
    """

    sets: tuple[Path, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    split: Split | None = None
    limit: int | None = None

    @property
    def told(self) -> dict[str, str]:
        """What was chosen beside the defaults, in the words of the report."""
        chosen = {
            "sett": ", ".join(path.stem for path in self.sets),
            "merkelapp": ", ".join(sorted(self.tags)),
            "type": ", ".join(sorted(self.kinds)),
            "del": self.split or "",
            "høyst": str(self.limit or ""),
        }
        return {name: value for name, value in chosen.items() if value}

    def passing(self, questions: Sequence[Question]) -> tuple[Question, ...]:
        """Those of a set's questions that are chosen."""
        found = [
            question
            for question in questions
            if (not self.tags or {*self.tags} & {*question.tags})
            and (not self.kinds or question.kind in self.kinds)
            and self.split in (None, question.split)
        ]
        size = min(self.limit or len(found), len(found))
        return tuple(found[number * len(found) // size] for number in range(size))


def chosen_sets(choice: Choice, settings: Settings) -> list[QuestionSet]:
    """The sets with the questions that are chosen; sets without any are left out.

    Raises:
        QuestionSetError: a set cannot be used.
        UsageError: there is no set, or no question is chosen.
    """
    found = [set_ for path in choice.sets or (SETS,) for set_ in _read(path, settings, choice.limit)]
    kept = [replace(set_, questions=choice.passing(set_.questions)) for set_ in found]
    kept = [set_ for set_ in kept if set_.questions]
    if not kept:
        raise UsageError(_nothing_left(found, choice.told))
    sets.check_together(kept)
    return kept


def _read(path: Path, settings: Settings, limit: int | None) -> Sequence[QuestionSet]:
    if not path.is_dir():
        return [sets.read_set(path)]
    if (path / "corpus.jsonl").is_file():
        return external.external_sets(path, settings.data_dir / "eval", limit)
    return sets.default_sets(path)


def _nothing_left(sets: Sequence[QuestionSet], chosen: Mapping[str, str]) -> str:
    questions = [question for set_ in sets for question in set_.questions]
    kinds = ", ".join(dict.fromkeys(question.kind for question in questions)) or "ingen"
    tags = ", ".join(sorted({tag for question in questions for tag in question.tags})) or "ingen"
    wish = ", ".join(f"{name} «{value}»" for name, value in chosen.items() if name not in ("sett", "høyst"))
    return f"Ingen spørsmål har {wish}. Typer i settene: {kinds}. Merkelapper: {tags}."
