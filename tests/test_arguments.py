import pytest

from raufoss_assistant.arguments import NorwegianParser, whole_number


@pytest.fixture
def parser():
    parser = NorwegianParser(prog="raufoss")
    parser.add_argument("spørsmål")
    parser.add_argument("--k", type=whole_number(1, 9))
    return parser


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "mangler spørsmål"),
        (["a", "--ukjent"], "kjenner ikke til --ukjent"),
        (["a", "--k"], "--k trenger en verdi"),
        (["a", "--k", "mange"], "--k: må være et helt tall fra 1 til 9, ikke «mange»"),
        (["a", "--k", "10"], "ikke «10»"),
    ],
)
def test_wrong_use_is_one_norwegian_line(parser, capsys, arguments, said):
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(arguments)
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("raufoss: ") and said in error and error.count("\n") == 1


def test_help_is_norwegian(parser):
    text = parser.format_help()
    assert text.startswith("Bruk: ")
    assert "Argumenter" in text and "Valg" in text and "vis denne hjelpen" in text
    for english in ("usage", "options", "positional", "show this", "optional"):
        assert english not in text.lower()
