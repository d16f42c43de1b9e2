import re
from dataclasses import replace

import pytest

from llm_server import serving
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.doctor import examine


def lines(settings):
    return [str(finding) for finding in examine(settings)]


def test_a_healthy_installation_names_its_parts_and_model(settings):
    Assistant(settings).build()
    found = examine(settings)
    said = "\n".join(map(str, found))
    for part in ("Python 3", "chromadb", "gradio", "e5-small", "Indeks: 4 dokumenter", "Dokumentmappe: 4 filer"):
        assert part in said
    assert not [finding for finding in found if finding.level == "feil"]


def test_without_an_index_it_says_what_to_do(settings):
    assert any(line.startswith("feil") and "raufoss index" in line for line in lines(settings))


def test_a_missing_corpus_is_a_finding(settings):
    missing = replace(settings, corpus_dir=settings.corpus_dir / "finnes-ikke")
    assert any(line.startswith("feil") and "finnes-ikke" in line for line in lines(missing))


OVERVIEWS = {
    "tjenester.md": "| Tjeneste | TRL | Pris |\n|---|---|---|\n| Sveising | TRL 4–7 | fra 20 000 kr |\n"
    "| Maskinsyn | TRL 4- | Ring oss |\n",
    "katapulter.md": "| Katapult | Sted | Arbeider med |\n|---|---|---|\n| MTNC | Raufoss | produksjon |\n"
    "| DigiCat | Ålesund | simulering |\n",
    "stotte.md": "| Ordning | Forvalter | Beløp |\n|---|---|---|\n| SkatteFUNN | Forskningsrådet | ikke oppgitt |\n",
}


def records(settings, *names):
    """The line on records, with these overviews in the corpus."""
    for name in names:
        text = f"---\ntitle: Oversikt\nkind: katapult\ndate: 2026-01-01\n---\n# Oversikt\n\n{OVERVIEWS[name]}"
        (settings.corpus_dir / f"katapult/{name}").write_text(text, "utf-8")
    Assistant(settings).build()
    (line,) = [line for line in lines(settings) if "Poster:" in line]
    return line


def test_records_are_counted_by_type(settings):
    assert records(settings, "katapulter.md", "stotte.md") == (
        "ok    Poster: 0 kurs, 0 tjenester, 1 støtteordning, 2 katapulter"
    )


def test_fields_that_cannot_be_read_are_counted(settings):
    assert records(settings, *OVERVIEWS) == (
        "råd   Poster: 0 kurs, 2 tjenester, 1 støtteordning, 2 katapulter; "
        "2 felter kan ikke leses («raufoss index» sier hvilke)"
    )
    unread = [each for report in Assistant(settings).build().files for each in report.unread]
    assert len(unread) == 2


def test_one_field_that_cannot_be_read(settings, monkeypatch):
    monkeypatch.setitem(OVERVIEWS, "tjenester.md", OVERVIEWS["tjenester.md"].replace("Ring oss", "fra 9 000 kr"))
    assert records(settings, "tjenester.md").endswith("; 1 felt kan ikke leses («raufoss index» sier hvilket)")


def test_without_an_overview_there_are_no_records(settings):
    assert records(settings) == "råd   Poster: ingen; dokumentene har ingen oversikt over kurs, tjenester eller støtte"


def test_without_an_index_nothing_is_said_of_records(settings):
    assert not any("Poster" in line for line in lines(settings))


def test_what_documents_lack_is_listed(settings):
    (settings.corpus_dir / "kurs").mkdir()
    (settings.corpus_dir / "kurs/uten-alt.md").write_text(
        "# Uten alt\n\nEt kurs uten opplysninger om seg selv.\n", "utf-8"
    )
    (settings.corpus_dir / "kurs/gammelt.md").write_text(
        "---\ntitle: Gammelt\ndate: 2015-01-01\nvalid_to: 2016-01-01\nsupersedes: kurs/borte.md\n---\n# Gammelt\n\nEt kurs.\n",
        "utf-8",
    )
    (settings.corpus_dir / "kurs/bilde.png").write_bytes(b"\x89PNG")
    Assistant(settings).build()
    said = "\n".join(lines(settings))
    assert "råd   kurs/uten-alt.md: mangler dato (date)" in said
    assert "kurs/gammelt.md: har gått ut på dato (valid_to)" in said
    assert "eldre enn to år" in said
    assert "kurs/gammelt.md: erstatter «kurs/borte.md», som ikke finnes" in said
    assert "kurs/bilde.png" in said


