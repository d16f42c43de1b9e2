from onboarding_corpus import real_documents, written
from raufoss_assistant.onboarding.definitions import entries, names, table_rows


def of(text, title="Ordliste", **properties):
    return list(entries(written("onboarding/a.md", text, title, **properties)))


def test_lists_of_a_glossary():
    (first, second) = of(
        "# Ordliste\n\n- Klynge: et nettverk. Den på Raufoss er gammel.\n- Y-vei og TRES: veier inn.\n"
    )
    assert (first.terms, first.text) == (("Klynge",), "Klynge: et nettverk.")
    assert first.proof.quote == "Klynge: et nettverk. Den på Raufoss er gammel."
    assert second.terms == ("Y-vei og TRES", "Y-vei", "TRES")


def test_bold_terms_in_paragraphs():
    (entry,) = of("# Ordliste\n\n**Klynge**: et nettverk.\n")
    assert (entry.terms, entry.text) == (("Klynge",), "Klynge: et nettverk.")


def test_tables_of_short_forms_wherever_they_stand():
    table = "# Om\n\n| Forkortelse | Betyr | Merk |\n|---|---|---|\n| Siva | Selskapet for industrivekst | statlig |\n| X | | |\n"
    (entry,) = of(table, "Om noe annet")
    assert entry.text == "Siva: Selskapet for industrivekst – statlig."
    assert entry.aliases == ("Selskapet for industrivekst",)
    assert entry.proof.quote == "| Siva | Selskapet for industrivekst | statlig |"
    assert of(table.replace("Forkortelse", "Bedrift"), "Om noe annet") == []


def test_tables_of_former_names():
    (entry,) = of(
        "# Navn\n\n| I dag | Tidligere navn | Fra når |\n|---|---|---|\n| MTNC | NMTC, «Katapulten» | 2017 |\n",
        "Navn som er endret",
    )
    assert entry.text == "MTNC: tidligere navn NMTC, «Katapulten», fra når: 2017."
    assert entry.aliases[1:] == ("NMTC", "Katapulten")


def test_sentences_and_headings():
    found = of(
        "# Ord\n\n## Studiepoeng\n\n60 studiepoeng tilsvarer ett år. Mer.\n\n## Veier\n\n- GSK er generell studiekompetanse.\n\nTIP betyr teknikk.\n",
        "Hva betyr ordene?",
    )
    assert [(entry.terms[0], entry.text, entry.rank) for entry in found] == [
        ("Studiepoeng", "60 studiepoeng tilsvarer ett år.", 3),
        ("GSK", "GSK er generell studiekompetanse.", 4),
        ("TIP", "TIP betyr teknikk.", 1),
    ]


def test_a_document_that_is_no_glossary_has_no_entries():
    assert of("# Om\n\n- Klynge: et nettverk.\n\nTIP betyr teknikk.\n", "Om klyngen") == []


def test_every_quote_of_the_real_glossaries_stands_in_its_document():
    for document in real_documents().values():
        for entry in entries(document):
            assert any(entry.proof.quote in page.text for page in document.pages)
            assert all(name and name == name.strip() for name in names([entry]))
            assert "\n" not in entry.text


def test_rows_know_where_they_stand():
    text = "| a | b\\|c |\n|---|---|\n| d |  |\n"
    assert [(text[start:end], cells) for start, end, cells in table_rows(text)] == [
        ("| a | b\\|c |", ["a", "b|c"]),
        ("| d |  |", ["d", ""]),
    ]
