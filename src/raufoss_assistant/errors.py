"""One hierarchy of errors whose messages are written for the user, in Norwegian."""

from __future__ import annotations

import errno
from collections.abc import Sequence

_REASONS = {
    errno.ENOENT: "finnes ikke",
    errno.EACCES: "ingen tilgang",
    errno.EPERM: "ikke tillatt",
    errno.EISDIR: "er en mappe, ikke en fil",
    errno.ENOTDIR: "en del av stien er ikke en mappe",
    errno.EEXIST: "finnes fra før",
    errno.ENOSPC: "disken er full",
    errno.EDQUOT: "kvoten er brukt opp",
    errno.EROFS: "disken kan bare leses",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.EMFILE: "for mange åpne filer",
    errno.EIO: "feil på disken",
    errno.ELOOP: "lenkene går i ring",
    errno.EADDRNOTAVAIL: "adressen finnes ikke på denne maskinen",
}


def reason(error: OSError) -> str:
    """Why the operating system refused, in Norwegian; of what we have no words for, the error's own.

    Example:
        >>> reason(PermissionError(errno.EACCES, "Permission denied"))
        'ingen tilgang'
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__


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


class LearningPathError(UsageError):
    """A learning path cannot be used; the message has a line per fault: file, step and remedy.

    Attributes:
        problems: the faults, each with the name of the file.
    """

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.problems = tuple(f"{file}: {fault}" for fault in faults)
        super().__init__("\n".join(self.problems))


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


class LanguageModelError(RaufossError):
    """The language model gave nothing that can be used; the message says why, and nothing that the server wrote."""
