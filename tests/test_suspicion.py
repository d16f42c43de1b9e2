from evaluation_rows import cited, question, row
from raufoss_assistant.evaluation.suspicion import suspicions

ROOM = "klynge/laeringsfabrikken.md"


def told(small_assistant, asked, **values):
    return suspicions(row(asked, **values), small_assistant.document)


def test_a_sound_expectation_is_not_suspected(small_assistant):
    asked = question(documents=(ROOM,), must_contain=("1500|halvannet tusen", "Bygning 5"), must_not_contain=("2 000",))
    assert told(small_assistant, asked, citations=(cited(ROOM),)) == ()


def test_a_document_that_is_not_indexed(small_assistant):
    (sign,) = told(small_assistant, question(documents=("klynge/borte.md",), must_contain=("hva som helst",)))
    assert sign == "dokumentet «klynge/borte.md» finnes ikke i indeksen"


def test_a_page_that_is_not_there(small_assistant):
    (sign,) = told(small_assistant, question(documents=(f"{ROOM}#7",)))
    assert sign == f"dokumentet «{ROOM}» har ingen side 7"


def test_a_wrong_gold_document_is_pointed_out(small_assistant):
    asked = question(documents=("finansiering/skattefunn.md",), must_contain=("1 500",))
    (sign,) = told(small_assistant, asked)
    assert sign == "fasiten «1 500» står ikke i noe av de oppgitte dokumentene"
    assert told(small_assistant, question(kind="telling", documents=(ROOM,), must_contain=("17",))) == ()


def test_the_title_counts_as_text_of_the_document(small_assistant):
    assert told(small_assistant, question(documents=(ROOM,), must_contain=("Læringsfabrikken",))) == ()


def test_a_contradiction(small_assistant):
    (sign,) = told(
        small_assistant, question(must_contain=("rundt 60 bedrifter|60",), must_not_contain=("60 bedrifter",))
    )
    assert "«60 bedrifter» skal ikke være i svaret" in sign


def test_the_answer_from_a_document_that_is_not_listed(small_assistant):
    asked = question(documents=("katapult/robotcelle.md",), must_contain=("2–4 uker",))
    elsewhere = cited("kurs/katalog.pdf", page=3, quote="Testen varer i 2–4 uker.", right=False)
    (sign,) = told(small_assistant, asked, citations=(elsewhere,))
    assert sign == "det som skulle være med, sto i kurs/katalog.pdf#3, som ikke er oppgitt som kilde"
    forged = cited("kurs/katalog.pdf", quote="Testen varer i 2–4 uker.", right=False, verified=False)
    lacking = cited("kurs/katalog.pdf", quote="Testen varer lenge.", right=False)
    right = cited("katapult/robotcelle.md", quote="Testen varer i 2–4 uker.")
    for citations in ((forged,), (lacking,), (elsewhere, right), ()):
        assert told(small_assistant, asked, citations=citations) == ()


def test_a_sure_answer_to_what_should_have_none(small_assistant):
    asked = question(kind="uten svar", status="not_found")
    sure = {"status": "answered", "confidence": 0.95, "citations": (cited(ROOM),)}
    (sign,) = told(small_assistant, asked, **sure)
    assert sign == f"svarte med stor sikkerhet (0,95) på det som skal være uten svar; se om svaret står i {ROOM}"
    assert told(small_assistant, asked, **{**sure, "confidence": 0.6}) == ()
    assert told(small_assistant, question(kind="injeksjon", status="not_found"), **sure) == ()
