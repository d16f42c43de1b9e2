from dataclasses import replace
from datetime import date

import pytest

from onboarding_corpus import GLOSSARIES, real_documents, small_path, written
from raufoss_assistant.model import Properties
from raufoss_assistant.onboarding.glossary import Glossary
from raufoss_assistant.onboarding.journey import Progress, Tried
from raufoss_assistant.onboarding.paths import Check, Reading
from raufoss_assistant.onboarding.proof import Proof
from raufoss_assistant.web import guide_view as view

PATH = small_path()
BEGUN = Progress.begin(PATH)
CHECK = PATH.steps[0].checks[0]
PROOF = Proof("a/klynge.md", Properties("Om klyngen", "klynge", date=date(2024, 2, 6)), None, "Tall", CHECK.quote)
EVIL = '<img src=x onerror="alert(1)"> **fet** [x](https://evil.example)'


def test_someone_who_comes_back_is_told_where_they_are():
    assert "Velkommen tilbake, du er på steg 3 av 5" in view.greeting(PATH, replace(BEGUN, step=2))
    assert "Du er ferdig" in view.greeting(PATH, replace(BEGUN, step=4, finished=True))


def test_roles_are_offered_with_how_far_one_is():
    html = view.offers([PATH], replace(BEGUN, step=1))
    assert "Operatør" in html and "5 steg." in html and "Du er på steg 2 av 5." in html
    assert "Du er på" not in view.offers([PATH], Progress())
    assert view.offers([], Progress()) == view.NO_PATHS


def test_the_present_step_and_the_settled_ones_are_marked():
    progress = BEGUN.answer(0, right=True).answer(1, right=True).forward(PATH)
    html = view.steps(PATH, progress)
    assert html.count("<li") == 5
    assert 'class="gjort"><span class="nr">1</span>' in html and 'class="na"><span class="nr">2</span>' in html
    assert 'class="na' not in view.steps(PATH, replace(progress, step=4, finished=True))


def test_the_goal_stands_in_a_heading():
    html = view.present(PATH, BEGUN)
    assert "Steg 1 av 5" in html and "Du skal kunne mål 1</h2>" in html and "Derfor." in html


@pytest.mark.parametrize(
    ("tried", "right", "hint", "parts", "quoted"),
    [
        (Tried(1, True), True, "Hint", ["Riktig."], True),
        (Tried(1), False, "Mer enn ti.", ["Ikke helt.", "Hint: Mer enn ti."], False),
        (Tried(1), False, None, ["Svaret står her"], True),
        (Tried(2), False, "Mer enn ti.", ["Svaret står her", "gå videre"], True),
    ],
)
def test_a_verdict_gives_hint_or_quote(tried, right, hint, parts, quoted):
    html = view.verdict(replace(CHECK, hint=hint), PROOF, tried, right=right)
    assert all(part in html for part in parts)
    assert ("Rundt 60 bedrifter" in html) is quoted


def test_what_was_answered_before_is_remembered():
    assert "Du har svart riktig" in view.remembered(PROOF, Tried(1, True))
    assert "Svaret står her" in view.remembered(PROOF, Tried(2))
    assert view.remembered(PROOF, Tried(1)) == view.remembered(PROOF, Tried()) == ""


def test_a_proof_shows_title_kind_date_place_and_example():
    html = view.card(replace(PROOF, page=3, properties=replace(PROOF.properties, example=True)))
    for part in ("Om klyngen", "Klynge", "6. februar 2024", "Side 3, Tall", "a/klynge.md", "Eksempeldata"):
        assert part in html
    assert "Ukjent dato" in view.card(replace(PROOF, properties=Properties("T", "kurs")))


def test_words_are_explained_suggested_or_not_found():
    glossary = Glossary.of([real_documents()[path] for path in GLOSSARIES])
    found = view.explanation(glossary.explain("OFII / OIR"), None)
    assert found.count("<blockquote>") == 2 and "6. februar 2024" in found
    asked = glossary.explain("minifabrik")
    near = view.explanation(asked, glossary.explain(asked.suggestion))
    assert "Mente du «Minifabrikk»?" in near and "prøveproduksjon" in near
    assert "Finner ikke «blokkjede» i ordlistene" in view.explanation(glossary.explain("blokkjede"), None)
    assert "Skriv et ord" in view.explanation(glossary.explain(" "), None)


def test_the_end_tells_what_was_learnt_and_what_to_look_at_again():
    progress = BEGUN
    for step in range(5):
        progress = progress.answer(0, right=True).answer(1, right=step != 3).forward(PATH)
    html = view.finish(PATH, progress)
    assert html.count("<li>Mål") == 4
    assert "Se gjerne på igjen" in html and "Steg 4: mål 4" in html and "Hva nå?" in html
    everything = replace(progress, answered=tuple((*place, Tried(1, True)) for *place, _ in progress.answered))
    assert "Se gjerne på igjen" not in view.finish(PATH, everything)
    assert "Dette kan du nå" not in view.finish(PATH, BEGUN)


def test_reading_unfolds_the_section_with_its_tables_and_lists():
    document = written(
        "a/klynge.md",
        "# Om\n\n## Tall\n\nTekst 4 000.\n\n- ett\n- to\n\n| A | B |\n|---|---|\n| 1 |  |\n\n## Annet\n\nMer.\n",
        date=date(2024, 2, 6),
    )
    html = view.readings([Reading("a/klynge.md", "Tall", "Tallet")], {"a/klynge.md": document})
    for part in (
        "<summary><strong>Om klyngen</strong>, «Tall»",
        "Se etter: tallet",
        "6. februar 2024",
        "<p>Tekst 4\u202f000.</p>",
    ):
        assert part in html
    assert "<li>ett</li><li>to</li>" in html
    assert '<th scope="col">A</th>' in html and "<td>1</td><td></td>" in html
    assert "Mer." not in html
    assert "<h4>Annet</h4><p>Mer.</p>" in view.readings(
        [Reading("a/klynge.md", None, "alt")], {"a/klynge.md": document}
    )


def test_real_documents_of_all_formats_can_be_read():
    for path, document in real_documents().items():
        html = view.readings([Reading(path, None, "alt")], real_documents())
        assert "\n" not in html.replace("\n", " " if document.properties.example else "\n") or "\n\n" not in html


def test_no_markup_of_files_or_documents_comes_alive():
    evil = replace(PROOF, document=EVIL, heading=EVIL, quote=EVIL, properties=Properties(EVIL, EVIL))
    step = replace(PATH.steps[0], goal=EVIL, why=EVIL)
    path = replace(PATH, title=EVIL, intro=EVIL, steps=(step, *PATH.steps[1:]), ask_manager=(EVIL,))
    document = written("a/klynge.md", f"# Om\n\n{EVIL}\n", title=EVIL)
    check = Check(EVIL, ("x",), "a/klynge.md", EVIL, EVIL)
    for html in (
        view.card(evil),
        view.greeting(path, BEGUN),
        view.offers([path], BEGUN),
        view.steps(path, BEGUN),
        view.present(path, BEGUN),
        view.finish(path, BEGUN),
        view.verdict(check, evil, Tried(1), right=False),
        view.readings([Reading("a/klynge.md", None, EVIL)], {"a/klynge.md": document}),
        view.explanation(Glossary.of([]).explain(EVIL), None),
    ):
        assert "<img" not in html and "\n\n" not in html
