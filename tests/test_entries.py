"""What a file of questions holds before it is checked."""

import pytest

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.entries import Head, filled, key_of, unknown
from raufoss_assistant.evaluation.fields import FIELDS
from raufoss_assistant.evaluation.rows import Unreadable


def test_each_field_is_known_by_its_norwegian_and_its_english_name():
    for field in FIELDS:
        assert key_of(field.head.upper()) == key_of(field.key) == field.key
    assert key_of("must not  contain") == "must_not_contain"
    assert key_of("Svar") is None


def test_an_unknown_name_gets_the_nearest_or_all_there_are():
    assert unknown("Må innholde ", ["Id", "Må inneholde"]) == "«Må innholde» finnes ikke; mente du «Må inneholde»?"
    assert unknown("Ansvarlig", ["Id", "Spørsmål"]) == "«Ansvarlig» finnes ikke; velg blant Id, Spørsmål"


def test_the_head_is_read_in_any_order():
    head = Head.of(3, ["", " spørsmål", "id "])
    assert head.columns == {1: "question", 2: "id"}
    entries = head.entries([(4, ["", "Hva?", "K1"]), (5, ["", " ", ""]), (6, ["", "Når?"])])
    assert [(row.place, dict(row.values)) for row in entries.rows] == [
        ("rad 4", {"question": "Hva?", "id": "K1"}),
        ("rad 6", {"question": "Når?"}),
    ]
    assert entries.names == {"question": "spørsmål", "id": "id"}


def test_faults_of_the_head_are_told_all_at_once():
    head = Head.of(1, ["Id", "ID", "Spørrsmål"])
    assert [problem.split(";")[0] for problem in head.problems] == [
        "kolonne «ID»: den samme kolonnen står to ganger",
        "kolonne «Spørrsmål» finnes ikke",
        "kolonne «Spørsmål» mangler",
    ]
    assert not head.entries([(2, ["K1", "", "Hva?"])]).rows


def test_text_in_a_column_without_a_name_is_told_once():
    entries = Head.of(1, ["Spørsmål"]).entries([(2, ["Hva?", "", "ja"]), (3, ["Når?", "", "nei"])])
    assert entries.problems == ("rad 2: kolonne 3 har ikke noe navn; gi den et, eller tøm cellen",)


def test_texts_become_cells_in_the_order_of_the_head():
    head = Head.of(1, ["Id", "", "Spørsmål"])
    assert head.cells({"question": "Hva?", "id": "K1"}) == ["K1", "", "Hva?"]
    with pytest.raises(UsageError, match="mangler kolonne for «Merknad», «Del»"):
        head.cells({"question": "Hva?", "note": "N", "split": "prøve"})


def test_an_unreadable_cell_is_filled_and_a_blank_one_is_not():
    assert filled(Unreadable("N"))
    assert not filled("\u00a0 \n")
