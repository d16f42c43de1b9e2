from dataclasses import replace

import pytest

from raufoss_assistant.answering.citations import stands


@pytest.fixture(scope="module")
def passage(small_assistant):
    return next(
        hit.chunk
        for hit in small_assistant.search("Hvor stor er Læringsfabrikken?", 5)
        if "kvadratmeter" in hit.chunk.text
    )


def test_a_true_quote_stands(small_assistant, passage):
    assert stands("Læringsfabrikken er 1 500 kvadratmeter stor", passage, small_assistant.index().manifest)


@pytest.mark.parametrize(
    "quote", ["Læringsfabrikken er 1500 kvadratmeter stor", "Læringsfabrikken er 2 500 kvadratmeter stor", "", "  "]
)
def test_a_changed_or_empty_quote_does_not(small_assistant, passage, quote):
    assert not stands(quote, passage, small_assistant.index().manifest)


def test_the_page_and_document_count(small_assistant, passage):
    manifest = small_assistant.index().manifest
    assert not stands("Læringsfabrikken er 1 500", replace(passage, page=2), manifest)
    assert not stands("Læringsfabrikken er 1 500", replace(passage, document="klynge/annet.md"), manifest)
