from raufoss_assistant.answering.claim_kinds import addresses, kind_of, kinds_of, offers, scopes
from raufoss_assistant.answering.claim_words import read_words


def test_what_changes_a_claim_is_known_by_its_kind():
    assert [kind_of(word) for word in read_words("ikke må kurs")] == ["negation", "duty", ""]


def test_a_verb_that_helps_a_passive_counts_by_its_tense_alone():
    assert kinds_of(read_words("prosjektet ble godkjent")) == set()
    assert kinds_of(read_words("i fjor hadde yrkes-NM besøk")) == {"past"}
    assert kinds_of(read_words("klyngen ble stor")) == {"past"}


def test_a_negation_stands_before_a_term():
    assert scopes(read_words("ikke gratis og må søke")) == ["duty", "negation gratis"]


def test_alternatives_may_be_taken_apart_only_from_afar():
    told = read_words("fagbrev eller praksis gir plass ved en skole i byen")
    assert offers(told, read_words("fagbrev"), [(0, 0)])
    assert not offers(told, read_words("skole byen"), [(0, 7), (1, 9)])
    assert offers(read_words("fagbrev"), read_words("fagbrev eller"), [(0, 0)])


def test_a_sentence_may_speak_to_the_reader():
    assert addresses(read_words("Du kan søke")) and not addresses(read_words("Bedrifter kan søke"))
