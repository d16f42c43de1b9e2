import numpy as np

from raufoss_assistant.index.cache import VectorCache


def test_vectors_come_back_and_others_do_not(tmp_path):
    cache = VectorCache(tmp_path / "c.sqlite", "modell")
    vectors = np.arange(6, dtype=np.float32).reshape(2, 3)
    cache.put(["én", "to"], vectors)
    cache.close()
    again = VectorCache(tmp_path / "c.sqlite", "modell")
    found = again.get(["to", "tre"])
    assert list(found) == ["to"]
    assert np.array_equal(found["to"], vectors[1])
    again.close()


def test_another_model_sees_nothing(tmp_path):
    cache = VectorCache(tmp_path / "c.sqlite", "én modell")
    cache.put(["tekst"], np.ones((1, 2), dtype=np.float32))
    cache.close()
    other = VectorCache(tmp_path / "c.sqlite", "en annen")
    assert other.get(["tekst"]) == {}
    other.close()


def test_what_is_no_longer_wanted_is_forgotten(tmp_path):
    cache = VectorCache(tmp_path / "c.sqlite", "modell")
    cache.put(["behold", "glem"], np.ones((2, 2), dtype=np.float32))
    cache.keep_only(["behold"])
    assert list(cache.get(["behold", "glem"])) == ["behold"]
    cache.keep_only([])
    assert not cache.get(["behold"])
    cache.close()


def test_no_text_is_kept(tmp_path):
    cache = VectorCache(tmp_path / "c.sqlite", "modell")
    cache.put(["hemmelig tekst"], np.ones((1, 2), dtype=np.float32))
    cache.close()
    assert b"hemmelig" not in (tmp_path / "c.sqlite").read_bytes()
