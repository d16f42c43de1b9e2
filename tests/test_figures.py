import pytest

from raufoss_assistant.answering.figures import Asked, asks_yes_or_no, figures, weighed
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.model import Chunk, Hit, Properties


def unit(text):
    chunk = Chunk("id", "a.md", 0, None, (), text, 0, len(text), "T")
    return Unit(Hit(chunk, Properties("T", "klynge"), 1.0, 0.5, 0.9), 0, len(text))


def test_figures_are_told_apart_by_what_they_are():
    text = "I 2020 fikk 50 bedrifter 19 prosent av 4,75 millioner kroner 6. februar."
    assert [(each.value, each.kind) for each in figures(text)] == [(50, "count"), (19, "share"), (4_750_000, "money")]


def test_what_a_figure_counts_stands_after_it_or_before_a_colon():
    after, before = next(figures("Rundt 60 nye studieplasser ble gitt.")), next(figures("Antall studieplasser: 26"))
    assert "studieplass" in after.of and "studieplass" in before.of


def test_a_number_of_a_name_is_no_figure():
    assert [each.value for each in figures("Industri 5.0 gir 120 studiepoeng i bygning 5.")] == [120]


def test_the_thousands_of_a_figure_are_no_name():
    assert [each.value for each in figures("De har til sammen 3 000 ansatte.")] == [3000]


def test_figures_that_the_question_names():
    asked = Asked.of_question("Eksporterte parken 95 prosent?")
    assert asked.kind == "share" and asked.given_by("Andelen var 95 prosent.") and not asked.given_by("95 deltok.")
    assert Asked.of_question("Trenger vi en halv million i egenkapital?").given_by("Minst 500 000 kroner.")


@pytest.mark.parametrize(
    ("question", "yes_or_no"),
    [
        ("Trenger vi 20 prosent?", True),
        ("Omsatte de for mer?", True),
        ("Jeg leste om 20 prosent. Gjelder det ennå?", True),
        ("Hvor mye omsatte de for?", False),
    ],
)
def test_a_verb_at_the_beginning_asks_for_yes_or_no(question, yes_or_no):
    assert asks_yes_or_no(question) is yes_or_no


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Hvor mange ansatte har parken?", "Parken har 50 bedrifter og 3 000 ansatte.", True),
        ("Hvor mange jobber i parken?", "Parken har 3 000 ansatte.", True),
        ("Hvor mange ansatte har parken?", "Parken har 50 bedrifter.", False),
        ("Hvor mange medlemsbedrifter er det?", "Klyngen har 60 bedrifter.", True),
        ("Hva er satsen?", "Ordningen gir 19 prosent.", True),
        ("Hva er satsen?", "Ordningen gir 4,75 millioner kroner.", False),
        ("How many apprentices are there?", "OFII har rundt 130 lærlinger.", True),
        ("Hvem leder klyngen?", "Klyngen har 60 bedrifter.", False),
    ],
)
def test_whether_a_text_tells_the_figure_that_is_asked_for(question, text, told):
    assert Asked.of_question(question).told_by(text) is told


def test_of_two_that_are_named_one_is_enough():
    asked = Asked.of_question("Er det parken eller klyngen som har 4 000 folk?")
    assert asked.answered_by(unit("Klyngen har 4 000 ansatte."))
    assert not asked.answered_by(unit("Regionen har 4 000 ansatte."))
    assert not Asked.of_question("Har parken og klyngen 4 000 folk?").answered_by(unit("Klyngen har 4 000 ansatte."))


def test_what_counts_something_else_gives_way_where_a_rival_counts_what_is_asked_for():
    units = [unit("SkatteFUNN gir høyst 4,75 millioner kroner."), unit("SkatteFUNN gir 19 prosent.")]
    other, asked = weighed("Hva er satsen i SkatteFUNN?", units, [0.8, 0.6])
    assert other < asked == 0.6
    assert weighed("Hva er satsen i SkatteFUNN?", units, [0.8, 0.1]) == [0.8, 0.1], "the rival is no rival"
    assert weighed("Hva er SkatteFUNN?", units, [0.8, 0.6]) == [0.8, 0.6]
    assert weighed("Hva er satsen?", [], []) == []


def test_what_is_counted_of_somebody_else_gives_way_where_one_is_of_just_what_is_asked():
    units = [
        unit("Raufoss Industripark har 3 000 ansatte."),
        unit("NCE Manufacturing har 4 000 ansatte."),
        unit("Eldre kilder har 2 500 ansatte i parken."),
    ]
    asked, other, older = weighed("Hvor mange ansatte har Raufoss Industripark?", units, [0.8, 0.8, 0.8])
    assert other < older <= asked
    cluster, other = weighed(
        "Hvor mange ansatte har klyngebedriftene?", [units[1], unit("Bedrifta har 9 ansatte.")], [0.8, 0.8]
    )
    assert other < cluster
    assert weighed("Hvor mange ansatte er det?", units, [0.8, 0.8, 0.8])[1] >= 0.8


def test_where_the_most_is_asked_for_a_limit_comes_first():
    units = [unit("Fondet hadde 19 millioner kroner."), unit("Fondet ga inntil 700 000 kroner.")]
    whole, limit = weighed("Hva var det meste fondet ga?", units, [0.6, 0.5])
    assert whole < limit
    assert weighed("Hvor mye penger hadde fondet?", units, [0.6, 0.5])[0] == 0.6


def test_another_of_the_same_name_gives_way():
    units = [unit("Basistilskot 2 er 71 550 kroner."), unit("Basistilskot 1 er 183 093 kroner.")]
    second, first = weighed("Hvor mye er basistilskudd 1?", units, [0.8, 0.7])
    assert second < first == 0.7
