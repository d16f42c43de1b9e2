import pytest

from raufoss_assistant.answering.evidence import READ_ALONE, Features, Rule, calibration, company, measure
from raufoss_assistant.answering.units import units


def test_features_are_on_absolute_scales(small_assistant):
    question = "Hvor stor er Læringsfabrikken?"
    hits = small_assistant.search(question, 4)
    candidates = [unit for hit in hits for unit in units(hit)]
    found = measure(question, candidates, small_assistant.index().words, small_assistant.encoder)
    by_quote = {unit.quote: features for unit, features in zip(candidates, found, strict=True)}
    right = next(features for quote, features in by_quote.items() if "kvadratmeter" in quote)
    other = next(features for quote, features in by_quote.items() if "prosent" in quote)
    assert right.coverage == right.context == right.rarest == right.met == 1.0
    assert other.coverage == other.rarest == 0.0
    assert right.cosine > other.cosine
    assert right.passage == hits[0].score


def test_nothing_to_measure(small_assistant):
    assert measure("Hva?", [], small_assistant.index().words, small_assistant.encoder) == []


def test_a_rule_is_logistic():
    features = Features(1.0, *(0.0,) * 15)
    assert Rule((0.0,) * 17).probability(features) == 0.5
    assert Rule((1.0, *(0.0,) * 15, 1.0)).probability(features) == pytest.approx(0.8808, abs=1e-4)
    assert Rule((1e9, *(0.0,) * 16)).probability(features) == pytest.approx(1.0)


@pytest.mark.parametrize("read", [True, False])
def test_the_calibration_is_whole(read):
    rules = calibration(read=read)
    measured = len(Features.__dataclass_fields__)
    assert (len(rules.selection.weights), len(rules.answerable.weights)) == (measured + 1, 2 * measured + 1)
    assert 0 < rules.threshold < 1


def test_a_year_that_the_passage_lacks_is_seen(small_assistant):
    hits = small_assistant.search("Hva blir satsen i SkatteFUNN?", 1)
    candidates = list(units(hits[0]))
    index, encoder = small_assistant.index(), small_assistant.encoder
    (future, *_) = measure("Hva blir satsen i SkatteFUNN i 2028?", candidates, index.words, encoder)
    (rate, *_) = measure("Gir SkatteFUNN 19 prosent?", candidates, index.words, encoder)
    assert (future.numbers, rate.numbers) == (1.0, 0.0)


def test_the_most_promising_units_are_read_by_themselves(small_assistant):
    question = "Hvor stor er Læringsfabrikken?"
    candidates = [unit for hit in small_assistant.search(question, 8) for unit in units(hit)]
    index, encoder = small_assistant.index(), small_assistant.encoder
    found = measure(question, candidates, index.words, encoder, small_assistant.reader)
    read = [each for each in found if each.alone > 0]
    assert len(read) == READ_ALONE < len(candidates)
    assert "kvadratmeter" in candidates[found.index(max(read, key=lambda each: each.alone))].quote
    assert all((each.logit, each.inside) == (-2.0, 0.0) for each in found if each not in read)
    assert len([each for each in measure(question, candidates, index.words, encoder) if each.alone]) == 0


def test_where_time_is_out_no_further_unit_is_read(small_assistant):
    question = "Hvor stor er industriparken?"
    candidates = [unit for hit in small_assistant.search(question, 8) for unit in units(hit)]
    index, encoder = small_assistant.index(), small_assistant.encoder
    found = measure(question, candidates, index.words, encoder, small_assistant.reader, seconds=0.0)
    assert sum(each.alone > 0 for each in found) == 1


def test_the_company_of_a_unit_is_the_mean_of_those_that_were_read(small_assistant):
    poor, good, unread = (
        Features(*[value] * 12, alone=alone) for value, alone in ((1.0, 0.2), (3.0, 0.6), (50.0, 0.0))
    )
    mean = company([poor, good, unread])
    assert (mean.passage, mean.alone) == (2.0, pytest.approx(0.4))
    assert company([unread, unread]).passage == 50.0, "where nothing was read by itself, all count"


def test_a_rule_takes_as_many_as_it_was_made_for():
    one = Features(*[0.0] * 16)
    assert Rule((0.0,) * 32 + (0.0,)).probability(one, one) == 0.5
    with pytest.raises(ValueError, match="zip"):
        Rule((0.0,) * 32 + (0.0,)).probability(one)
