"""argparse, speaking Norwegian."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"mangler \1"),
    (r"unrecognized arguments: (.+)", r"kjenner ikke til \1"),
    (r"argument (\S+): expected one argument", r"\1 trenger en verdi"),
    (r"argument (\S+): expected (\d+) arguments", r"\1 trenger \2 verdier"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\2 finnes ikke; velg blant \3"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 kan ikke brukes sammen med \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 tar ingen verdi (\2)"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 kan bety flere ting: \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Bruk: " if prefix is None else prefix)


class NorwegianParser(argparse.ArgumentParser):
    """An argument parser whose help and errors are in Norwegian; an error is one line, exit status 2.

    Example:
        >>> NorwegianParser(prog="raufoss").parse_args(["--ukjent"])
        Traceback (most recent call last):
        SystemExit: 2
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, allow_abbrev=False, **options)
        self._positionals.title = "Argumenter"
        self._optionals.title = "Valg"
        self.add_argument("-h", "--help", action="help", help="vis denne hjelpen")

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong and where help is."""
        for pattern, norwegian in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, norwegian, message)
                break
        self.exit(2, f"{self.prog}: {message}. Se «{self.prog} --help».\n")


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A type for arguments: a whole number within bounds, both included."""

    def parse(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
            raise argparse.ArgumentTypeError(f"må være et helt tall fra {least} til {most}, ikke «{raw}»")
        return int(raw)

    return parse
