import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.model import Question
from raufoss_assistant.onboarding.explaining import explained
from raufoss_assistant.settings import Settings

GLOSSARY = """---
title: Forkortelser
kind: onboarding
date: 2024-02-06
language: nb
---
# Forkortelser

| Forkortelse | Betyr | Merk |
|---|---|---|
| SRM | SINTEF Raufoss Manufacturing | heter nå SINTEF Manufacturing |
| TRL | Technology Readiness Level | skala fra 1 til 9 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ord")
    made = Assistant(
        Settings(corpus_dir=write_corpus(folder / "corpus", {"onboarding/ord.md": GLOSSARY}), data_dir=folder / "data")
    )
    made.build()
    yield made
    made.close()


def ask(assistant, text, language="nb"):
    with assistant.knowledge() as knowledge:
        return explained(Question(text, text, language), lambda: knowledge.glossary, knowledge.index.manifest)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hva betyr SRM?", "nb"),
        ("hva står srm for", "nb"),
        ("Kva tyder SRM?", "nn"),
        ("Forklar forkortelsen SRM", "nb"),
        ("What does SRM mean?", "en"),
        ("what does srm stand for", "en"),
    ],
)
def test_a_word_is_explained_with_a_quote_that_stands_in_the_document(assistant, question, language):
    answer = ask(assistant, question, language)
    assert answer.status == "answered"
    assert answer.language == language
    assert "SINTEF Raufoss Manufacturing" in answer.text
    (citation,) = answer.citations
    document = assistant.document(citation.chunk.document)
    assert citation.quote in "".join(page.text for page in document.pages)
    assert answer.text.startswith("In Norwegian: ") == (language == "en")


def test_several_words_are_explained_each(assistant):
    answer = ask(assistant, "Hva betyr SRM og TRL?")
    assert [citation.n for citation in answer.citations] == [1, 2]
    assert "[1]" in answer.text and "[2]" in answer.text


@pytest.mark.parametrize(
    "question", ["Hva betyr OFII?", "Hva betyr det?", "Hvor mye koster TRL?", "Hva er SRM?", "betyr", ""]
)
def test_what_no_glossary_has_and_what_asks_for_more_is_left_to_the_search(assistant, question):
    assert ask(assistant, question) is None


def test_the_assistant_answers_from_the_glossary(assistant):
    assert assistant.ask("hva står srm for").citations[0].quote.startswith("| SRM |")
