"""Question sets in comma-separated files."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.fields import FIELDS
from raufoss_assistant.evaluation.separated import appended, read


def rows(data):
    """The values of each row, those filled in."""
    return [{key: value for key, value in row.values.items() if value} for row in read(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_encoding_and_separator_of_excel_is_read(encoding, separator):
    text = f'Id{separator}Spørsmål\r\nK1{separator}"Når; og, hvor?"\r\n\r\nK2{separator}Hva er «Ås»?\r\n'
    assert rows(text.encode(encoding)) == [
        {"id": "K1", "question": "Når; og, hvor?"},
        {"id": "K2", "question": "Hva er «Ås»?"},
    ]
    assert [row.number for row in read(text.encode(encoding)).rows] == [2, 4]


def test_a_row_counts_as_one_however_many_lines_it_has():
    entries = read('\nSpørsmål,Merknad\n"Hva\ner det?",a\nNår?,b\n'.encode())
    assert [(row.place, row.values["question"]) for row in entries.rows] == [
        ("rad 3", "Hva\ner det?"),
        ("rad 4", "Når?"),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b" \n;\n", "er tom"),
        ('Spørsmål\n"Hva?\nNår?\n'.encode(), "anførselstegn"),
        ('Spørsmål\n"Hva" er det?\n'.encode(), "i linje 2"),
        (b"Id\n\x81\x8d\n", "CSV UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told(data, message):
    with pytest.raises(UsageError, match=message):
        read(data)


def test_a_new_file_is_one_that_a_norwegian_excel_opens():
    data = appended(b"", [{"question": "Hva er målet?"}])
    assert data.startswith(codecs.BOM_UTF8)
    assert data.decode("utf-8-sig").splitlines()[0] == ";".join(field.head for field in FIELDS)
    assert rows(data) == [{"question": "Hva er målet?"}]


@pytest.mark.parametrize("before", ["Id,Spørsmål\nK1,Hva?", 'Id;Spørsmål\r\n"K1";Hva?\r\n'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_is_there_stays_byte_for_byte(before, encoding):
    after = appended(before.encode(encoding), [{"id": "K2", "question": "Når, og hvor; på Ås?"}])
    assert after.startswith(before.encode(encoding))
    assert rows(after)[1] == {"id": "K2", "question": "Når, og hvor; på Ås?"}


def test_a_character_that_the_encoding_lacks_is_told():
    with pytest.raises(UsageError, match="tegnet «→»"):
        appended("Spørsmål\nHva?\n".encode("cp1252"), [{"question": "A → B?"}])


@pytest.mark.parametrize("text", ["=1+1", "+47 61", "-60", "@SUM(A1)", "\t=1+1", "'=1+1", "''-60"])
def test_no_spreadsheet_takes_a_text_for_a_formula(text):
    data = appended(b"", [{"question": text, "note": text}])
    cells = [
        cell for line in list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))[1:] for cell in line
    ]
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in cells)
    assert rows(data) == [{"question": text, "note": text}]


def test_an_apostrophe_that_guards_nothing_stays():
    assert rows("Spørsmål\n'Hva?'\n".encode()) == [{"question": "'Hva?'"}]


@given(
    st.lists(st.fixed_dictionaries({"question": st.text(st.characters(codec="utf-8")).filter(str.strip)}), min_size=1)
)
def test_any_text_comes_back(values):
    assert rows(appended(b"", values)) == values
