"""The tests of the test: an evaluation must expose every assistant that is broken, and every set that is wrong."""

import math
from dataclasses import replace
from functools import cache

import pytest

from conftest import write_corpus
from evaluation_rows import question
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation.gate import compare
from raufoss_assistant.evaluation.model import QuestionSet
from raufoss_assistant.evaluation.runner import run
from raufoss_assistant.settings import Settings

FACTS = {
    "klynge/nce.md": ("NCE Manufacturing", "NCE Manufacturing er en klynge av rundt 60 bedrifter på Raufoss."),
    "klynge/fabrikken.md": ("Læringsfabrikken", "Læringsfabrikken er 1 500 kvadratmeter stor."),
    "klynge/ofii.md": ("OFII", "OFII følger opp 130 lærlinger i medlemsbedriftene."),
    "finansiering/skattefunn.md": ("SkatteFUNN", "SkatteFUNN gir 19 prosent av kostnadene til forskning tilbake."),
    "finansiering/bio.md": ("BIO-tilskudd", "Søknaden om BIO-tilskudd må sendes senest én måned før opplæringen."),
    "finansiering/oppstart.md": ("Oppstartstilskudd", "Oppstartstilskuddet er på inntil 300 000 kroner i første fase."),
    "katapult/robotcelle.md": ("Robotcellen", "Testen av roboten i robotcellen varer i 2–4 uker."),
    "katapult/printer.md": ("Metallprinteren", "Metallprinteren bygger deler på inntil 400 millimeter."),
    "katapult/dsp.md": ("Digital tvilling", "En digital tvilling av en linje koster 250 timer med simulering."),
    "kurs/automasjon.md": ("Mekanisk automatisering", "Studiet mekanisk automatisering gir 90 studiepoeng."),
    "kurs/sveis.md": ("Sveisekurset", "Sveisekurset holdes hver 14. mai på Gjøvik."),
    "onboarding/kort.md": ("Adgangskort", "Adgangskortet hentes hos vakten ved port 3 på første dag."),
}
CORPUS = {
    path: f"---\ntitle: {title}\ndate: 2024-02-06\n---\n# {title}\n\n{text}\n" for path, (title, text) in FACTS.items()
}
ANSWERABLE = (
    ("klynge/nce.md", "60", "Hvor mange bedrifter er det i klyngen NCE Manufacturing?"),
    ("klynge/fabrikken.md", "1500", "Hvor stor er Læringsfabrikken?"),
    ("klynge/ofii.md", "130", "Hvor mange lærlinger følger OFII opp?"),
    ("finansiering/skattefunn.md", "19 prosent", "Hvor mange prosent av kostnadene gir SkatteFUNN tilbake?"),
    ("finansiering/bio.md", "én måned", "Når må søknaden om BIO-tilskudd sendes?"),
    ("finansiering/oppstart.md", "300.000", "Hvor stort er oppstartstilskuddet i første fase?"),
    ("katapult/robotcelle.md", "2-4 uker", "Hvor lenge varer testen av roboten i robotcellen?"),
    ("katapult/printer.md", "400", "Hvor store deler bygger metallprinteren?"),
    ("kurs/automasjon.md", "90", "Hvor mange studiepoeng gir mekanisk automatisering?"),
    ("kurs/sveis.md", "14. mai", "Når holdes sveisekurset på Gjøvik?"),
)
UNANSWERABLE = (
    "Hva er telefonnummeret til rektor på skolen i Lillehammer?",
    "Hvem vant fotballkampen i går?",
    "Hvor mye koster en pizza i kantina?",
    "Hvilken farge har bilen til ordføreren?",
    "Når går toget til Bergen?",
    "Hva heter statsministeren i Sverige?",
)
SET = QuestionSet(
    "prøve",
    (
        *(
            question(f"A{n}", question=text, documents=(path,), must_contain=(wanted,), language="nb")
            for n, (path, wanted, text) in enumerate(ANSWERABLE)
        ),
        *(question(f"U{n}", "uten svar", question=text, status="not_found") for n, text in enumerate(UNANSWERABLE)),
    ),
)


def assistant(folder, corpus):
    made = Assistant(Settings(corpus_dir=write_corpus(folder / "corpus", corpus), data_dir=folder / "data"))
    made.build()
    return made


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    made = assistant(tmp_path_factory.mktemp("sound"), CORPUS)
    made.ask = cache(made.ask)  # what happens to the answers is what is tested here
    yield made
    made.close()


@pytest.fixture(scope="module")
def good(sound):
    return run([SET], sound.settings, sound)


class Broken:
    """An assistant whose answers something happens to on their way."""

    def __init__(self, real, change):
        self.real, self.change = real, change

    def ask(self, asked, history=()):
        return self.change(self.real, self.real.ask(asked, history))

    def __getattr__(self, name):
        return getattr(self.real, name)


def asked(sound, change):
    return run([SET], sound.settings, Broken(sound, change))


def refuse(_, answer):
    return replace(answer, status="not_found", text="Jeg finner ikke svar.", citations=())


def answer_all(real, answer):
    """Never refuses and is always sure: shows the nearest passage whatever was asked."""
    if answer.status == "answered":
        return replace(answer, confidence=1.0)
    hit = real.search(answer.search_query, 1)[0]
    sure = real.ask(ANSWERABLE[0][2]).citations[0]
    cited = replace(sure, chunk=hit.chunk, properties=hit.properties, quote=hit.chunk.text)
    return replace(answer, status="answered", text=f"{hit.chunk.text} [1]", confidence=1.0, citations=(cited,))


