"""The README says what is true: its commands exist, its help text is the program's, its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from raufoss_assistant.cli import parser
from raufoss_assistant.evaluation.fields import FIELDS
from raufoss_assistant.evaluation.labels import KINDS, STAGES
from raufoss_assistant.feedback.model import STATES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "evals" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.M | re.S)
SHELL = [line for language, block in BLOCKS if language == "bash" for line in block.splitlines()]


def commands(start):
    return [line.split("#")[0].strip() for line in SHELL if line.startswith(start)]


def named_options(command):
    """The long options of a command."""
    choices = parser()._subparsers._group_actions[0].choices
    return [name for name in choices[command]._option_string_actions if name.startswith("--")]


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


@pytest.mark.parametrize("line", re.findall(r"\.venv/bin/raufoss [a-z][^`\n]*", GUIDE))
def test_each_command_of_the_guide_is_understood(line):
    assert callable(parser().parse_args(shlex.split(line)[1:]).run)


@pytest.mark.parametrize("target", re.findall(r"(?:make|evals/)[ ]?([a-z]+(?:\.py)?)(?=[ `])", GUIDE))
def test_each_target_and_script_of_the_guide_exists(target):
    made = re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert made or (ROOT / "evals" / target).exists()


def test_the_guide_tells_of_each_column_kind_stage_state_script_and_option():
    rows = set(re.findall(r"^\| `?([^|`]+?)`? \|", GUIDE, re.M))
    assert rows >= {field.head for field in FIELDS} | set(KINDS) | {label.name for label in STAGES.values()}
    assert rows >= {path.name for path in (ROOT / "evals").glob("*.py")}
    words = {word for field in FIELDS for word in field.words} | set(STATES)
    assert all(re.search(rf"(?<!\w){word}(?!\w)", GUIDE) for word in words)
    options = [name for command in ("eval", "feedback", "suggest") for name in named_options(command)]
    assert {name for name in options if name not in GUIDE} <= {
        "--help",
        "--corpus",
        "--data",
        "--debug",
        "--report",
        "--note",
    }


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
    assert not re.search(r"/(?:home|root|work|tmp|Users)/", README + GUIDE)
