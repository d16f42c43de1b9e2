from dataclasses import replace

import pytest

from raufoss_assistant.answering.from_needs import LEAST, SHOWN, TEMPTING, FromNeeds, shown_of
from raufoss_assistant.model import Question
from raufoss_assistant.norwegian.language import detect
from record_corpus import numbers, proven, record_assistant  # noqa: F401 - a fixture

NEEDS = {
    "nb": "Vi er 4 ansatte. Vi trenger hjelp med sveising, og vil prøve en samarbeidende robot (cobot) som plukker deler.",
    "nn": "Me er 4 tilsette. Me treng hjelp med sveising, og vil prøve ein samarbeidande robot (cobot) som plukkar delar.",
    "en": "We are 4 employees. We need help with welding, and want to try a collaborative robot (cobot) that picks parts.",
}
SAID = {
    "nb": "Eksempeldata: laget|Jeg har regnet med dette: 4 ansatte.|**Tjeneste**|Målgruppe: Verksteder med 3–120 ansatte ["
    "|   - Pris: fra 15 000 kr [|**Ligner, men passer ikke**|Samarbeidende robot: test av plukkejobb: for liten: er for små "
    "bedrifter med 5–50 ansatte|**Første steg:** Tjenesteansvarlig sveising",
    "nn": "Eksempeldata: laga|Eg har rekna med dette: 4 tilsette.|**Teneste**|   - Varigheit: 2–4 uker ["
    "|**Liknar, men passar ikkje**|for lita: er for små bedrifter|**Første steg:** Tjenesteansvarlig sveising",
    "en": "Example data (Eksempeldata): made up|I have taken this into account: 4 employees.|**Service**|   - For whom: "
    "Verksteder|**Looks alike, but does not fit**|too small: it is for små|**First step:** Tjenesteansvarlig sveising",
}


@pytest.fixture(scope="module")
def matched(assistant):
    """A real matching with the scores of some records set, so that no weight decides what is shown; others get none."""

    def matching(need, **scores):
        def scored(matches):
            found = [replace(each, score=scores.get(each.record.id.replace("-", "_"), 0.0)) for each in matches]
            return tuple(sorted(found, key=lambda each: -each.score))

        found = assistant.match(need)
        return replace(found, matches=scored(found.matches), excluded=scored(found.excluded))

    return matching


@pytest.fixture(scope="module")
def answer(assistant, matched):
    answering = FromNeeds(assistant.index().manifest)
    return lambda need, **scores: answering.answer(Question(need, need, detect(need)), matched(need, **scores))


@pytest.mark.parametrize("language", NEEDS)
def test_an_answer_says_who_what_why_what_not_and_whom_to_ask_in_order(answer, assistant, language):
    found = answer(NEEDS[language], sveising=0.8, samarbeidende_robot=0.9)
    places = [found.text.find(said) for said in SAID[language].split("|")]
    assert -1 not in places
    assert places == sorted(places)
    assert (found.language, found.status, found.confidence) == (language, "answered", 0.8)
    assert [record.id for record in found.records] == ["sveising"]
    assert proven(found, assistant)


def test_the_reason_and_what_was_ruled_out_have_a_source(answer):
    found = answer(NEEDS["nb"], sveising=0.8, samarbeidende_robot=0.9)
    sources = {citation.n: citation for citation in found.citations}
    why = next(line for line in found.text.splitlines() if line.startswith("1. "))
    out = next(line for line in found.text.splitlines() if line.startswith("- "))
    assert sources[numbers(why)[0]].quote.startswith("Vi prøver ny sveisemetode")
    assert sources[numbers(out)[0]].quote.startswith("Små bedrifter med 5–50 ansatte")


def test_a_need_is_answered_from_records_by_the_facade(assistant):
    found = assistant.ask(NEEDS["nb"])
    ids = [record.id for record in found.records]
    assert ids[0] == "sveising"
    assert "samarbeidende-robot" not in ids
    assert "**Ligner, men passer ikke**" in found.text


def test_a_soft_misfit_is_noted(answer, assistant):
    found = answer("Vi er 9 ansatte og trenger hjelp med sveising for høyst 10 000 kroner.", sveising=0.5)
    assert "   - Merk: dyrere enn budsjettet: fra 15 000 kr [" in found.text
    assert proven(found, assistant)


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (
            "Vi er en bedrift på Lena med 2 ansatte. Vi startet i fjor, er på TRL 4–5 og kan bruke 10 000 kroner.",
            "2 ansatte, bedriften er 1 år, Lena, TRL 4–5 og 10\u00a0000 kroner å bruke",
        ),
        ("Jeg er helt alene og trenger hjelp med liming", "én person"),
    ],
)
def test_the_profile_tells_all_that_was_understood(answer, need, said):
    assert answer(need, finansieringshjelp=0.5).text.startswith(f"Jeg har regnet med dette: {said}.")


@pytest.mark.parametrize(
    ("need", "asked"),
    [
        ("Vi trenger hjelp med sveising", "Hvor mange ansatte er dere? Det avgjør hva som passer."),
        ("Me treng hjelp med sveising", "Kor mange tilsette er de? Det avgjer kva som passar."),
        ("We need help with welding", "How many employees are you? It decides what fits."),
    ],
)
def test_the_size_is_asked_back_where_it_decides(answer, need, asked):
    assert answer(need, sveising=0.8).text.endswith(asked)
    assert "?" not in answer(NEEDS["nb"], sveising=0.8).text


def test_kinds_are_apart_and_the_numbering_goes_on(answer, assistant):
    text = answer("Jeg vil lære om roboter", ftt72k=0.9, liming=0.7, ftt73k=0.6).text
    assert text.index("**Studier og emner**") < text.index("2. **Industri 5.0**") < text.index("**Tjeneste**")
    assert text.index("**Tjeneste**") < text.index("3. **Liming")
    assert r"\*sterke\* fuger \<b>uten\</b>" in text


def test_what_is_not_shown_is_not_told_of(answer):
    assert "Eksempeldata" not in answer("Jeg vil lære om roboter", ftt72k=0.9).text
    assert "Ligner" not in answer(NEEDS["nb"], sveising=0.8, samarbeidende_robot=0.7).text


def test_the_best_is_always_shown_and_others_where_they_are_likely(matched):
    ids = ("ftt72k", "ftt73k", "fte13h", "bimasf", "vb6118", "liming")
    assert len(shown_of(matched("Jeg vil studere", **dict.fromkeys(ids, 0.9)))) == SHOWN
    unlikely = shown_of(matched("Jeg vil studere", ftt72k=LEAST / 2, ftt73k=LEAST / 3))
    assert [each.record.id for each in unlikely] == ["ftt72k"]


def test_few_of_the_ruled_out_are_named(answer):
    need = "Vi er 2 ansatte i Bergen uten pilotkunde og trenger hjelp med sveising, robot, strøm og penger"
    out = dict.fromkeys(("sveising", "samarbeidende_robot", "energibruk", "bio", "innovasjonskontrakt"), 0.9)
    lines = [line for line in answer(need, liming=0.5, **out).text.splitlines() if line.startswith("- ")]
    assert len(lines) == TEMPTING
    assert all(numbers(line) for line in lines)
