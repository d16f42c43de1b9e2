from dataclasses import replace

import pytest

from conftest import SMALL_CORPUS, write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.matrix import lines, markdown, measure, table, variants
from raufoss_assistant.evaluation.model import Question, QuestionSet
from raufoss_assistant.settings import Settings
from run_samples import sample_row, sample_run
from test_sentence_encoder import save


def test_every_combination_is_a_variant(tmp_path):
    settings = Settings(data_dir=tmp_path, port=8000)
    found = variants([f"encoder=e5-small,{tmp_path},org/modell", "retrieval=hybrid,words"], settings)
    assert [name for name, _ in found] == [
        f"encoder={encoder}, retrieval={retrieval}"
        for encoder in ("e5-small", tmp_path, "org/modell")
        for retrieval in ("hybrid", "words")
    ]
    assert [one.retrieval for _, one in found] == ["hybrid", "words"] * 3
    assert {one.port for _, one in found} == {8000}


def test_only_another_encoder_has_an_index_of_its_own(tmp_path):
    settings = Settings(data_dir=tmp_path)
    same, mine, other = (one for _, one in variants(["embedding_model=e5-small,a/modell,b/modell"], settings))
    assert same.data_dir == tmp_path
    assert mine.data_dir.parent == other.data_dir.parent == tmp_path / "eval"
    assert mine.data_dir != other.data_dir


def test_a_value_named_twice_is_one_variant():
    assert len(variants(["retrieval=words, words ,vectors,"], Settings())) == 2


@pytest.mark.parametrize(
    ("specifications", "says"),
    [
        (["retrieval"], "navn=verdi,verdi"),
        (["retrieval=,"], "navn=verdi,verdi"),
        (["enkoder=a,b"], "«enkoder» kan ikke sammenlignes. Dette kan: embedding_model, encoder, reader, retrieval"),
        (["port=1,2"], "«port» kan ikke"),
        (["llm_api_key=a,b"], "«llm_api_key» kan ikke"),
        (["retrieval=hybrid,ord"], "retrieval må være én av hybrid, words, vectors, men er «ord»"),
        (["encoder=a,b", "embedding_model=c"], "nevnt to ganger"),
        (["encoder=e5-small,./finnes-ikke"], "mappen ./finnes-ikke finnes ikke"),
    ],
)
def test_what_cannot_be_compared_is_named(specifications, says):
    with pytest.raises(UsageError) as caught:
        variants(specifications, Settings())
    assert says in str(caught.value)


def score(row, value, timed=100.0):
    return replace(row, ok=bool(value), scores={"right": value, "hit@1": 1.0}, timings_ms={"total": timed})


@pytest.fixture
def runs():
    rows = [sample_row(f"F{n}") for n in range(20)]
    return {
        "retrieval=hybrid": sample_run([score(row, 1.0) for row in rows]),
        "retrieval=words": sample_run([score(row, float(n > 9)) for n, row in enumerate(rows)]),
        "retrieval=vectors|": sample_run([score(row, float(n > 0)) for n, row in enumerate(rows)]),
    }


def test_the_table_has_means_intervals_and_differences_to_the_first(runs):
    cells = table(runs)
    assert cells[0] == ("Mål", *runs)
    rows = {row[0]: row[1:] for row in cells[1:]}
    first, words, vectors = rows["Riktige svar"]
    assert first == "1,000 (1,000–1,000)"
    assert words.startswith("0,500 (0,") and words.endswith(") −0,500*")
    assert vectors.startswith("0,950 (0,") and vectors.endswith(") −0,050")
    assert rows["Riktig sted øverst"][1] == "1,000 (1,000–1,000) +0,000"
    assert [len(row) for row in cells] == [4] * len(cells)
    assert any("(ms)" in name and values == ("1\u202f130",) * 3 for name, values in rows.items())


def test_what_only_one_variant_was_measured_on_has_a_dash(runs):
    runs["retrieval=words"] = sample_run(
        [replace(row, judged={"correctness": 0.5}) for row in runs["retrieval=words"].rows]
    )
    rows = {row[0]: row[1:] for row in table(runs)[1:]}
    assert rows["Riktig"] == ("–", "0,500 (0,500–0,500)", "–")


def test_the_table_is_shown_as_text_and_as_markdown(runs):
    told = list(lines(table(runs)))
    assert told[0].startswith("Mål ") and told[0].endswith("retrieval=vectors|")
    assert len({len(line) for line in told[:-2]}) == 1
    assert told[-1].endswith("* der den er større enn tilfeldigheter ville gitt (p < 0,05).")
    page = markdown(table(runs)).splitlines()
    assert page[0] == "| Mål | retrieval=hybrid | retrieval=words | retrieval=vectors\\| |"
    assert page[1] == "| --- | ---: | ---: | ---: |"
    assert page[2].startswith("| Riktige svar | 1,000 (1,000–1,000) | 0,500 (0,")
    assert "tall for; \\* der" in page[-1]


def test_variants_are_measured_on_the_same_questions(settings, tmp_path):
    Assistant(settings).build()
    questions = (
        Question("A", "Hvor stor er Læringsfabrikken?", "fakta", documents=("klynge/laeringsfabrikken.md",)),
        Question("B", "xyzzy?", "uten svar", status="not_found"),
    )
    other = write_corpus(tmp_path / "annet", {"robot.md": SMALL_CORPUS["katapult/robotcelle.md"]})
    about = Question("C", "Hvor lenge varer testen av roboten?", "fakta", documents=("robot.md",))
    sets = [QuestionSet("egne", questions), QuestionSet("annet", (about,), extra=other, alone=True)]
    little = save(tmp_path / "liten")
    found = measure([f"encoder=e5-small,{little}", "retrieval=words"], settings, sets, chosen={"sett": "egne"})
    assert [{row.question.id for row in run.rows} for run in found.values()] == [{"A", "B", "C"}] * 2
    assert len({run.fingerprint.model for run in found.values()}) == 2
    assert [run.fingerprint.settings for run in found.values()] == [
        {"retrieval": "words", "sett": "egne"},
        {"retrieval": "words", "sett": "egne", "embedding_model": str(little)},
    ]
    assert len(table(found)) > 5
