"""The rooms of the design: one direction of imports, small modules, a test file for each module."""

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "raufoss_assistant"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
ROOMS = (
    "documents",
    "catalogue",
    "index",
    "retrieval",
    "language_model",
    "answering",
    "onboarding",
    "knowledge",
    "assistant",
    "doctor",
    "contract",
    "arguments",
    "batch",
    "printed",
    "catalogue_commands",
    "feedback",
    "evaluation",
    "web",
    "cli",
)
COMMON = ("model", "settings", "errors", "stages")


def room(module):
    """The room of a dotted module name."""
    return module.removeprefix("raufoss_assistant").lstrip(".").split(".")[0]


def imported(path):
    """Rooms that a module imports from."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("raufoss_assistant"):
            names = [node.module] if "." in node.module else [f"{node.module}.{alias.name}" for alias in node.names]
            yield from map(room, names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_from_rooms_to_its_left(path):
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    for other in imported(path):
        if own in COMMON:
            assert other in COMMON, f"{own} imports {other}"
        elif own == "norwegian":
            assert other in (*COMMON, "norwegian")
        elif own in ROOMS and other in ROOMS:
            assert ROOMS.index(other) <= ROOMS.index(own), f"{own} imports {other}"


def test_modules_are_small():
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert max(lengths.values()) < 400, lengths
    assert median(lengths.values()) < 180


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_module_has_a_test_file_of_its_name(path):
    if path.stem not in ("model", "errors", "stages"):
        assert (ROOT / "tests" / f"test_{path.stem}.py").exists()
