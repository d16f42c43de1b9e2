from concurrent.futures import ThreadPoolExecutor

from raufoss_assistant.language_model.breaker import PATIENCE, REST, CircuitBreaker


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def broken(clock):
    breaker = CircuitBreaker(clock)
    for _ in range(PATIENCE):
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row():
    breaker = CircuitBreaker()
    for _ in range(PATIENCE - 1):
        breaker.failed()
    breaker.succeeded()
    for _ in range(PATIENCE - 1):
        breaker.failed()
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()


def test_after_the_rest_one_tries_and_the_others_wait():
    clock = Clock()
    breaker = broken(clock)
    clock.now += REST - 0.1
    assert not breaker.admits()
    clock.now += 0.1
    assert [breaker.admits() for _ in range(20)] == [True] + [False] * 19


def test_a_trial_that_succeeds_closes_it():
    clock = Clock()
    breaker = broken(clock)
    clock.now += REST
    assert breaker.admits()
    breaker.succeeded()
    assert breaker.admits() and breaker.admits()


def test_a_trial_that_fails_gives_another_rest():
    clock = Clock()
    breaker = broken(clock)
    clock.now += REST
    assert breaker.admits()
    clock.now += 20
    breaker.failed()
    clock.now += REST - 0.1
    assert not breaker.admits()
    clock.now += 0.1
    assert breaker.admits()


def test_a_trial_that_nobody_hears_of_again_does_not_hold_it_open():
    clock = Clock()
    breaker = broken(clock)
    for _ in range(3):
        clock.now += REST
        assert breaker.admits()


def test_only_one_of_many_threads_tries():
    clock = Clock()
    breaker = broken(clock)
    clock.now += REST
    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(lambda _: breaker.admits(), range(200))) == 1
