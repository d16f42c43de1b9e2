"""The README says what is true: its commands exist, its help text is the program's, its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from raufoss_assistant.cli import parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.M | re.S)
SHELL = [line for language, block in BLOCKS if language == "bash" for line in block.splitlines()]


def commands(start):
    return [line.split("#")[0].strip() for line in SHELL if line.startswith(start)]


@pytest.mark.parametrize("line", commands(".venv/bin/raufoss"))
def test_each_command_is_understood(line):
    parsed = parser().parse_args(shlex.split(line)[1:])
    assert callable(parsed.run)


@pytest.mark.parametrize("line", commands("make"))
def test_each_make_target_exists(line):
    target = shlex.split(line)[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)


@pytest.mark.parametrize("line", commands("python") + commands(".venv/bin/python"))
def test_each_script_exists(line):
    script = next(word for word in shlex.split(line) if word.endswith(".py"))
    assert (ROOT / script).exists()


def test_the_two_commands_come_first():
    assert commands("make")[:2] == ["make chat", "make test"]


def test_the_help_text_is_the_programs_own(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    (shown,) = [block for language, block in BLOCKS if language == "text" and block.startswith("Bruk: ")]
    assert shown == parser().format_help()


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_each_link_leads_somewhere(target):
    assert target.startswith("https://") or (ROOT / target).exists()


def test_every_setting_is_named():
    from raufoss_assistant.settings import Settings

    for field in Settings.__dataclass_fields__:
        assert f"RAUFOSS_{field.upper()}" in README


def test_no_path_of_a_machine():
    assert not re.search(r"/(?:home|root|work|tmp|Users)/", README)
