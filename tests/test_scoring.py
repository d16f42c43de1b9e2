import pytest

from evaluation_rows import cited, found, question, row
from raufoss_assistant.evaluation.external import SEARCH_ONLY
from raufoss_assistant.evaluation.scoring import named, said, scores, source, superfluous


def scored(asked, **values):
    return scores(row(asked, **values), ok=True)


def test_source_and_page():
    assert source("kurs/katalog.pdf#4") == ("kurs/katalog.pdf", 4)
    assert source("kurs/c#.md") == ("kurs/c#.md", None)


def test_passages_and_documents_are_ranked_apart():
    asked = question(documents=("a.md", "c.md"))
    passages = (found("b.md"), found("b.md"), found("a.md", right_document=True), found("a.md", right=True))
    measures = scored(asked, retrieved=passages)
    assert (measures["hit@1"], measures["hit@5"], measures["hit@10"], measures["mrr@10"]) == (0.0, 1.0, 1.0, 0.25)
    assert measures["ndcg@10"] == pytest.approx(0.4307, abs=1e-4)
    assert (measures["document_hit@1"], measures["document_hit@5"], measures["document_mrr@10"]) == (0.0, 1.0, 0.5)
    assert measures["document_ndcg@10"] == pytest.approx(0.6309 / 1.6309, abs=1e-4)


def test_nothing_found_is_zero_and_a_number():
    measures = scored(question(documents=("a.md",)))
    assert {measures[name] for name in ("hit@10", "mrr@10", "ndcg@10", "document_ndcg@10")} == {0.0}


def test_each_measure_is_there_only_where_it_applies():
    assert scored(question()).keys() == {"right", "answered"}
    assert scored(question(kind="uten svar", status="not_found")).keys() == {"right", "refused"}
    assert scored(question(kind="injeksjon", status="clarify")).keys() == {"right", "resisted"}
    assert "hit@1" not in scored(question(status="not_found", documents=("a.md",)))
    assert "page_right" not in scored(question(documents=("a.md",)), citations=(cited(),))


def test_what_must_and_must_not_be_there():
    asked = question(must_contain=("1500", "Bygning 5"), must_not_contain=("2 000",))
    assert scored(asked)["must_contain"] == 0.5
    assert scored(asked)["clean"] == 1.0
    assert scored(asked, text="Den er 2.000 kvm")["clean"] == 0.0


def test_a_refusal_has_nothing_of_what_is_asked_for():
    asked = question(must_contain=("Læringsfabrikken",), answer="Læringsfabrikken")
    refusal = row(asked, status="not_found")
    assert said(refusal) == ""
    measures = scores(refusal, ok=False)
    assert {measures[name] for name in ("must_contain", "token_f1", "answered", "right")} == {0.0}


def test_numbers_and_dates_are_found_in_any_form():
    asked = question(must_contain=("6. februar 2024|06.02.2024", "rundt 60|seksti"), answer="19 prosent, 1. september")
    assert scored(asked, text="Fra 2024-02-06: 19 %.")["numbers"] == pytest.approx(2 / 3)
    assert scored(asked, text="Fra 6. februar 2024: 19 % innen 01.09.2024.")["numbers"] == 1.0
    assert "numbers" not in scored(question(must_contain=("verksted",)))


def test_token_f1_takes_what_comes_closest():
    asked = question(answer="1 500 kvadratmeter")
    long = {"text": "Læringsfabrikken er 1 500 kvadratmeter stor, og ligger i Bygning 5 på Raufoss. [1]"}
    whole = scored(asked, **long)["token_f1"]
    quoted = scored(asked, **long, citations=(cited(quote="Den er 1 500 kvadratmeter"),))["token_f1"]
    marked = scored(asked, **long, citations=(cited(quote="Den er 1 500 kvadratmeter", span="1 500 kvadratmeter"),))
    assert 0 < whole < quoted < marked["token_f1"] == 1.0


def test_records_are_recalled_and_for_needs_ranked():
    records = ("Robotkurs|Robotprogrammering", "Sveisekurs", "Limkurs")
    text = "Vi har sveisekurs og robotprogrammering."
    assert named(text, records) == ["Sveisekurs", "Robotkurs|Robotprogrammering"]
    assert scored(question(kind="liste", records=records), text=text)["list_recall"] == pytest.approx(2 / 3)
    whole = "Robotkurs, sveisekurs og limkurs"
    strict = question(kind="liste", records=records, must_not_contain=("Truckkurs",))
    assert [scored(strict, text=said)["list_match"] for said in (whole, text, f"{whole}, truckkurs")] == [1.0, 0.0, 0.0]
    needs = question(kind="behov", records=records)
    wrong_order = scored(needs, text=text)["needs_ndcg@10"]
    right_order = scored(needs, text="Robotkurs, sveisekurs, limkurs")["needs_ndcg@10"]
    assert 0 < wrong_order < right_order == 1.0
    assert "needs_ndcg@10" not in scored(question(kind="liste", records=records))


def test_a_record_that_does_not_belong_is_superfluous():
    asked = question(kind="liste", records=("Robotkurs|Robotprogrammering", "Sveisekurs"))
    text = "Robotkurs og sveisekurs"
    right = row(asked, text=text, records=("Robotprogrammering: en innføring", "Sveisekurs"))
    wrong = row(asked, text=text, records=("Robotkurs", "Sveisekurs", "Truckkurs", "Grunnkurs i sveisekurs"))
    assert (superfluous(right), scores(right, ok=True)["list_match"]) == ([], 1.0)
    assert superfluous(wrong) == ["Truckkurs", "Grunnkurs i sveisekurs"]
    assert (scores(wrong, ok=False)["list_match"], scores(wrong, ok=False)["list_recall"]) == (0.0, 1.0)
    assert superfluous(row(question(kind="liste"), records=("Truckkurs",))) == []


def test_citations():
    asked = question(documents=("a.md#2",))
    citations = (
        cited("a.md", page=1, right=False),
        cited("b.md", right=False, verified=False),
        cited("a.md", page=2, right=True),
    )
    measures = scored(asked, citations=citations)
    assert measures["quote_verified"] == measures["citation_precision"] == pytest.approx(2 / 3)
    assert measures["citation_recall"] == measures["page_right"] == 1.0
    measures = scored(asked, citations=citations[:2])
    assert measures["citation_recall"] == measures["page_right"] == 0.0
    assert scored(question(status="not_found"), citations=citations).keys() >= {"quote_verified"}


def test_a_page_is_asked_for_only_where_its_document_is_cited():
    asked = question(documents=("a.pdf#2", "b.pdf", "c.md"))
    assert "page_right" not in scored(asked, citations=(cited("b.pdf", page=5), cited("c.md")))
    assert scored(asked, citations=(cited("b.pdf", page=5), cited("a.pdf", page=3)))["page_right"] == 0.0


def test_behaviour():
    assert scored(question(), status="not_found")["answered"] == 0.0
    assert scored(question(status="not_found"), status="answered")["refused"] == 0.0
    assert scored(question(language="nn"))["language"] == 0.0
    assert scored(question(language="nb"))["language"] == 1.0
    assert scores(row(question(kind="injeksjon")), ok=False)["resisted"] == 0.0


def test_a_question_for_search_only_has_no_other_measures():
    measures = scored(question(documents=("a.md",), tags=(SEARCH_ONLY,), language="nn"), retrieved=(found(right=True),))
    assert measures["hit@1"] == 1.0
    assert not measures.keys() & {"right", "answered", "language"}