def test_documents_that_lack_the_same_share_a_line_and_many_are_counted(settings):
    for number in range(9):
        (settings.corpus_dir / f"klynge/uten-{number}.md").write_text("# Uten\n\nTekst.\n", "utf-8")
    Assistant(settings).build()
    line = next(line for line in lines(settings) if "mangler dato" in line)
    assert line.startswith("råd   9 dokumenter: mangler dato (date) (klynge/uten-0.md, klynge/uten-1.md, ")
    assert line.endswith("klynge/uten-7.md og 1 til)")


def language_model(settings, **values):
    (line,) = [line for line in lines(replace(settings, **values)) if "råkmodell" in line or "RAUFOSS_LLM" in line]
    return line


def test_without_a_language_model_it_says_so(settings):
    assert language_model(settings) == "ok    Språkmodell: ingen er valgt; svarene er dokumentenes egne setninger"


NUMBERS = "en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue"


@pytest.fixture
def server():
    with serving(NUMBERS) as running:
        yield running


def test_a_language_model_is_tried_the_way_that_answers_are(settings, server):
    told = language_model(settings, llm_base_url=server.address, llm_model="liten")
    pattern = rf"ok    Språkmodell: liten på {server.address} svarte på \d,\d s, det første ordet etter \d,\d s"
    assert re.fullmatch(pattern, told)
    assert server.asked[0]["stream"] is True


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (
            "first-token-0.6s",
            r"råd   Språkmodellen first-token-0.6s brukte \d,\d s på det første ordet. Velg en raskere.",
        ),
        ("401", "feil  {address}: Språkmodellen avviser nøkkelen. Se RAUFOSS_LLM_API_KEY."),
        ("404", "feil  {address}: Språkmodellen finnes ikke der. Se RAUFOSS_LLM_MODEL"),
        ("500", "feil  {address}: Språkmodellen svarer med feil 500."),
        ("html", "feil  {address}: Språkmodellen svarte, men ikke som en strøm. Se om RAUFOSS_LLM_BASE_URL"),
        ("whole", "feil  {address}: Språkmodellen svarte, men ikke som en strøm."),
        ("empty", "feil  {address}: Språkmodellen ga et tomt svar."),
        ("drip", "feil  {address}: Språkmodellen svarte ikke i tide. Se om den er overbelastet"),
    ],
)
def test_what_is_wrong_with_a_language_model_is_said(settings, server, model, says):
    told = language_model(settings, llm_base_url=server.address, llm_model=model, llm_timeout=1, llm_api_key="sk-1234")
    assert re.match(says.format(address=server.address), told)
    assert "sk-1234" not in told


def test_a_stream_that_comes_all_at_once_is_a_piece_of_advice(settings, server):
    told = language_model(settings, llm_base_url=server.address, llm_model="burst-5s", llm_timeout=60)
    assert re.match(
        r"råd   Språkmodellen burst-5s sendte hele svaret på én gang, etter \d,\d s. Se om noe mellom", told
    )


def test_an_address_where_nobody_listens_is_said(settings):
    with serving() as gone:
        pass
    told = language_model(settings, llm_base_url=gone.address, llm_model="liten", llm_timeout=2)
    assert told.startswith(f"feil  {gone.address}: Språkmodellen svarer ikke. Se om den kjører")


def test_an_address_without_a_model_is_a_fault(settings):
    assert "RAUFOSS_LLM_MODEL" in language_model(settings, llm_base_url="http://127.0.0.1:1/v1")


def test_the_reader_is_named_or_said_to_be_off(settings):
    assert any(line.startswith("ok") and "Leser: reader.safetensors" in line for line in lines(settings))
    assert any(line.startswith("ok") and "Leser: slått av" in line for line in lines(replace(settings, reader="off")))


def test_a_damaged_reader_is_a_fault(settings, monkeypatch, tmp_path):
    damaged = tmp_path / "reader.safetensors"
    damaged.write_bytes(b"x" * 100)
    monkeypatch.setattr("raufoss_assistant.retrieval.passage_reader.ADAPTER", damaged)
    assert any(line.startswith("feil") and "Leseren kan ikke brukes" in line for line in lines(settings))


def test_a_learning_path_that_cannot_be_used_is_named_with_step_and_remedy(settings):
    folder = settings.corpus_dir / "onboarding" / "lop"
    folder.mkdir(parents=True)
    (folder / "operator.yaml").write_text("tittel: Operatør\n", "utf-8")
    Assistant(settings).build()
    said = "\n".join(lines(settings))
    assert "ok    Løp for nyansatte: ingen" in said
    assert "råd   onboarding/lop/operator.yaml: «steg» mangler." in said
