import json
import os

import pytest

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.external import ANCHORED, SEARCH_ONLY, external_sets
from raufoss_assistant.settings import Settings


def write(folder, files):
    for name, records in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = records if isinstance(records, str) else "".join(json.dumps(each) + "\n" for each in records)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def norquad(tmp_path):
    """Twenty articles, each with a fact of its own, one that all share, and a span that is not where it should be."""
    articles, answers, queries = [], [], []
    for n in range(20):
        text = f"By {n}\nBy {n} har {1000 + n} innbyggere\u00adtall.\n\nDer bor ordføreren."
        articles.append({"id": f"a{n}", "title": f"By {n}", "text": text, "source": "w"})
        for kind, answer, shift in (
            ("q", f"{1000 + n} innbyggere\u00adtall", 0),
            ("s", "ordføreren", 0),
            ("w", "By", 3),
        ):
            start = text.index(answer) + shift
            question = {"q": f"Hvor mange bor i by {n}?", "s": "Hvem bor der?", "w": "Hva?"}[kind]
            answers.append(
                {
                    "id": f"{kind}{n}",
                    "question": question,
                    "answers": [answer],
                    "answer_start": [start],
                    "corpus_id": f"a{n}",
                }
            )
            queries.append({"id": f"{kind}{n}", "text": question, "anchored": kind == "q" or n == 3})
    return write(
        tmp_path / "norquad", {"corpus.jsonl": articles, "train/answers.jsonl": answers, "train/queries.jsonl": queries}
    )


@pytest.fixture
def laws(tmp_path):
    sections = [
        {"id": f"lov-1-{n} a", "title": "Fiskelova", "text": text, "url": "https://lovdata.no/1", "lang": "nn"}
        for n, text in enumerate(("Ein kan fiske med stong.", "Garn er ikkje lov om natta."))
    ]
    queries = [
        {"id": f"h{n}", "text": text, "text_with_law": f"{text} (Fiskelova)"}
        for n, text in enumerate(("Stong", "Garn"))
    ]
    qrels = "query-id\tcorpus-id\tscore\nh1\tlov-1-1 a\t1\nh1\tlov-1-0 a\t1\n"
    return write(tmp_path / "lover", {"corpus.jsonl": sections, "queries.jsonl": queries, "qrels.tsv": qrels})


@pytest.fixture
def norsumm(tmp_path):
    articles = [{"id": "n1", "title": "Om skole", "text": "Om skole | Skolen åpner i morgen."}]
    pairs = [
        {"id": f"p{n}", "corpus_id": "n1", "nb": f"Skolen åpner {n}.", "nn": f"Skulen opnar {n}."} for n in range(4)
    ]
    return write(tmp_path / "norsumm", {"corpus.jsonl": articles, "sentence_pairs.jsonl": pairs})


def names(folder):
    return {file.name for file in folder.iterdir()}


def test_norquad_asks_everything_over_all_articles(norquad, tmp_path):
    every, _ = external_sets(norquad, tmp_path / "work")
    assert (every.name, every.alone, len(every.questions)) == (
        "norquad",
        True,
        40,
    )  # spans in a wrong place are left out
    assert names(every.extra) == {f"a{n}.md" for n in range(20)}
    question = every.questions[0]
    assert (question.id, question.documents, question.tags) == ("norquad-q0", ("a0.md",), (ANCHORED,))
    assert question.must_contain == ("1000 innbyggeretall",) == (question.answer,)  # as the index writes it
    assert {question.split for question in every.questions} == {"tune", "test"}


def test_the_answer_stands_in_a_passage_of_its_article(norquad, tmp_path):
    every, _ = external_sets(norquad, tmp_path / "work")
    assistant = Assistant(Settings(corpus_dir=every.extra, data_dir=tmp_path / "data"))
    assistant.build()
    try:
        for question in every.questions:
            text = assistant.document(question.documents[0]).pages[0].text
            assert all(wanted in text for wanted in question.must_contain)
            assert text.startswith("By ") and text.count("By") == 1  # the title is in the front matter
        assert assistant.document("a7.md").properties.title == "By 7"
    finally:
        assistant.close()


def test_without_its_article_a_question_has_no_answer(norquad, tmp_path):
    every, some = external_sets(norquad, tmp_path / "work")
    missing = names(every.extra) - names(some.extra)
    lost = [question for question in some.questions if question.status == "not_found"]
    kept = [question for question in some.questions if question.status == "answered"]
    assert 0 < len(missing) < 10
    assert len(lost) == len(kept) == len(missing)
    assert {f"{question.id.removeprefix('norquad-utelatt-q')}" for question in lost} == {
        name.removeprefix("a").removesuffix(".md") for name in missing
    }
    for question in lost:
        assert (question.kind, question.documents, question.must_contain) == ("uten svar", (), ())
    assert not missing & {question.documents[0] for question in kept}
    assert not any("Hvem bor der?" in question.question for question in some.questions)  # stands in every article
    ids = [question.id for found in (every, some) for question in found.questions]
    assert len(ids) == len(set(ids))