def value(done, metric):
    return done.summary[metric].value


def test_a_sound_assistant_does_well(good):
    assert value(good, "right") > 0.8
    assert value(good, "hit@1") > 0.9
    assert value(good, "auroc") > 0.95
    assert value(good, "quote_verified") == 1.0
    assert not any(row.suspicions for row in good.rows)


def test_a_shuffled_index_scores_near_zero(tmp_path, good):
    paths = sorted(CORPUS)
    shuffled = assistant(tmp_path, dict(zip(paths, (CORPUS[path] for path in [*paths[1:], paths[0]]), strict=True)))
    done = run([SET], shuffled.settings, shuffled)
    shuffled.close()
    of_answerable = [row for row in done.rows if row.question.status == "answered"]
    assert not any(row.ok for row in of_answerable)
    retrieval = ("hit@1", "hit@10", "mrr@10", "ndcg@10", "document_hit@1", "citation_precision", "citation_recall")
    assert max(value(done, metric) for metric in retrieval) <= 0.1
    assert value(good, "document_hit@1") > 0.9
    assert {row.stage for row in of_answerable} == {"not_retrieved"}
    assert all(row.suspicions for row in of_answerable)


def test_an_always_refusing_assistant_is_exposed(sound, good):
    done = asked(sound, refuse)
    assert (value(done, "answered"), value(done, "refused")) == (0.0, 1.0)
    assert value(done, "right") == len(UNANSWERABLE) / len(SET.questions)
    assert value(done, "must_contain") == 0.0
    assert {row.stage for row in done.rows if not row.ok} == {"wrongly_refused"}
    assert compare(good, done).failed


def test_a_never_refusing_assistant_is_exposed(sound, good):
    done = asked(sound, answer_all)
    assert (value(done, "answered"), value(done, "refused")) == (1.0, 0.0)
    assert value(done, "auroc") == 0.5
    wrong = [row for row in done.rows if row.question.status == "not_found"]
    assert {row.stage for row in wrong} == {"wrongly_answered"}
    assert all("svarte med stor sikkerhet" in row.suspicions[0] for row in wrong)
    fell = {change.metric for change in compare(good, done).changes if change.worse}
    assert {"right", "refused"} <= fell


def test_confidence_that_says_nothing_is_exposed(sound, good):
    done = asked(sound, lambda _, answer: replace(answer, confidence=0.5))
    assert value(done, "auroc") == 0.5
    assert {change.metric for change in compare(good, done).changes if change.worse} == {"auroc"}


def test_forged_quotes_are_exposed(sound):
    def forge(_, answer):
        quotes = tuple(replace(each, quote=each.quote + " Det er sikkert.") for each in answer.citations)
        return replace(answer, citations=quotes)

    done = asked(sound, forge)
    assert value(done, "quote_verified") == 0.0
    assert not any(row.ok for row in done.rows if row.citations)


def test_citing_another_document_is_exposed(sound):
    def divert(real, answer):
        other = real.ask(ANSWERABLE[2 if "OFII" not in answer.question else 1][2]).citations
        return replace(answer, citations=other) if answer.citations else answer

    done = asked(sound, divert)
    assert value(done, "citation_recall") == value(done, "citation_precision") == 0.0
    assert {row.stage for row in done.rows if row.citations} == {"wrong_source"}
    assert value(done, "must_contain") > 0.8


def test_the_wrong_language_is_exposed(sound):
    done = asked(sound, lambda _, answer: replace(answer, language="en"))
    assert value(done, "language") == 0.0
    assert not any(row.ok for row in done.rows if row.question.language)


def test_a_wrong_gold_document_is_pointed_out(sound, good):
    wrong = replace(SET.questions[1], documents=("onboarding/kort.md",))
    (row,) = run([QuestionSet("feil", (wrong,))], sound.settings, sound).rows
    assert row.suspicions == (
        "fasiten «1500» står ikke i noe av de oppgitte dokumentene",
        "det som skulle være med, sto i klynge/fabrikken.md, som ikke er oppgitt som kilde",
    )
    assert good.rows[1].suspicions == ()


def test_zero_scored_rows_is_an_error(sound):
    with pytest.raises(EvaluationError):
        run([], sound.settings, sound)
    with pytest.raises(EvaluationError):
        run([QuestionSet("tomt", ())], sound.settings, sound)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_a_number_never_enters_a_mean(sound, value):
    with pytest.raises(EvaluationError, match=r"Spørsmål A0: målet confidence er (nan|inf)"):
        asked(sound, lambda _, answer: replace(answer, confidence=value))


def test_the_gate_is_silent_on_an_equal_run(sound, good):
    comparison = compare(good, run([SET], sound.settings, sound))
    assert not comparison.failed
    assert (comparison.won, comparison.lost, comparison.remarks) == ((), (), ())
    assert {change.p for change in comparison.changes} == {1.0}


def test_the_gate_fires_on_a_broken_assistant_and_names_what_was_lost(sound, good):
    comparison = compare(good, asked(sound, refuse))
    assert comparison.failed
    assert set(comparison.lost) == {row.question.id for row in good.rows if row.ok and row.status == "answered"}
    assert not compare(asked(sound, refuse), good).failed
