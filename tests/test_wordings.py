from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.catalogue.wordings import phrases


def test_each_wish_is_for_a_value_or_a_field_that_there_is():
    labels = {(each.type, each.label) for each in vocabulary().values}
    for wish in {each.wish for each in phrases().all if each.wish}:
        assert (wish.value is None) != (wish.field is None)
        if wish.value:
            assert (wish.type, wish.value) in labels
        else:
            assert wish.field in schema(wish.type).fields


def test_no_phrase_of_a_type_asks_for_two_things():
    for type_ in ("course", "service", "funding"):
        texts = [each.text for each in phrases().of_type(type_)]
        assert len(texts) == len(set(texts)) > 200


def test_what_asks_for_nothing_goes_with_every_type():
    assert any(each.wish is None for each in phrases().of_type("organisation"))


def test_a_question_is_taken_apart_before_joining_words_and_at_those_that_ask():
    text = "hva kan jeg ta mens jeg jobber"
    assert [cut.start() for cut in phrases().before.finditer(text)] == [text.index(" mens")]
    assert phrases().at.search(text)[0] == "hva"