def test_laws_are_searched_by_section(laws, tmp_path):
    (found,) = external_sets(laws, tmp_path / "work")
    (question,) = found.questions  # h0 has no right section
    assert (found.name, question.question) == ("lovdata-nn", "Garn (Fiskelova)")
    assert question.documents == ("lov-1-1 a.md", "lov-1-0 a.md")
    assert question.tags == (SEARCH_ONLY,)
    text = (found.extra / "lov-1-0 a.md").read_text("utf-8")
    assert "title: Fiskelova" in text and "language: nn" in text and text.endswith("---\nEin kan fiske med stong.\n")


def test_norsumm_asks_the_same_in_both_standards(norsumm, tmp_path):
    nb, nn = external_sets(norsumm, tmp_path / "work", limit=2)
    assert (nb.name, nn.name, nb.extra) == ("norsumm-nb", "norsumm-nn", nn.extra)
    assert [question.question for question in nb.questions] == ["Skolen åpner 0.", "Skolen åpner 2."]
    assert [question.question for question in nn.questions] == ["Skulen opnar 0.", "Skulen opnar 2."]
    assert {question.documents for question in nb.questions + nn.questions} == {("n1.md",)}
    assert ({question.kind for question in nb.questions}, {question.kind for question in nn.questions}) == (
        {"fakta"},
        {"språk"},
    )
    assert (nb.extra / "n1.md").read_text("utf-8").endswith("---\nSkolen åpner i morgen.\n")


def test_a_limit_takes_questions_evenly_and_the_same_each_time(norquad, tmp_path):
    every, some = external_sets(norquad, tmp_path / "work", limit=5)
    again, _ = external_sets(norquad, tmp_path / "work", limit=5)
    assert [question.id for question in every.questions] == [
        f"norquad-{id_}" for id_ in ("q0", "q4", "q8", "q12", "q16")
    ]
    assert every == again
    assert [question.status for question in some.questions] == ["not_found"] * 2 + ["answered"] * 2


def test_documents_are_rewritten_only_where_they_changed(norsumm, tmp_path):
    (nb, _) = external_sets(norsumm, tmp_path / "work")
    file, stray = nb.extra / "n1.md", nb.extra / "borte.md"
    os.utime(file, (1, 1))
    stray.write_text("Fra en eldre utgave.")
    external_sets(norsumm, tmp_path / "work")
    assert file.stat().st_mtime == 1
    assert not stray.exists()
    corpus = norsumm / "corpus.jsonl"
    corpus.write_text(corpus.read_text("utf-8").replace("i morgen", "i dag"), "utf-8")
    external_sets(norsumm, tmp_path / "work")
    assert "i dag" in file.read_text("utf-8")


def test_an_unknown_folder_is_told_what_is_looked_for(tmp_path):
    with pytest.raises(UsageError, match=r"NorQuAD: corpus\.jsonl, train/answers\.jsonl.*NorSumm"):
        external_sets(tmp_path, tmp_path / "work")


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("corpus.jsonl", '{"id": "n2", "title": "T"}', "corpus.jsonl, linje 2: «text»"),
        ("corpus.jsonl", "{", "corpus.jsonl, linje 2: «linjen»"),
        ("corpus.jsonl", '{"id": "../ut", "title": "T", "text": "x"}', "«../ut» kan ikke være navnet på en fil"),
        ("sentence_pairs.jsonl", '{"id": "p", "corpus_id": "n9", "nb": "a", "nn": "b"}', "«n9» finnes ikke"),
        ("sentence_pairs.jsonl", "\udcff", "UTF-8"),
    ],
)
def test_what_cannot_be_used_is_named(norsumm, tmp_path, file, line, says):
    with (norsumm / file).open("a", encoding="utf-8", errors="surrogateescape") as open_file:
        open_file.write(line + "\n")
    with pytest.raises(UsageError, match=says.replace(".", r"\.")):
        external_sets(norsumm, tmp_path / "work")
    assert not (tmp_path / "ut.md").exists()


def test_a_right_section_that_is_not_there_is_named(laws, tmp_path):
    with (laws / "qrels.tsv").open("a") as file:
        file.write("h0\tlov-9\t1\n")
    with pytest.raises(UsageError, match=r"qrels\.tsv, linje 4: «lov-9»"):
        external_sets(laws, tmp_path / "work")


def test_a_set_without_questions_is_named(norsumm, tmp_path):
    (norsumm / "sentence_pairs.jsonl").write_text("")
    with pytest.raises(UsageError, match="«norsumm-nb» har ingen spørsmål"):
        external_sets(norsumm, tmp_path / "work")
