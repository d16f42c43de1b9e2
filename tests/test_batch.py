from argparse import Namespace

import pytest

from raufoss_assistant.batch import batch, read, text_of
from raufoss_assistant.errors import UsageError


@pytest.fixture
def given(tmp_path):
    def arguments(content, text=None, encoding="utf-8"):
        file = tmp_path / "behov.jsonl"
        file.write_bytes(content.encode(encoding))
        return Namespace(text=text, batch=file)

    return arguments


def test_the_text_of_the_command_line():
    assert text_of(Namespace(text="sveising"), "et behov") == "sveising"


@pytest.mark.parametrize("text", [None, ""])
def test_without_a_text_the_remedy_is_named(text):
    with pytest.raises(UsageError, match="Skriv et behov i anførselstegn, eller gi en fil med --batch"):
        text_of(Namespace(text=text), "et behov")


def test_lines_come_in_order_whole_and_blank_ones_are_passed_over(given):
    lines = list(batch(given('{"query": "å", "id": 2}\n\n  \r\n{"query": "ø", "k": 1}'), "query"))
    assert lines == [{"query": "å", "id": 2}, {"query": "ø", "k": 1}]


def test_an_empty_file_has_no_lines(given):
    assert list(batch(given(""), "query")) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "linje 2: er ikke gyldig JSON"),
        ('{"id": 1}', "linje 2: mangler teksten «query»"),
        ('{"query": 3}', "linje 2: mangler teksten «query»"),
        ('["query"]', "linje 2: mangler teksten «query»"),
        ('{"query": " ?"}', "linje 2: Spørsmålet er tomt"),
        (f'{{"query": "{"a" * 5000}"}}', "linje 2: Spørsmålet er for langt"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(given, line, said):
    arguments = given(f'{{"query": "robot"}}\n{line}\n')
    with pytest.raises(UsageError) as error:
        list(batch(arguments, "query"))
    assert str(error.value).startswith(f"{arguments.batch}, {said}")


def test_not_both_a_text_and_a_file(given):
    with pytest.raises(UsageError, match="ikke begge deler"):
        list(batch(given('{"query": "robot"}', text="robot"), "query"))


def test_a_file_is_read_with_or_without_a_byte_order_mark(given):
    assert read(given("æøå", encoding="utf-8-sig").batch) == read(given("æøå").batch) == "æøå"


def test_a_file_that_cannot_be_read(given, tmp_path):
    with pytest.raises(UsageError, match="er ikke lagret som UTF-8"):
        read(given("æøå", encoding="cp1252").batch)
    with pytest.raises(UsageError, match=r"Kan ikke lese .*borte\.jsonl: "):
        read(tmp_path / "borte.jsonl")
    with pytest.raises(UsageError, match="Kan ikke lese"):
        read(tmp_path)
