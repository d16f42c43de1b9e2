from dataclasses import replace

from raufoss_assistant.answering.joining import joined
from raufoss_assistant.model import Answer, Chunk, Citation, Properties, Question

QUESTION = Question("Hvor stor er den, og hvor ligger den?", "Hvor stor er den, og hvor ligger den?", "nb")


def answered(text, *quotes, confidence=0.9):
    citations = tuple(
        Citation(
            n,
            Chunk(f"id {quote}", "a.md", 0, None, (), quote, 0, len(quote), ""),
            Properties("A", "kurs"),
            quote,
            None,
            0.9,
        )
        for n, quote in enumerate(quotes, 1)
    )
    return Answer("?", "Hvor ligger den?", "answered", text, "nb", "extractive", confidence, citations)


def test_sources_are_numbered_through_and_what_the_documents_wrote_is_left():
    answer = joined(
        QUESTION,
        [answered("Stor. [1]\n\nMer \\[1]. [2]", "Stor.", "Mer [1]."), answered("Her. [1]", "Her.", confidence=0.4)],
    )
    assert answer.text == "Stor. [1]\n\nMer \\[1]. [2]\n\nHer. [3]"
    assert [(each.n, each.quote) for each in answer.citations] == [(1, "Stor."), (2, "Mer [1]."), (3, "Her.")]
    assert answer.confidence == 0.4


def test_what_answers_both_is_said_once():
    both = answered("Stor og her. [1]", "Stor og her.")
    assert joined(QUESTION, [both, both]).text == "Stor og her. [1]"


def test_a_shared_source_keeps_its_number():
    answer = joined(QUESTION, [answered("Stor. [1]", "Stor."), answered("Her. [1]\n\nStor. [2]", "Her.", "Stor.")])
    assert answer.text == "Stor. [1]\n\nHer. [2]"
    assert len(answer.citations) == 2


def test_what_is_not_answered_is_named():
    refused = Answer("?", "Hvor ligger den?", "not_found", "…", "nb", "extractive", 0.1)
    answer = joined(QUESTION, [answered("Stor. [1]", "Stor."), refused])
    assert answer.status == "answered"
    assert answer.text == "Stor. [1]\n\nJeg finner ikke svar i dokumentene på dette: «Hvor ligger den?»"
    assert answer.confidence == 0.1


def test_a_sentence_of_two_documents_is_said_once():
    said = "Emma Østerbø leder klyngen nå."
    first, second = (
        answered("**Emma** Østerbø leder klyngen nå. [1]", said),
        answered(f"{said} [1]\n\nMer. [2]", said, "Mer."),
    )
    other = second.citations[0].chunk
    second = replace(
        second, citations=(replace(second.citations[0], chunk=replace(other, id="b")), second.citations[1])
    )
    answer = joined(QUESTION, [first, second])
    assert answer.text == "**Emma** Østerbø leder klyngen nå. [1]\n\nMer. [2]"
    assert [each.n for each in answer.citations] == [1, 2]


def test_a_bare_figure_of_two_documents_is_not_the_same():
    first, second = answered("Poeng: 60 [1]", "Poeng: 60"), answered("Poeng: 60 [1]", "Poeng: 60")
    moved = replace(second.citations[0].chunk, id="b")
    second = replace(second, citations=(replace(second.citations[0], chunk=moved),))
    assert len(joined(QUESTION, [first, second]).citations) == 2
