from contextlib import closing
from dataclasses import replace

import pytest

from raufoss_assistant.evaluation.labels import decimal
from raufoss_assistant.index.encoder import ADAPTED
from raufoss_assistant.web.staff import search_view as view
from raufoss_assistant.web.staff.trial import examine
from staff_blocks import patient

ASKED = "Hvor stor er Læringsfabrikken?"


@pytest.fixture(scope="module")
def trial(small_assistant):
    with closing(patient(small_assistant)) as assistant:
        return examine(assistant, ASKED, "", "hybrid")


def test_each_hit_has_the_parts_of_its_score(trial):
    html = view.shown(trial, "hybrid", ADAPTED)
    for number, hit in enumerate(trial.hits, 1):
        figures = (hit.score, hit.words, hit.cosine, hit.reading.chance, hit.reading.nowhere)
        cells = "".join(f'<td class="tall">{decimal(figure, 3)}</td>' for figure in figures)
        assert f"</td>{cells}<td>{'nei' if hit.chunk.id in trial.cut else 'ja'}</td>" in html
        assert f'<td class="tall">{number}</td>' in html


def test_the_likeliest_answer_is_marked_and_the_figures_are_explained(trial):
    html = view.shown(trial, "hybrid", ADAPTED)
    chunk, (start, end) = trial.hits[0].chunk, trial.hits[0].reading.span
    assert chunk.text[start:end].startswith(
        "1 500 kvadratmeter"
    )  # whether «stor» belongs to it, depends on the processor
    assert f"<mark>{chunk.text[start:end]}</mark>" in html
    for name in view.figures(ADAPTED):
        assert f"<dt>{name}</dt><dd>" in html
    assert "3 × ord + (mening − 0,41) / 0,30 + 1,5 × leser" in html
    assert f"sikkerheten er minst {decimal(trial.threshold)}" in html
    assert "Svar fra utdrag av dokumentene" in html


def test_what_was_not_read_has_no_figures(trial):
    unread = replace(trial, hits=tuple(replace(hit, reading=None) for hit in trial.hits), cut=frozenset())
    html = view.shown(unread, "words", ADAPTED)
    assert '<td class="tall">–</td><td class="tall">–</td><td>ja</td>' in html
    assert "bare ord" in html
    assert "<mark>" not in html


def test_a_cut_passage_and_an_empty_result(trial):
    assert "<td>nei</td>" in view.shown(replace(trial, cut=frozenset({trial.hits[0].chunk.id})), "hybrid", ADAPTED)
    assert "Ingen utdrag har noe til felles" in view.shown(replace(trial, hits=()), "hybrid", ADAPTED)


def test_a_need_shows_what_fits(small_assistant):
    asked = "Vi er ni ansatte og vil prøve en robot. Hva passer?"
    html = view.shown(examine(small_assistant, asked, "", "hybrid"), "hybrid", ADAPTED)
    assert "Forslag til et behov" in html
    assert "Begreper i behovet" in html


def test_what_users_and_documents_say_is_text(trial):
    evil = "<img src=x onerror=alert(1)>\n\n**fet**"
    chunk = replace(trial.hits[0].chunk, text=evil, heading=(evil,), document=evil)
    hit = replace(trial.hits[0], chunk=chunk, properties=replace(trial.hits[0].properties, title=evil))
    html = view.shown(replace(trial, spelt=evil, named=evil, names=(evil,), hits=(hit,)), "hybrid", ADAPTED)
    assert "<img" not in html
    assert "\n" not in html
