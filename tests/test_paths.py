from onboarding_corpus import small_path


def test_what_is_learnt_are_the_goals_in_order():
    assert small_path(5).learnt == ("mål 1", "mål 2", "mål 3", "mål 4", "mål 5")
