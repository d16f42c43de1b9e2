from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.norwegian.synonyms import akin


def test_words_of_a_group_stand_for_each_other_in_any_inflection():
    [asked], [told] = terms("produserer"), terms("lager")
    assert told in akin(asked)
    assert asked in akin(told)


def test_the_plural_in_ere_has_its_group_too():
    assert akin(*terms("medarbeidere")) & akin(*terms("medarbeider"))


def test_a_word_is_not_akin_to_itself_and_an_unknown_one_to_none():
    [made] = terms("produserer")
    assert made not in akin(made)
    assert akin("rakettmotor") == frozenset()


def test_no_word_stands_for_its_opposite():
    for one, other in (("kjøp", "selg"), ("minst", "størst"), ("start", "slutt"), ("gratis", "kost")):
        assert other not in akin(one)
