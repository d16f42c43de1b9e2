from raufoss_assistant.documents.extract import Extract, Limits
from raufoss_assistant.documents.markdown import read

TEXT = """---
title: Lean for alle
date: 2024-02-31
language: no
---

# Kurs i lean #

Første linje,
andre linje.

Gammel overskrift
-----------------

- ett
- to
    - innerst

1. først

| Kurs | Pris |
| --- | --- |
| Lean | 4 000 |

```
kode her
```

<div onclick="x">skjult</div>

> Sitat.

---
"""


def parts(extract: Extract) -> list[tuple[str, int, str]]:
    (page,) = extract.pages
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def test_structure():
    assert parts(read(TEXT.encode(), Limits())) == [
        ("heading", 1, "Kurs i lean"),
        ("paragraph", 0, "Første linje,\nandre linje."),
        ("heading", 2, "Gammel overskrift"),
        ("list", 0, "- ett\n- to\n    - innerst"),
        ("list", 0, "1. først"),
        ("table", 0, "| Kurs | Pris |\n| --- | --- |\n| Lean | 4 000 |"),
        ("paragraph", 0, "```\nkode her\n```"),
        ("paragraph", 0, "> Sitat."),
    ]


def test_header_of_a_table_stands_on_the_page():
    (page,) = read(TEXT.encode(), Limits()).pages
    (header,) = (block.header for block in page.blocks if block.kind == "table")
    assert header == "| Kurs | Pris |"


def test_text_stands_in_the_file_letter_for_letter():
    (page,) = read(TEXT.encode(), Limits()).pages
    assert page.text in TEXT
    assert page.text.startswith("# Kurs")


def test_front_matter_stays_text():
    extract = read(TEXT.encode(), Limits())
    assert extract.metadata == {"title": "Lean for alle", "date": "2024-02-31", "language": "no"}
    assert extract.title == "Kurs i lean"


def test_broken_front_matter_warns_and_the_body_is_read():
    extract = read(b"---\ntitle: a: b\n---\n# Kurs\n", Limits())
    assert extract.metadata == {}
    assert "ikke gyldig YAML" in extract.warnings[0]
    assert parts(extract) == [("heading", 1, "Kurs")]


def test_a_rule_is_no_front_matter_and_an_empty_one_is_fine():
    assert parts(read(b"Tekst\n\n---\n\nmer", Limits()))[0] == ("paragraph", 0, "Tekst")
    assert parts(read(b"---\n---\n# Kurs", Limits())) == [("heading", 1, "Kurs")]
    unclosed = read(b"---\ntitle: x\n\n# Kurs", Limits())
    assert unclosed.metadata == {}
    assert unclosed.title == "Kurs"


def test_windows_file():
    extract = read("\ufeff---\r\nowner: Rådgiver\r\n---\r\n# Måling\r\n".encode(), Limits())
    assert extract.metadata == {"owner": "Rådgiver"}
    assert extract.title == "Måling"
