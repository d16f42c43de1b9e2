import json

import pytest

from raufoss_assistant.cli import main
from record_corpus import record_assistant  # noqa: F401 - a fixture

NEED = "Vi er 9 ansatte og trenger hjelp med sveising"
KEYS = {"type", "id", "name", "example", "score", "parts", "reasons", "misfits", "citation"}


@pytest.fixture
def run(assistant, capsys):
    """Run a command over the index with records; gives exit status, stdout, stderr."""

    def call(*arguments):
        folders = ["--corpus", str(assistant.settings.corpus_dir), "--data", str(assistant.settings.data_dir)]
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, *folders])
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return call


def written(folder, *lines):
    (folder / "behov.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return str(folder / "behov.jsonl")


def test_match_in_words(run):
    status, out, _ = run("match", NEED)
    assert status == 0
    assert out.startswith("Eksempeldata: ")
    assert "Jeg har regnet med dette: 9 ansatte." in out
    assert "1. Sveising: prøvesveis og sveisesimulator: Vi prøver ny sveisemetode" in out
    assert "Kilder:\n[1] Sveising: prøvesveis og sveisesimulator, Eksempeldata, katapult, 1. januar 2026" in out


def test_match_in_json(run, assistant):
    status, out, _ = run("match", NEED, "--json", "--k", "2")
    found = json.loads(out)
    assert (status, found["query"], found["id"], found["needs"]["employees"]) == (0, NEED, None, 9)
    assert len(found["matches"]) == 2 and set(found["matches"][0]) == KEYS
    best = found["matches"][0]
    assert (best["id"], best["example"]) == ("sveising", True)
    assert best["citation"]["quote"] in assistant.document(best["citation"]["document"]).pages[0].text
    assert [each["id"] for each in found["excluded"]] == ["energibruk"]


def test_match_a_batch_in_order(run, tmp_path):
    needs = [
        {"id": "b", "query": NEED},
        {"id": 1, "query": "Vi er 30 ansatte og vil bruke mindre strøm"},
        {"query": "lim"},
    ]
    status, out, _ = run("match", "--batch", written(tmp_path, *map(json.dumps, needs), ""), "--k", "1")
    found = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(each["id"], each["query"]) for each in found] == [(need.get("id"), need["query"]) for need in needs]
    assert [each["matches"][0]["id"] for each in found[:2]] == ["sveising", "energibruk"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["match"], "Skriv et behov i anførselstegn, eller gi en fil med --batch"),
        (["match", "?"], "tomt"),
        (["match", "robot", "--batch", "x.jsonl"], "ikke begge deler"),
        (["match", "--batch", "borte.jsonl"], "Kan ikke lese borte.jsonl"),
        (["match", "robot", "--k", "0"], "fra 1 til 100"),
        (["services", "--filter", "?"], "tomt"),
        (["courses", "--filter", "a" * 5000], "for langt"),
        (["funding", "--ukjent"], "kjenner ikke til --ukjent"),
    ],
)
def test_wrong_use_is_one_norwegian_line_and_status_2(run, arguments, said):
    status, out, error = run(*arguments)
    assert (status, out) == (2, "")
    assert said in error and error.startswith("raufoss") and error.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "said"), [("{", "linje 2: er ikke gyldig JSON"), ('{"question": "x"}', "linje 2: mangler teksten «query»")]
)
def test_a_bad_line_is_named_before_anything_is_matched(run, tmp_path, line, said):
    status, out, error = run("match", "--batch", written(tmp_path, json.dumps({"query": NEED}), line))
    assert (status, out) == (2, "")
    assert said in error


@pytest.mark.parametrize(
    ("arguments", "first", "names"),
    [
        (
            ["services", "--filter", "alle"],
            "7 av 7 tjenester.",
            ["Sveising", "Samarbeidende robot", "Robotcelle", "Energibruk"],
        ),
        (["services", "--filter", "TRL 4"], "4 av 7 tjenester. Filtrert på: TRL: 4.", ["Maskinsyn", "Liming"]),
        (["courses", "--filter", "deltid"], "2 av 5 studier og emner. Filtrert på: deltid.", ["Bachelor"]),
        (["courses", "--filter", "i Oslo"], "0 av 5 studier og emner. Filtrert på: Oslo.", []),
        (["funding", "--filter", "over 19 prosent"], "1 av 3 støtteordninger. Filtrert på: ", ["Innovasjonskontrakt"]),
    ],
)
def test_a_list_in_words(run, arguments, first, names):
    status, out, _ = run(*arguments)
    assert status == 0
    assert out.startswith(first)
    assert all(f"\n{name}" in out for name in names)


def test_a_list_tells_where_it_stands_what_is_an_example_and_what_was_not_used(run):
    _, out, _ = run("services", "--filter", "alle")
    welding = (
        "Sveising: prøvesveis og sveisesimulator (Eksempeldata)\n   TRL: 4–7; Varighet: 2–4 uker; Pris: fra 15 000 kr"
    )
    assert f"{welding}\n   katapult/oversikt.md\n" in out
    assert "Robotcelle: prøv automatisering før du kjøper\n" in out
    _, out, _ = run("services", "--filter", "TRL 4, på deltid, dykkerklokker")
    assert "Ingen har opplysninger om «deltid», så det er ikke brukt.\nIkke brukt: dykkerklokker.\n" in out


def test_a_list_in_json(run):
    status, out, _ = run("courses", "--filter", "på nett", "--json")
    found = json.loads(out)
    assert (status, found["filters"]) == (0, ["på nett"])
    assert [each["code"] for each in found["records"]] == ["FTT72K", "FTT73K"]
    assert found["records"][0]["fields"]["credits"]["low"] == 60
    assert len(json.loads(run("funding", "--filter", "alle", "--json")[1])["records"]) == 3


@pytest.mark.parametrize("command", ["services", "courses", "funding"])
def test_a_list_without_a_filter_has_all(run, command):
    status, out, _ = run(command)
    count, _, total = out.split()[:3]
    assert (status, count) == (0, total)
    assert int(count) > 0
