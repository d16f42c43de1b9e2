import codecs

import pytest

from raufoss_assistant.documents.charset import decode

TEXT = "Kurs i målerteknikk på Raufoss – «ærlig talt»: Østre Toten, 1 000 kr"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_of_today(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["mac_roman", "cp865"])
def test_encodings_of_old(encoding):
    text = "Kurs i målerteknikk på Raufoss og Østre Toten, ærlig talt"
    assert decode(text.encode(encoding)) == text


def test_declared_encoding_counts_where_it_can_be_true():
    assert decode("måling".encode("cp1251", "replace"), "cp1251") == "m?ling"
    assert decode("Жår".replace("å", "").encode("cp1251"), "cp1251") == "Жr"
    assert decode(TEXT.encode("cp1252"), "utf-8") == TEXT
    assert decode(TEXT.encode("utf-8"), "iso-8859-1") == TEXT
    assert decode(TEXT.encode("cp1252"), "finnes-ikke") == TEXT


def test_never_fails():
    assert decode(b"") == ""
    assert isinstance(decode(bytes(range(256))), str)
    assert decode(codecs.BOM_UTF16_LE + b"a") == "\ufffd"
