import threading

import pytest

from raufoss_assistant.web.staff.sessions import FREE_TRIES_OF_ALL, SESSION_SECONDS, Attempts, Sessions


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_session_ends_after_eight_hours(clock):
    sessions = Sessions(clock)
    key = sessions.open()
    clock.now += SESSION_SECONDS - 1
    assert sessions.valid(key)
    clock.now += 1
    assert not sessions.valid(key)


def test_a_session_that_is_closed_does_not_hold_and_another_does(clock):
    sessions = Sessions(clock)
    first, second = sessions.open(), sessions.open()
    sessions.close(first)
    sessions.close("ukjent")
    sessions.close(None)
    assert (sessions.valid(first), sessions.valid(second)) == (False, True)


@pytest.mark.parametrize("key", [None, "", "gjettet", "\ud800"])
def test_what_is_no_key_opens_nothing(key):
    assert not Sessions().valid(key)


def test_sessions_are_bounded(clock):
    sessions = Sessions(clock)
    keys = [sessions.open() for _ in range(300)]
    assert not sessions.valid(keys[0])
    assert sessions.valid(keys[-1])
    assert len(set(keys)) == 300


def test_the_wait_grows_and_a_right_password_must_wait_too(clock):
    attempts = Attempts(clock)
    waits = []
    for _ in range(10):
        waits.append(attempts.judge("a", right=False))
        assert waits[-1] == 0 or attempts.judge("a", right=True) == waits[-1]
        clock.now += waits[-1]
    assert waits == [0, 0, 0, 0, 60, 120, 240, 480, 900, 900]
    assert attempts.judge("a", right=True) == 0
    assert attempts.judge("a", right=False) == 0


def test_tries_while_waiting_make_the_wait_no_longer(clock):
    attempts = Attempts(clock)
    for _ in range(5):
        attempts.judge("a", right=False)
    clock.now += 30
    assert attempts.judge("a", right=False) == 30


def test_failures_are_forgotten_after_an_hour(clock):
    attempts = Attempts(clock)
    for _ in range(4):
        attempts.judge("a", right=False)
    clock.now += 3600
    assert attempts.judge("a", right=False) == 0


def test_another_address_is_let_in_until_there_are_too_many(clock):
    attempts = Attempts(clock)
    for number in range(FREE_TRIES_OF_ALL - 1):
        assert attempts.judge(f"10.0.0.{number}", right=False) == 0
    assert attempts.judge("b", right=True) == 0
    assert attempts.judge("c", right=False) == 60
    assert attempts.judge("b", right=True) == 60


def test_addresses_are_bounded(clock):
    attempts = Attempts(clock)
    for number in range(3000):
        attempts.judge(f"{number}", right=False)
        clock.now += 901
    assert len(attempts._failures) <= 1001


def test_many_at_once_get_no_more_tries_than_one():
    attempts = Attempts()
    waits = []
    threads = [threading.Thread(target=lambda: waits.append(attempts.judge("a", right=False))) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits.count(0) == 4
