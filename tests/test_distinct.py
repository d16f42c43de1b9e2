from raufoss_assistant.model import Chunk, Hit, Properties
from raufoss_assistant.retrieval.distinct import distinct


def hit(text, document="a.md", heading=("Om",)):
    return Hit(
        Chunk(text, document, 0, None, heading, text, 0, len(text), ""), Properties("T", "klynge"), 1.0, 0.5, 0.8
    )


def texts(*hits):
    return [each.chunk.text for each in distinct(hits)]


def test_what_says_the_same_is_shown_once():
    said = ("Klyngen har mange bedrifter.", "klyngen har mange bedrifter")
    assert texts(*map(hit, said)) == [said[0]]
    assert texts(hit(said[0]), hit(said[1], "b.md")) == list(said)


def test_another_number_is_another_statement():
    first, second = (
        f"Støtten dekker {share} prosent av kostnadene til forskning og utvikling i bedriften." for share in (18, 19)
    )
    assert texts(hit(first), hit(second)) == [first, second]


def test_at_most_two_of_a_section_and_any_number_without_headings():
    words = ["robot", "sveising", "maskinering", "støping"]
    assert texts(*map(hit, words)) == words[:2]
    assert texts(*(hit(word, heading=()) for word in words)) == words
    assert texts(*(hit(word, heading=(word,)) for word in words)) == words
