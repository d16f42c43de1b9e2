from raufoss_assistant.catalogue.concepts import concepts
from raufoss_assistant.catalogue.examples import examples


def test_each_example_speaks_of_concepts_that_there_are():
    names = {each.name for each in concepts()}
    assert all(each.concepts.keys() <= names for each in examples())
    assert all(0 < worth <= 1 for each in examples() for worth in each.concepts.values())


def test_no_text_is_there_twice():
    texts = [each.text for each in examples()]
    assert len(texts) == len(set(texts)) > 400


def test_nearly_every_concept_has_several_examples():
    written = [name for each in examples() if len(each.concepts) == 1 for name in each.concepts]
    few = [each.name for each in concepts() if written.count(each.name) < 3]
    assert few == ["3d-print"]  # the two kinds of it have theirs


def test_the_needs_that_people_judged_are_among_them():
    assert any(len(each.concepts) > 1 for each in examples())
