import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.model import Question
from raufoss_assistant.onboarding.handbook import Handbook
from raufoss_assistant.onboarding.newcomer import newcomer
from raufoss_assistant.settings import Settings

TEXT = (
    "---\ntitle: Klyngen\nkind: klynge\ndate: 2024-02-06\nlanguage: nb\n---\n# Klyngen\n\nKlyngen har 60 bedrifter.\n"
)
STEP = (
    "  - mål: si hvor stor klyngen er\n    hvorfor: Det spør alle om.\n    les:\n      - dokument: klynge/klyngen.md\n"
    "        hva: tallene\n    spørsmål:\n      - spør: Hvor mange bedrifter?\n        svar: [60]\n"
    "        dokument: klynge/klyngen.md\n        sitat: Klyngen har 60 bedrifter.\n"
)
ROLES = {"operator": "Operatør", "ingenior": "Ingeniør", "leder": "Leder"}


def path(title, place):
    return f"tittel: {title}\nplass: {place}\ninnledning: For deg.\nsteg:\n{STEP * 5}spør_lederen: [Hvem er hvem]\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ny")
    files = {f"onboarding/lop/{id_}.yaml": path(title, n) for n, (id_, title) in enumerate(ROLES.items())}
    write_corpus(folder / "corpus", {"klynge/klyngen.md": TEXT, **files})
    made = Assistant(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"))
    made.build()
    yield made
    made.close()


def say(assistant, text, language="nb"):
    with assistant.knowledge() as knowledge:
        folder = assistant.settings.corpus_dir / "onboarding" / "lop"
        handbook = Handbook.of(folder, knowledge.index.manifest.documents())
        assert not handbook.remarks
        return newcomer(Question(text, text, language), lambda: handbook, knowledge.index.manifest)


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("Jeg er ny: ingeniør", "nb", "Ingeniør"),
        ("Jeg begynner som ingeniør på mandag, hva bør jeg vite?", "nb", "Ingeniør"),
        ("Hei! Jeg er ny operatør her. Hvor begynner jeg?", "nb", "Operatør"),
        ("Eg er nytilsett prosessoperatør. Kva bør eg lære først?", "nn", "Operatør"),
        ("Jeg starter som avdelingsleder neste uke", "nb", "Leder"),
        ("Første dag på jobb som operatør!", "nb", "Operatør"),
        ("jeg er leder", "nb", "Leder"),
        ("I'm new here as an engineer", "en", "Ingeniør"),
        ("I start as a manager on Monday. What should I know?", "en", "Leder"),
    ],
)
def test_a_role_gets_the_goals_of_its_path_each_with_its_proof(assistant, text, language, title):
    answer = say(assistant, text, language)
    assert (answer.status, f"«{title}»" in answer.text) == ("answered", True)
    assert "5. si hvor stor klyngen er [5]" in answer.text
    assert "(/ny)" in answer.text
    assert [each.quote for each in answer.citations] == ["Klyngen har 60 bedrifter."] * 5


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Jeg er ny her", "nb", "Jeg er ny: operatør"),
        ("Hei, jeg er ny på jobben. Hva bør jeg vite?", "nb", "Jeg er ny: operatør"),
        ("Jeg er ny sveiser", "nb", "Jeg er ny: operatør"),
        ("Eg er ny her", "nn", "Eg er ny: operatør"),
        ("I am new here", "en", "I am new: operator"),
        ("Hva bør en nyansatt vite?", "nb", "Jeg er ny: operatør"),
    ],
)
def test_somebody_without_a_role_gets_a_choice_that_leads_to_a_path(assistant, text, language, first):
    answer = say(assistant, text, language)
    assert (answer.status, answer.choices[0], len(answer.choices)) == ("clarify", first, 3)
    assert all(say(assistant, choice, language).status == "answered" for choice in answer.choices)


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er ny, hva er Læringsfabrikken?",
        "Jeg begynner på fagskolen til høsten",
        "Jeg starter bedrift",
        "Jeg er sveiser",
        "Jeg er operatør og vil ta fagskole",
        "Hvem er leder?",
        "Hei!",
        "",
        "jeg er ny " * 40,
    ],
)
def test_other_messages_are_left_to_others(assistant, text):
    assert say(assistant, text) is None


def test_without_paths_there_is_nothing_to_choose(assistant, tmp_path):
    with assistant.knowledge() as knowledge:
        question = Question("Jeg er ny her", "Jeg er ny her", "nb")
        empty = Handbook.of(tmp_path, [])
        assert newcomer(question, lambda: empty, knowledge.index.manifest) is None
