"""One hierarchy of errors whose messages are written for the user, in Norwegian."""

from __future__ import annotations

from collections.abc import Sequence


class RaufossError(Exception):
    """Something went wrong; the message is one Norwegian line that says what, and what to do.

    Attributes:
        exit_code: exit status of the command line: 1 for failure, 2 for wrong use.
    """

    exit_code = 1


class UsageError(RaufossError):
    """The user asked for something that makes no sense: a bad argument, an unreadable batch line."""

    exit_code = 2


class SettingsError(UsageError):
    """A RAUFOSS_* variable holds a value that cannot be used."""


class QuestionSetError(UsageError):
    """Question sets cannot be used; the message has a line per fault: file, row, column and remedy.

    Attributes:
        problems: the faults, in the order of files and rows.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class EvaluationError(RaufossError):
    """An evaluation gives no figures that can be trusted, or a saved run cannot be used."""


class DocumentError(RaufossError):
    """A file cannot be read as a document. The message does not name the file; the index report does."""


class CorpusError(RaufossError):
    """The corpus folder is missing or cannot be listed."""


class IndexUnavailableError(RaufossError):
    """The index is missing, broken or made with another model."""


class IndexBusyError(RaufossError):
    """Another process is writing the index."""


class ModelError(RaufossError):
    """The embedding model cannot be built or loaded."""
